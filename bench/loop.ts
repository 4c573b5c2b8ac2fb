import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { announcementFor } from '../src/removal/announcement.js';
import type { LinqClient, Messenger } from '../src/removal/ports.js';
import type { Removal, Request } from '../src/removal/removal.js';
import { createRunner } from '../src/removal/runner.js';
import { openDatabase } from '../src/store/database.js';
import { createStore } from '../src/store/removal-store.js';
import { createDatabase } from '../test/support/postgres/databases.js';
import { preparePostgres } from '../test/support/postgres/server.js';
import { median, ms, type Row, ratio } from './statistics.js';

const RUNS = 9;
const DUE = 10;
const SIZES = [10, 1_000, 100_000];
const OF_ONE_REQUEST = 500;
const HOUR_MS = 3_600_000;

/** 5. One round of the loop with 10 removals due among many that are open, on both engines. */
export async function measureLoop(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'linq-remove-bench-'));
  const sqlite = await rowsFor('SQLite', async (size) => `file:${join(folder, `${size}.db`)}`);
  await rm(folder, { recursive: true, force: true });
  const server = await preparePostgres();
  await server.start();
  const postgres = await rowsFor('PostgreSQL', async () => (await createDatabase(server.url)).url);
  await server.end();
  return [...sqlite, ...postgres];
}

async function rowsFor(engine: string, newUrl: (size: number) => Promise<string>): Promise<Row[]> {
  const times: number[] = [];
  for (const size of SIZES) times.push(await measure(await newUrl(size), size));
  const [smallest = Number.NaN] = times;
  return SIZES.slice(1).map((size, index) => {
    const time = times[index + 1] ?? Number.NaN;
    return {
      what: `${engine}: a round with ${DUE} due of ${size.toLocaleString('en')} open`,
      ours: ms(time),
      other: `${ms(smallest)} (of ${DUE} open)`,
      ratio: ratio(time / smallest),
      goal: '≤ 2.00',
    };
  });
}

async function measure(url: string, open: number): Promise<number> {
  const store = createStore(await openDatabase(url));
  const start = new Date();
  let clock = start;
  const never = new Date(start.getTime() + 1_000 * HOUR_MS);
  for (let made = 0; made < open; made += OF_ONE_REQUEST) {
    const count = Math.min(OF_ONE_REQUEST, open - made);
    const request = requestOf(made, start);
    const removals = Array.from({ length: count }, (_, index) =>
      queued(request, index, made + index < DUE ? start : never),
    );
    await store.approve(request, removals, { ...announcementFor(request), dueAt: never });
  }
  const runner = createRunner({
    store,
    linq: stillThere,
    messenger: silent,
    observer: { transition() {}, rerouted() {} },
    log: { info() {}, warn() {}, error() {} },
    now: () => clock,
    confirmWindowMs: 100 * HOUR_MS,
  });
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    clock = new Date(clock.getTime() + 120_000);
    const from = performance.now();
    await runner.tick();
    times.push(performance.now() - from);
  }
  await store.close();
  return median(times);
}

function requestOf(number: number, createdAt: Date): Request {
  return {
    id: `request-${number}`,
    viewId: `V${number}`,
    teamId: 'T0',
    channelId: 'C0',
    requestedBy: 'U0',
    note: null,
    responseUrl: null,
    commandHadText: false,
    createdAt,
    approvedBy: null,
    stoppedBy: null,
  };
}

function queued(request: Request, index: number, dueAt: Date): Removal {
  return {
    id: `${request.id}:${index}`,
    requestId: request.id,
    chatId: `chat-${index}`,
    chatName: 'Chat',
    handle: '+12025550101',
    status: 'queued',
    attempts: 1,
    dueAt,
    version: 0,
    approvedAt: request.createdAt,
    sentAt: request.createdAt,
    notBefore: null,
    provingSince: request.createdAt,
    settledAt: null,
    reason: null,
    linqSays: null,
    traceId: null,
    leftAlone: false,
  };
}

const member = (handle: string, isUs = false) => ({ handle, active: true, isUs, leftAlone: false });

/** Nobody ever leaves, and everything answers at once: what is measured is the loop and its store. */
const stillThere: LinqClient = {
  readChat: async (id) => ({
    ok: true,
    chat: {
      id,
      name: 'Chat',
      isGroup: true,
      service: 'iMessage',
      members: [
        member('+12025550100', true),
        ...['1', '2', '3', '4'].map((digit) => member(`+1202555010${digit}`)),
      ],
    },
  }),
  chatsOf: async () => ({ ok: true, chats: [], hasMore: false }),
  removeParticipant: async () => ({ ok: true, traceId: null }),
  addParticipant: async () => ({ ok: true, traceId: null }),
  checkAccess: async () => ({ ok: true }),
};

const silent: Messenger = {
  post: async () => ({ ok: true, place: null }),
  edit: async () => ({ ok: true, place: null }),
  list: async () => ({ ok: true, place: null }),
  tell: async () => ({ ok: true, place: null }),
  tellAddition: async () => ({ ok: true, place: null }),
  respond: async () => ({ ok: true, place: null }),
};
