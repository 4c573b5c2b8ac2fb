import type { Change } from '../src/removal/change.js';
import type { Chat, Member } from '../src/removal/chat.js';
import { statusMessageOf } from '../src/removal/delivery.js';
import { createLoop } from '../src/removal/loop.js';
import type { LinqClient, Messenger, Store } from '../src/removal/ports.js';
import type { Request } from '../src/removal/request.js';
import { openDatabase } from '../src/store/database.js';
import { createStore } from '../src/store/store.js';
import { createDatabase } from '../test/support/postgres/databases.js';
import { preparePostgres } from '../test/support/postgres/server.js';
import { temporaryFolder } from './processes.js';
import { requestOf } from './requests.js';
import { median, ms, type Row, ratio, shown } from './statistics.js';

const RUNS = 9;
const DUE = 10;
const SIZES = [10, 1_000, 100_000];
const OF_ONE_REQUEST = 500;
const HOUR_MS = 3_600_000;

/** 5. One round of the loop with 10 changes due among many that are planned for later, on both engines. */
export async function measureLoop(): Promise<Row[]> {
  const folder = await temporaryFolder();
  const sqlite = await rowsFor('SQLite', async (size) => `file:${folder.path}/${size}.db`);
  await folder.remove();
  const server = await preparePostgres();
  await server.start();
  const postgres = await rowsFor('PostgreSQL', async () => (await createDatabase(server.url)).url);
  await server.end();
  return [...sqlite, ...postgres];
}

async function rowsFor(engine: string, newUrl: (size: number) => Promise<string>): Promise<Row[]> {
  const times: (readonly number[])[] = [];
  for (const size of SIZES) times.push(await measure(await newUrl(size), size));
  const [smallest = []] = times;
  return SIZES.slice(1).map((size, index) => {
    const time = times[index + 1] ?? [];
    return {
      what: `${engine}: a round with ${DUE} due of ${size.toLocaleString('en')} planned`,
      ours: shown(time, ms),
      other: `of ${DUE} planned: ${shown(smallest, ms)}`,
      ratio: ratio(median(time) / median(smallest)),
      goal: '≤ 1.20',
    };
  });
}

async function measure(url: string, open: number): Promise<readonly number[]> {
  const store = createStore(await openDatabase(url), { onTransition() {} });
  const start = new Date();
  let clock = start;
  await recordOpen(store, open, start);
  const loop = createLoop({
    store,
    rest: { isResting: () => false, begin: () => false },
    linq: stillThere,
    messenger: silent,
    observer: { transition() {}, rerouted() {} },
    log: { info() {}, warn() {}, error() {} },
    now: () => clock,
    confirmWindowMs: 100 * HOUR_MS,
    yieldTurn: async () => {},
  });
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    clock = new Date(clock.getTime() + 120_000);
    const from = performance.now();
    await loop.tick();
    times.push(performance.now() - from);
  }
  await store.close();
  return times;
}

/**
 * The first `DUE` wait for proof from now on. The others wait for late proof, for longer than is measured: what is open has
 * no plan so far ahead, unless the clock was set back, and the loop would take it up.
 */
async function recordOpen(store: Store, open: number, start: Date): Promise<void> {
  const never = new Date(start.getTime() + 1_000 * HOUR_MS);
  for (let made = 0; made < open; made += OF_ONE_REQUEST) {
    const request = requestOf(made, start);
    const changes = Array.from({ length: Math.min(OF_ONE_REQUEST, open - made) }, (_, index) =>
      made + index < DUE
        ? queued(request, made + index, start, never)
        : unconfirmed(request, made + index, never),
    );
    const status = { ...statusMessageOf(request), dueAt: never };
    await store.record({
      request,
      fingerprint: request.id,
      wanted: [],
      changes,
      proposal: null,
      status,
      shown: null,
    });
  }
}

/** Each concerns another person, so that each needs a reading of its own. */
function queued(request: Request, number: number, dueAt: Date, deadlineAt: Date): Change {
  return {
    id: `${request.id}:${number}`,
    requestId: request.id,
    direction: 'remove',
    chatId: `chat-${number}`,
    chatName: 'Chat',
    handle: handleOf(number),
    status: 'queued',
    attempts: 1,
    mayStillAct: true,
    wasSeen: true,
    stopped: false,
    dueAt,
    version: 0,
    approvedAt: request.createdAt,
    sentAt: request.createdAt,
    notBefore: null,
    watchedSince: request.createdAt,
    deadlineAt,
    troubleSince: null,
    settledAt: null,
    reason: null,
    linqSays: null,
    traceId: null,
    provenBy: null,
    leftVoluntarily: false,
    undoes: null,
  };
}

function unconfirmed(request: Request, number: number, dueAt: Date): Change {
  const { createdAt } = request;
  const change = queued(request, number, dueAt, createdAt);
  return { ...change, status: 'unconfirmed', settledAt: createdAt, reason: 'unchecked' };
}

const handleOf = (number: number) => `+1202${String(5_000_000 + number)}`;

const member = (handle: string, isUs = false): Member => ({
  handle,
  active: true,
  isUs,
  leftVoluntarily: false,
});

function chatWith(id: string): Chat {
  const others = ['1', '2', '3'].map((digit) => member(`+1303555010${digit}`));
  const theirs = member(handleOf(Number(id.replace('chat-', ''))));
  const members = [member('+13035550100', true), theirs, ...others];
  return { id, name: 'Chat', isGroup: true, service: 'iMessage', members };
}

/** Nobody ever leaves, and everything answers at once: what is measured is the loop and its store. */
const stillThere: LinqClient = {
  readChat: async (id) => ({ ok: true, chat: chatWith(id) }),
  chatsOf: async () => ({ ok: true, chats: [], hasMore: false }),
  allChats: async () => ({ ok: true, chats: [], hasMore: false }),
  checkAccess: async () => ({ ok: true }),
  gate: { admits: () => true, reserve: () => () => {}, closedUntil: () => null, nextAt: () => null },
  readChatFor: async (_turn, id) => ({ ok: true, chat: chatWith(id) }),
  chatsOfFor: async () => ({ ok: true, chats: [], hasMore: false }),
  send: async () => ({ ok: true, traceId: null }),
};

const silent: Messenger = {
  slotFor: () => new Date(0),
  carryOut: async () => ({ ok: true, place: null }),
};
