import { activeHandle, activeHandles, type ChatOnWire, type SimChat, toWire } from './chats.js';
import { type ErrorCode, refuse } from './errors.js';
import type { Reply } from './http.js';
import { enqueue } from './queue.js';
import { type RosterLag, shownRoster } from './roster.js';
import { lie, lieAboutPage } from './roster-lies.js';
import type { Call } from './routes.js';
import type { World } from './world.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const LONGEST_PAGE = 100;
const DEFAULT_PAGE = 20;

/** The chat a path names, or the code Linq answers with. */
export function findChat(world: World, id: string): SimChat | ErrorCode {
  if (!UUID.test(id)) return 1005;
  return world.chats.get(id.toLowerCase()) ?? 2001;
}

/** True once our line is on the roster as somebody who left: Linq then allows no action. */
export function ourLineIsOut(world: World, chat: SimChat): boolean {
  return activeHandle(chat, world.ownLine) === undefined;
}

/** GET /v3/chats/{id} */
export function getChat({ world, id, untruth }: Call): Reply {
  const chat = findChat(world, id);
  return typeof chat === 'number' ? refuse(chat) : { status: 200, body: shown(world, chat, 'chat', untruth) };
}

/** GET /v3/chats: `from`, `to`, `limit` (1 to 100), `cursor` (an offset, as in Linq's examples). */
export function listChats({ world, ask: { query }, untruth }: Call): Reply {
  const limit = wholeNumber(query.get('limit') ?? String(DEFAULT_PAGE));
  const start = wholeNumber(query.get('cursor') ?? '0');
  if (limit === null || limit < 1 || limit > LONGEST_PAGE || start === null) return refuse(1005);
  const from = query.get('from');
  if (from !== null && from !== world.ownLine) return refuse(2006);
  const chats = [...world.chats.values()].filter((chat) => includes(world, chat, query.get('to')));
  const end = start + limit;
  const page = {
    chats: chats.slice(start, end).map((chat) => shown(world, chat, 'list', untruth)),
    next_cursor: end < chats.length ? String(end) : null,
  };
  if (untruth?.[0] !== 'page') return { status: 200, body: page };
  return { status: 200, body: { ...lieAboutPage(page, untruth[1], start, untruth[2]) } };
}

/** The chat as a reading shows it: late where readings lag, and untrue where a fault says so. */
function shown(world: World, chat: SimChat, reading: keyof RosterLag, untruth: Call['untruth']): ChatOnWire {
  const honest = toWire(chat, shownRoster(world, chat, reading));
  const marked = world.ourLineHidden ? lie(honest, 'unmarked') : honest;
  return untruth?.[0] === 'roster' ? lie(marked, untruth[1], untruth[2]) : marked;
}

function includes(world: World, chat: SimChat, to: string | null): boolean {
  const roster = shownRoster(world, chat, 'list');
  return to === null || roster.some(({ handle }) => handle.toLowerCase() === to.toLowerCase());
}

function wholeNumber(written: string): number | null {
  return /^\d{1,9}$/.test(written) ? Number(written) : null;
}

/** POST /v3/chats/{id}/leave: iMessage groups with at least 4 active participants, us included. */
export function leaveChat({ world, id, fate }: Call): Reply {
  const chat = findChat(world, id);
  if (typeof chat === 'number') return refuse(chat);
  if (!chat.isGroup) return refuse(1006);
  if (ourLineIsOut(world, chat)) return refuse(2013);
  if (chat.service !== 'iMessage') return refuse(2017);
  if (activeHandles(chat).length < 4) return refuse(2015);
  enqueue(world, chat, world.ownLine, 'left', fate);
  return { status: 202, body: { status: 'accepted', message: 'Leave group chat queued' } };
}
