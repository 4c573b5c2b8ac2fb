import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { PATIENCE_MS } from '../support/child.js';
import { removeBundles } from '../support/child-bundle.js';
import { gate } from '../support/child-gate.js';
import { DELETE } from '../support/child-outcome.js';
import { type ChildStage, onChildStage } from '../support/child-stage.js';
import { seconds } from '../support/clock.js';
import { approves, BOTH, type Mode, setStage } from '../support/stage.js';

/* `src/main.ts` as a process of its own, ended by signals as its supervisor would. */

const STOPPING = /linq-remove is stopping/;

jest.setTimeout(60_000);
afterAll(removeBundles);

const requested = ({ ledger }: ChildStage, what: string) =>
  ledger.until(() => ledger.count(what) > 0, `a ${what}`, PATIENCE_MS);

/** What is stored, read as any other program would. */
function stored(databaseUrl: string, query: string): unknown[] {
  const database = new Sqlite(databaseUrl.replace('file:', ''));
  try {
    return database.prepare(query).all();
  } finally {
    database.close();
  }
}

/** Bytes of the write-ahead log: none after an orderly end, when everything is in the file itself. */
const stillInTheLog = async ({ folder }: ChildStage) => (await stat(join(folder, 'app.db-wal'))).size;

const STOPS: readonly (readonly [NodeJS.Signals, Mode])[] = [
  ['SIGTERM', 'socket'],
  ['SIGINT', 'http'],
];

describe('a signal', () => {
  it.each(STOPS)(
    '(%s, %s mode) lets a DELETE finish, records the answer, and tells whoever comes meanwhile',
    (signal, mode) =>
      onChildStage(mode, async (stage) => {
        const { alice, bob, linq, support } = stage;
        const { open, opened } = gate();
        linq.nextRemoval(['slow', opened]);
        const app = await stage.starts();
        await bob.runs(`/linq-remove ${BOTH}`);
        await bob.seesModal(/Review removal/);
        await approves(alice);
        await requested(stage, DELETE);

        app.signal(signal);
        await app.writes(STOPPING);
        await alice.runs('/linq-remove');
        await alice.sees(/restarting\. Nothing was removed/, { in: support.id });
        await bob.submits();
        expect(bob.modalText()).toMatch(/restarting\. Nothing was removed/);
        open();

        expect(await app.ended).toBe(0);
        expect(await stillInTheLog(stage)).toBe(0);
        expect(stored(stage.databaseUrl, 'select status from changes')).toEqual([{ status: 'queued' }]);
        expect(linq.deletes).toHaveLength(1);
      }),
  );

  it('lets a message that is being posted arrive, and remembers it', () =>
    onChildStage('http', async (stage) => {
      const { alice, linq, slack, support } = stage;
      const { open, opened } = gate();
      slack.next('chat.postMessage', { hold: opened });
      const app = await stage.starts();
      await approves(alice);
      await requested(stage, 'chat.postMessage');
      app.signal('SIGTERM');
      await app.writes(STOPPING);
      open();
      expect(await app.ended).toBe(0);

      linq.settles();
      await stage.starts();
      await alice.sees(/^Removed: /, { in: support.id });
      expect(slack.messagesIn(support.id)).toHaveLength(1);
    }));

  it('that comes a second time ends it at once, and leaves the work to the next start', () =>
    onChildStage('http', async (stage) => {
      const { linq } = stage;
      linq.nextRemoval('hanging');
      const app = await stage.starts();
      await approves(stage.alice);
      await requested(stage, DELETE);
      app.signal('SIGTERM');
      await app.writes(STOPPING);
      app.signal('SIGTERM');
      expect(await app.ended).toBe(1);
      expect(stored(stage.databaseUrl, 'select status, attempts from changes')).toEqual([
        { status: 'sending', attempts: 1 },
      ]);
    }));

  it('ends it during the start, too', () =>
    onChildStage('socket', async (stage) => {
      stage.slack.next('auth.test', 'hang');
      const app = await stage.launches();
      await requested(stage, 'auth.test');
      app.signal('SIGTERM');
      expect(await app.ended).toBe(0);
      expect(app.errors).toEqual([]);
    }));

  it.concurrent('ends it while the connection to Slack is broken', () =>
    onChildStage('socket', async (stage) => {
      const app = await stage.starts();
      stage.slack.dropConnections();
      app.signal('SIGTERM');
      expect(await app.ended).toBe(0);
    }));

  it.concurrent('ends it while Slack does not answer a reconnect', () =>
    onChildStage('socket', async (stage) => {
      const { slack, ledger } = stage;
      const app = await stage.starts();
      slack.next('apps.connections.open', 'hang');
      slack.dropConnections();
      await ledger.until(() => ledger.count('apps.connections.open') === 2, 'the reconnect', PATIENCE_MS);
      app.signal('SIGTERM');
      expect(await app.ended).toBe(0);
    }));

  it.concurrent('makes it wait for Linq no longer than ten seconds or so', () =>
    onChildStage('http', async (stage) => {
      stage.linq.nextRemoval('hanging');
      const app = await stage.starts();
      await approves(stage.alice);
      await requested(stage, DELETE);
      const before = Date.now();
      app.signal('SIGTERM');
      expect(await app.ended).toBe(0);
      expect(Date.now() - before).toBeLessThan(seconds(15));
      expect(await stillInTheLog(stage)).toBe(0);
    }));
});

describe('inside one process', () => {
  it('stopping twice is the same as stopping once', async () => {
    const stage = await setStage();
    await stage.app.stop();
    await stage.app.stop();
    await stage.stop();
  });

  // A look is a row of promises: by so many of them it is ahead of the stop.
  it.each([0, 10, 20, 30, 40, 60])(
    'what a look at the store began is finished first, %i in',
    async (ahead) => {
      const stage = await setStage({ mode: 'http' });
      stage.linq.nextRemoval(['rate-limited', 5]);
      await approves(stage.alice);
      await stage.alice.sees(/Trying again/);
      await stage.app.idle();
      stage.clock.advance(seconds(6));
      const looking = stage.app.tick();
      for (let step = 0; step < ahead; step++) await Promise.resolve();
      await stage.app.stop();
      await looking;

      const status = stage.linq.deletes.length === 1 ? 'waiting' : 'queued';
      expect(stored(stage.databaseUrl, 'select status from changes')).toEqual([{ status }]);
      await stage.stop();
    },
  );
});
