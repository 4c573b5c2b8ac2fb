import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PATIENCE_MS } from '../support/child.js';
import { bundle, MODULES, removeBundles } from '../support/child-bundle.js';
import { gate } from '../support/child-gate.js';
import { DELETE } from '../support/child-outcome.js';
import { type ChildStage, onChildStage } from '../support/child-stage.js';
import { approves } from '../support/stage.js';

/* How the process ends when something else than a signal ends it. */

jest.setTimeout(60_000);
afterAll(removeBundles);

/** `src/main.ts` whose standard output the test can stop reading. */
async function startsUnread(stage: ChildStage) {
  const env = {
    ...stage.simulator.env('socket'),
    NODE_PATH: MODULES,
    DATABASE_URL: stage.databaseUrl,
    PORT: '0',
    HOST: '127.0.0.1',
  };
  const child = spawn(process.execPath, [await bundle('src/main.ts')], { cwd: stage.folder, env });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => chunk.includes('linq-remove is running') && resolve());
  });
  return { ended, stopReading: () => child.stdout.destroy() };
}

it('When the reader of its log goes away, an approval under way is finished before the process ends', () =>
  onChildStage('socket', async (stage) => {
    const { alice, linq, ledger, folder } = stage;
    const { open, opened } = gate();
    linq.nextRemoval(['slow', opened]);
    const app = await startsUnread(stage);
    app.stopReading();
    await approves(alice);
    await ledger.until(() => ledger.count(DELETE) === 1, 'the DELETE', PATIENCE_MS);
    open();
    expect(await app.ended).toBe(1);

    expect((await stat(join(folder, 'app.db-wal'))).size).toBe(0);
    linq.settles();
    await stage.starts();
    await alice.sees(/^Removed/, { in: stage.support.id });
    expect(ledger.count(DELETE)).toBe(1);
  }));

it.each([
  ['thrown', 'throw'],
  ['rejected', 'await Promise.reject'],
])('An unforeseen error, %s, ends with 1, and no secret of it is written', (_how, raise) =>
  onChildStage('socket', async (stage) => {
    const program = `setTimeout(async () => { ${raise} (new Error('xoxb-1-secret of +12052499136')) }, 300)`;
    const thrown = program.replace('async () => { throw', '() => { throw');
    const app = await stage.launches({
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(thrown)}`,
    });
    expect(await app.ended).toBe(1);
    const last = JSON.parse(app.lines.at(-1) ?? '');
    expect(last).toMatchObject({ level: 'fatal', msg: 'linq-remove could not go on' });
    expect(last.err.message).toBe('xox… of …9136');
    expect(app.lines.join('\n')).not.toMatch(/secret of|2052499136/);
  }),
);
