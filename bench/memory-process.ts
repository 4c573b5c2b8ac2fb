import { setImmediate as nextTurn } from 'node:timers/promises';
import { approve } from '../src/removal/approve.js';
import type { Chat, Member } from '../src/removal/chat.js';
import { createLoop } from '../src/removal/loop.js';
import type { LinqClient, Messenger } from '../src/removal/ports.js';
import type { Wanted } from '../src/removal/request.js';
import { openDatabase } from '../src/store/database.js';
import { createStore } from '../src/store/store.js';
import { requestOf } from './requests.js';

export interface HeapUse {
  readonly firstMiB: number;
  readonly lastMiB: number;
}

const OF_ONE_REQUEST = 20;
const removals = Number(process.argv[2]);
const removed = new Set<string>();

const member = (handle: string, isUs = false): Member => ({
  handle,
  active: true,
  isUs,
  leftVoluntarily: false,
});
const handleOf = (chatId: string) => `+1202${chatId.padStart(7, '5')}`;

/** Whoever is to be removed is gone the moment after. */
function chatWith(id: string): Chat {
  const others = ['1', '2', '3', '4'].map((digit) => member(`+1303555010${digit}`));
  const theirs = removed.has(id) ? [] : [member(handleOf(id))];
  return {
    id,
    name: 'Chat',
    isGroup: true,
    service: 'iMessage',
    members: [member('+13035550100', true), ...theirs, ...others],
  };
}

const linq: LinqClient = {
  readChat: async (id) => ({ ok: true, chat: chatWith(id) }),
  chatsOf: async () => ({ ok: true, chats: [], hasMore: false }),
  allChats: async () => ({ ok: true, chats: [], hasMore: false }),
  checkAccess: async () => ({ ok: true }),
  gate: { admits: () => true, reserve: () => () => {}, closedUntil: () => null, nextAt: () => null },
  readChatFor: async (_turn, id) => ({ ok: true, chat: chatWith(id) }),
  chatsOfFor: async () => ({ ok: true, chats: [], hasMore: false }),
  async send(_turn, { chatId }) {
    removed.add(chatId);
    return { ok: true, traceId: 'trace' };
  },
};

const messenger: Messenger = {
  slotFor: () => new Date(0),
  carryOut: async () => ({ ok: true, place: { channel: 'C0', ts: '1.1' } }),
};

function heapMiB(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

const store = createStore(await openDatabase('file::memory:'), { onTransition() {} });
let clock = new Date();
const loop = createLoop({
  store,
  linq,
  messenger,
  observer: { transition() {}, rerouted() {} },
  log: { info() {}, warn() {}, error() {} },
  now: () => clock,
  rest: { isResting: () => false, begin: () => false },
  confirmWindowMs: 30 * 60_000,
  yieldTurn: () => nextTurn(),
});

async function removeSome(number: number): Promise<void> {
  const request = requestOf(number, clock);
  const wanted = Array.from({ length: OF_ONE_REQUEST }, (_, index): Wanted => {
    const chatId = String(number * OF_ONE_REQUEST + index);
    return {
      chatId,
      chatName: null,
      handle: handleOf(chatId),
      direction: 'remove',
      wasSeen: true,
      undoes: null,
    };
  });
  await approve(store, request, wanted, null);
  while ((await store.openChanges()).count > 0) {
    await loop.tick();
    clock = new Date(clock.getTime() + 1_000);
  }
  removed.clear();
}

const requests = Math.ceil(removals / OF_ONE_REQUEST);
let firstMiB = Number.NaN;
for (let number = 0; number < requests; number++) {
  await removeSome(number);
  if (number + 1 === Math.ceil(requests / 10)) firstMiB = heapMiB();
}
process.send?.({ firstMiB, lastMiB: heapMiB() } satisfies HeapUse);
process.exit(0);
