import { startSimulator } from '../simulator/simulator.js';
import { announcementFor } from '../src/removal/announcement.js';
import { approve } from '../src/removal/approve.js';
import { openDatabase } from '../src/store/database.js';
import { createStore } from '../src/store/removal-store.js';
import { createDatabase } from '../test/support/postgres/databases.js';
import { preparePostgres } from '../test/support/postgres/server.js';
import { startProcess } from './processes.js';
import { median, type Row, ratio } from './statistics.js';
import { arrivalsOf } from './watch.js';

const RUNS = 5;
const REQUESTS = 50;
const CHATS_EACH = 8;
const PERSON = '+12025550101';
const DELETE = 'DELETE /v3/chats/{id}/participants';

/** 6. Removals per second with one replica and with two, on PostgreSQL and a Linq of no latency. */
export async function measureReplicas(): Promise<Row[]> {
  const server = await preparePostgres();
  await server.start();
  const one: number[] = [];
  const two: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    one.push(await measure((await createDatabase(server.url)).url, 1));
    two.push(await measure((await createDatabase(server.url)).url, 2));
  }
  await server.end();
  const perSecond = (value: number) => `${value.toFixed(0)} removals/s`;
  return [
    {
      what: 'two replicas on PostgreSQL',
      ours: perSecond(median(two)),
      other: `${perSecond(median(one))} (one replica)`,
      ratio: ratio(median(two) / median(one)),
      goal: '',
    },
  ];
}

async function measure(databaseUrl: string, replicas: number): Promise<number> {
  const simulator = await startSimulator();
  const { linq, ledger } = simulator;
  const store = createStore(await openDatabase(databaseUrl));
  const env = { ...simulator.env('http'), DATABASE_URL: databaseUrl };
  const apps = await Promise.all(Array.from({ length: replicas }, () => startProcess('linq-remove', env)));
  const others = ['+12025550102', '+12025550103', '+12025550104', '+12025550105'];
  const first = arrivalsOf(ledger, DELETE, 1);
  const all = arrivalsOf(ledger, DELETE, REQUESTS * CHATS_EACH);
  for (let number = 0; number < REQUESTS; number++) {
    const request = {
      id: `request-${number}`,
      viewId: `V${number}`,
      teamId: 'T0',
      channelId: 'C0NOWHERE',
      requestedBy: 'U0NOBODY',
      note: null,
      responseUrl: null,
      commandHadText: false,
      // The messages are not what is measured: they come due after the run.
      createdAt: new Date(),
      approvedBy: null,
      stoppedBy: null,
    };
    const chats = Array.from({ length: CHATS_EACH }, () => linq.addChat({ members: [PERSON, ...others] }));
    await approve(
      {
        ...store,
        approve: (made, removals) => store.approve(made, removals, { ...announcementFor(made), dueAt: null }),
      },
      request,
      chats.map(({ id }) => ({ chatId: id, handle: PERSON })),
    );
  }
  const elapsed = ((await all) - (await first)) / 1_000;
  await Promise.all(apps.map((app) => app.stop()));
  await store.close();
  await simulator.stop();
  return (REQUESTS * CHATS_EACH - 1) / elapsed;
}
