import { CompiledQuery } from 'kysely';
import { stopRequest } from '../../src/removal/decide.js';
import { openDatabase } from '../../src/store/database.js';
import { at } from '../support/build.js';
import { borrowDatabase, type Database } from '../support/postgres/databases.js';
import { layWire, type Wire } from '../support/postgres/proxy.js';
import { changeOf, found, kinds, type Opened, openStore, record, recordingOf, requestOf } from './stores.js';

/** Slack waits three seconds for an answer to a press. */
/** The store gives up after 2.2 s, a loaded machine later; the connection itself would wait for half a minute. */
const SOON_MS = 6_000;

/** A store, the wire to its server, and the database behind it. */
interface Line extends Opened {
  readonly wire: Wire;
  readonly database: Database;
}

/** For tests that wait side by side: each has a line of its own. */
function onALine(test: (line: Line) => Promise<void>): () => Promise<void> {
  return async () => {
    const database = await borrowDatabase();
    const wire = await layWire(database.url);
    const opened = await openStore(wire.url);
    await test({ ...opened, wire, database }).finally(async () => {
      await wire.stop();
      await opened.store.close();
      await database.remove();
    });
  };
}

/** Alice's approval. Every press of the same button comes with the same view, and its own ids. */
const press = ({ store }: Line, n = 1) =>
  store.record(
    recordingOf([changeOf(`r${n}`, `m${n}`, { chatId: 'chat' })], {
      request: requestOf(`r${n}`, { viewId: 'V-same' }),
    }),
  );

const recorded = ({ database }: Line) => database.query<{ id: string }>('select id from requests');

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const startedAt = performance.now();
  try {
    return await work;
  } finally {
    expect(performance.now() - startedAt).toBeLessThan(ms);
  }
}

