import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { approve } from '../src/removal/approve.js';
import type { Store } from '../src/removal/ports.js';
import type { Wanted } from '../src/removal/request.js';
import { openDatabase } from '../src/store/database.js';
import { createStore } from '../src/store/store.js';
import { createDatabase } from '../test/support/postgres/databases.js';
import { preparePostgres } from '../test/support/postgres/server.js';
import { startProcess } from './processes.js';
import { requestOf } from './requests.js';
import type { Ready, Seen } from './simulator-process.js';
import { median, type Row, ratio, shown } from './statistics.js';

const RUNS = 7;
const REQUESTS = 15;
const CHATS_EACH = 8;

/** 6. Removals a second and calls to Linq with one replica and with two, on PostgreSQL and a Linq of no latency. */
export async function measureReplicas(): Promise<Row[]> {
  const server = await preparePostgres();
  await server.start();
  const one: Seen[] = [];
  const two: Seen[] = [];
  for (let run = 0; run < RUNS; run++) {
    one.push(await measure((await createDatabase(server.url)).url, 1));
    two.push(await measure((await createDatabase(server.url)).url, 2));
  }
  await server.end();
  const removals = REQUESTS * CHATS_EACH;
  const rates = (seen: readonly Seen[]) => seen.map(({ elapsedMs }) => ((removals - 1) * 1_000) / elapsedMs);
  const calls = (seen: readonly Seen[]) => seen.map((each) => each.calls / removals);
  const perSecond = (value: number) => `${value.toFixed(0)}/s`;
  const each = (value: number) => value.toFixed(2);
  return [
    {
      what: 'two replicas on PostgreSQL: removals a second',
      ours: shown(rates(two), perSecond),
      other: `one replica: ${shown(rates(one), perSecond)}`,
      ratio: ratio(median(rates(two)) / median(rates(one))),
      goal: '',
    },
    {
      what: 'two replicas on PostgreSQL: calls to Linq for each removal',
      ours: shown(calls(two), each),
      other: `one replica: ${shown(calls(one), each)}`,
      ratio: ratio(median(calls(two)) / median(calls(one))),
      goal: '≤ 1.02',
    },
  ];
}

async function measure(databaseUrl: string, replicas: number): Promise<Seen> {
  const simulator = fork(
    join(process.cwd(), 'bench/simulator-process.ts'),
    [String(REQUESTS), String(CHATS_EACH)],
    { execArgv: ['--import', 'tsx'] },
  );
  const [{ env, chats }] = (await once(simulator, 'message')) as [Ready];
  const store = createStore(await openDatabase(databaseUrl), { onTransition() {} });
  const start = () => startProcess('linq-remove', { ...env, DATABASE_URL: databaseUrl });
  const apps = await Promise.all(Array.from({ length: replicas }, start));
  const seen = once(simulator, 'message');
  for (const [number, [handle, ids]] of Object.entries(chats).entries()) {
    const wanted = ids.map((id) => wantedIn(id, handle));
    await approve(withoutMessage(store), requestOf(number, new Date()), wanted, null);
  }
  const [result] = (await seen) as [Seen];
  await Promise.all(apps.map((app) => app.stop()));
  await store.close();
  simulator.disconnect();
  return result;
}

/** The messages are not what is measured: they have nowhere to go. */
function withoutMessage(store: Store): Pick<Store, 'record' | 'recordedFrom'> {
  return {
    recordedFrom: store.recordedFrom,
    record: (recording) =>
      store.record({ ...recording, status: { ...recording.status, route: 'nowhere', dueAt: null } }),
  };
}

function wantedIn(chatId: string, handle: string): Wanted {
  return { chatId, chatName: null, handle, direction: 'remove', wasSeen: true, undoes: null };
}
