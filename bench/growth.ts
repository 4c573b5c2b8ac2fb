import { startSimulator } from '../simulator/simulator.js';
import { openDatabase } from '../src/store/database.js';
import { growHistory } from '../test/store/grown.js';
import { createDatabase } from '../test/support/postgres/databases.js';
import { preparePostgres } from '../test/support/postgres/server.js';
import { startProcess, temporaryFolder } from './processes.js';
import { median, ms, type Row, ratio, shown } from './statistics.js';
import { arrivalsOf } from './watch.js';

const FINISHED = 100_000;
const TIMES = 25;
const WARM_UP = 5;
const PERSON = '+12025550101';
const OTHERS = ['+12025550102', '+12025550103', '+12025550104'];
const DELETE = 'DELETE /v3/chats/{id}/participants';

const ACTS = [
  'command → modal',
  'chat and handle → review',
  'history of a number',
  'approval → DELETE',
] as const;
type Times = Record<(typeof ACTS)[number], number[]>;

/** 7. The same acts on an empty store and on one with 100,000 finished requests of a year, on both engines. */
export async function measureGrowth(): Promise<Row[]> {
  const folder = await temporaryFolder();
  const sqlite = await rowsFor('sqlite', 'SQLite', async (name) => `file:${folder.path}/${name}.db`);
  await folder.remove();
  const server = await preparePostgres();
  await server.start();
  const postgres = await rowsFor(
    'postgres',
    'PostgreSQL',
    async () => (await createDatabase(server.url)).url,
  );
  await server.end();
  return [...sqlite, ...postgres];
}

async function rowsFor(
  engine: 'sqlite' | 'postgres',
  title: string,
  newUrl: (name: string) => Promise<string>,
): Promise<Row[]> {
  const empty = await measure(await newUrl('empty'));
  const url = await newUrl('grown');
  const db = await openDatabase(url);
  await growHistory(db, engine, FINISHED);
  await db.destroy();
  const grown = await measure(url);
  return ACTS.map((act) => ({
    what: `${title}, ${FINISHED.toLocaleString('en')} finished requests: ${act}`,
    ours: shown(grown[act], ms),
    other: `empty store: ${shown(empty[act], ms)}`,
    ratio: ratio(median(grown[act]) / median(empty[act])),
    goal: '≤ 1.20',
  }));
}

async function measure(databaseUrl: string): Promise<Times> {
  const simulator = await startSimulator();
  const { slack, linq, ledger } = simulator;
  simulator.quotas(false);
  // All of it is kept: otherwise half of it, older than a year by now, would be cleared meanwhile, all at once.
  const env = { ...simulator.env('http'), DATABASE_URL: databaseUrl, RETENTION_DAYS: '0' };
  const app = await startProcess('linq-remove', env);
  slack.deliverTo(`http://127.0.0.1:${app.port}/slack/events`);
  const alice = slack.person('alice');
  const times: Times = {
    'command → modal': [],
    'chat and handle → review': [],
    'history of a number': [],
    'approval → DELETE': [],
  };
  const time = async (act: (typeof ACTS)[number], what: string, doIt: () => Promise<unknown>) => {
    const arrived = arrivalsOf(ledger, what, 1);
    const from = performance.now();
    const [at] = await Promise.all([arrived, doIt()]);
    times[act].push(at - from);
  };
  for (let count = 0; count < WARM_UP + TIMES; count++) {
    const channel = slack.addChannel({
      name: `crew-${count}`,
      kind: 'public',
      members: [alice.id],
      bot: true,
    });
    const where = { in: channel.id };
    const { id } = linq.addChat({ name: `Chat ${count}`, members: [PERSON, ...OTHERS] });
    await time('command → modal', 'views.open', () => alice.runs('/linq-remove', where));
    await time('history of a number', 'views.update', () =>
      alice.runs('/linq-remove history +12025000007', where),
    );
    await time('chat and handle → review', 'views.open', async () => {
      await alice.runs(`/linq-remove ${id} ${PERSON}`, where);
      await alice.seesModal(/Review removal/);
    });
    await time('approval → DELETE', DELETE, () => alice.submits());
  }
  await app.stop();
  await simulator.stop();
  for (const act of ACTS) times[act] = times[act].slice(WARM_UP);
  return times;
}