describe('A connection that breaks', () => {
  it.concurrent(
    'while nobody uses it is replaced, and the process lives on',
    onALine(async (line) => {
      const { store, wire } = line;
      await Promise.all([store.ping(), store.ping(), store.ping()]);
      wire.cut();

      expect(await press(line)).toBe(true);
      await store.ping();
    }),
  );

  it.concurrent(
    'because the server sends everybody away is replaced too',
    onALine(async (line) => {
      const { store, database } = line;
      await Promise.all([store.ping(), store.ping()]);
      await database.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'linq-remove'`,
      );

      expect(await press(line)).toBe(true);
      await store.ping();
    }),
  );

  it.concurrent(
    'in the middle of a write leaves nothing of it, and the next one works',
    onALine(async (line) => {
      const { store, wire, database, transitions } = line;
      const change = changeOf('r1', 'm1');
      const queued = changeOf('r1', 'm1', { status: 'queued' });
      await record(line, [change]);
      const locked = await lock(database, 'deliveries');
      const saving = store.save(queued, at(1));
      await locked.awaited();
      wire.cut();

      await expect(saving).rejects.toThrow();
      await locked.release();
      expect((await found(line, 'r1')).changes).toEqual([change]);
      expect(transitions).toHaveLength(1);
      expect(await store.save(queued, at(1))).not.toBeNull();
    }),
  );
});

describe('An approval', () => {
  it.concurrent(
    'whose commit went through unheard is found, and not recorded twice',
    onALine(async (line) => {
      const { wire } = line;
      wire.loseAnswerToCommit('cut');

      expect(await press(line)).toBe(true);

      expect(await recorded(line)).toEqual([{ id: 'r1' }]);
      expect(line.transitions).toHaveLength(1);
      expect(await press(line, 2)).toBe(false);
    }),
  );

  it.concurrent(
    'is refused in time by a server that says nothing, and nothing of it is recorded later',
    onALine(async (line) => {
      const { store, wire } = line;
      await store.ping();
      wire.fallSilent();

      await within(SOON_MS, expect(press(line)).rejects.toThrow('did not answer in time'));

      wire.recover();
      expect(await press(line, 2)).toBe(true);
      expect(await recorded(line)).toEqual([{ id: 'r2' }]);
    }),
  );

  it.concurrent(
    'is refused in time while others hold its table, and undone though they let go',
    onALine(async (line) => {
      const { database } = line;
      const locked = await lock(database, 'changes');
      const refused = within(SOON_MS, expect(press(line)).rejects.toThrow());
      await locked.awaited();
      await refused;
      await locked.release();

      expect(await recorded(line)).toEqual([]);
      expect(await press(line, 2)).toBe(true);
    }),
  );

  it.concurrent(
    'told as not recorded, because nothing was heard after the commit, is found by the next press',
    onALine(async (line) => {
      const { wire } = line;
      wire.loseAnswerToCommit('silence');

      await within(SOON_MS, expect(press(line)).rejects.toThrow('did not answer in time'));

      wire.recover();
      expect(await press(line, 2)).toBe(false);
      expect(await recorded(line)).toEqual([{ id: 'r1' }]);
    }),
  );
});

describe('A decision', () => {
  const stop = ({ store }: Line, by = 'U0BOB') =>
    store.update('r1', at(3), (state) => stopRequest(state, by, at(3)));

  it.concurrent(
    'whose commit went through unheard was taken, once, and is told of once',
    onALine(async (line) => {
      await record(line, [changeOf('r1', 'm1')]);
      line.wire.loseAnswerToCommit('cut');

      expect(await stop(line)).toMatchObject({ changed: true, state: { request: { stoppedBy: 'U0BOB' } } });

      expect(line.transitions.map(({ after }) => after.status)).toEqual(['approved', 'refused']);
      expect(await stop(line, 'U0CAROL')).toMatchObject({ changed: false });
      expect(await kinds(line)).toEqual(['approved', 'refused']);
    }),
  );

  it.concurrent(
    'is refused in time by a server that says nothing, and nothing of it is recorded later',
    onALine(async (line) => {
      await record(line, [changeOf('r1', 'm1')]);
      line.wire.fallSilent();

      await within(SOON_MS, expect(stop(line)).rejects.toThrow('did not answer in time'));

      line.wire.recover();
      expect(await found(line, 'r1')).toMatchObject({ request: { stoppedBy: null } });
      expect(await stop(line)).toMatchObject({ changed: true });
    }),
  );

  it.concurrent(
    'is refused in time while others hold its table, and undone though they let go',
    onALine(async (line) => {
      await record(line, [changeOf('r1', 'm1')]);
      const locked = await lock(line.database, 'deliveries');
      await within(SOON_MS, expect(stop(line)).rejects.toThrow());
      await locked.release();

      expect(await found(line, 'r1')).toMatchObject({ request: { stoppedBy: null } });
      expect(line.transitions).toHaveLength(1);
    }),
  );
});

describe('A server that says nothing', () => {
  it.concurrent(
    'is reported in time, and used again as soon as it answers',
    onALine(async (line) => {
      const { store, wire } = line;
      await Promise.all([store.ping(), store.ping(), store.ping()]);
      wire.fallSilent();

      await within(
        SOON_MS,
        expect(Promise.all([store.ping(), store.ping(), store.ping()])).rejects.toThrow(),
      );

      wire.recover();
      await store.ping();
    }),
  );

  it.concurrent(
    'does not keep the process from ending',
    onALine(async (line) => {
      const { store, wire } = line;
      await Promise.all([store.ping(), store.ping()]);
      wire.fallSilent();

      await within(SOON_MS, store.close());
    }),
  );
});

/** Holds a table for itself until released. */
async function lock(database: Database, table: string) {
  const holder = await openDatabase(database.url);
  const begun = await holder.startTransaction().execute();
  await begun.executeQuery(CompiledQuery.raw(`lock table ${table} in access exclusive mode`));
  return {
    /** Until somebody waits for it. */
    async awaited() {
      const waiting = `select 1 from pg_locks where not granted
        and database = (select oid from pg_database where datname = current_database())`;
      while ((await database.query(waiting)).length === 0);
    },
    async release() {
      await begun.rollback().execute();
      await holder.destroy();
    },
  };
}
