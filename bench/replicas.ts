import { startSimulator } from '../simulator/simulator.js';
import { approve } from '../src/removal/approve.js';
import type { Store } from '../src/removal/ports.js';
import type { Request, Wanted } from '../src/removal/request.js';
import { openDatabase } from '../src/store/database.js';
import { createStore } from '../src/store/store.js';
import { createDatabase } from '../test/support/postgres/databases.js';
import { preparePostgres } from '../test/support/postgres/server.js';
import { startProcess } from './processes.js';
import { median, type Row, ratio } from './statistics.js';
import { arrivalsOf } from './watch.js';

const RUNS = 5;
const REQUESTS = 50;
const CHATS_EACH = 8;
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
  const store = createStore(await openDatabase(databaseUrl), { onTransition() {} });
  const env = { ...simulator.env('http'), DATABASE_URL: databaseUrl };
  const apps = await Promise.all(Array.from({ length: replicas }, () => startProcess('linq-remove', env)));
  const others = ['+13035550102', '+13035550103', '+13035550104', '+13035550105'];
  const first = arrivalsOf(ledger, DELETE, 1);
  const all = arrivalsOf(ledger, DELETE, REQUESTS * CHATS_EACH);
  for (let number = 0; number < REQUESTS; number++) {
    const handle = `+1202555${1_000 + number}`;
    const chats = Array.from({ length: CHATS_EACH }, () => linq.addChat({ members: [handle, ...others] }));
    await approve(
      withoutMessage(store),
      requestOf(number),
      chats.map(({ id }) => wantedIn(id, handle)),
      null,
    );
  }
  const elapsed = ((await all) - (await first)) / 1_000;
  await Promise.all(apps.map((app) => app.stop()));
  await store.close();
  await simulator.stop();
  return (REQUESTS * CHATS_EACH - 1) / elapsed;
}

/** The messages are not what is measured: they have nowhere to go. */
function withoutMessage(store: Store): Pick<Store, 'record' | 'recordedFrom'> {
  return {
    recordedFrom: store.recordedFrom,
    record: (recording) =>
      store.record({ ...recording, status: { ...recording.status, route: 'nowhere', dueAt: null } }),
  };
}

function requestOf(number: number): Request {
  return {
    id: `request-${number}`,
    viewId: `V${number}`,
    teamId: 'T0',
    channelId: 'C0NOWHERE',
    threadTs: null,
    requestedBy: 'U0NOBODY',
    note: null,
    responseUrl: null,
    commandHadText: false,
    createdAt: new Date(),
    approvedBy: [],
    stoppedBy: null,
    undoes: null,
  };
}

function wantedIn(chatId: string, handle: string): Wanted {
  return { chatId, chatName: null, handle, direction: 'remove', wasSeen: true, undoes: null };
}
