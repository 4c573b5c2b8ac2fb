import { activeHandle, activeHandles, type SimChat, toWire } from './chats.js';
import { type ErrorCode, refuse } from './errors.js';
import type { Reply } from './http.js';
import type { Call } from './routes.js';
import { enqueue, type World } from './world.js';

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
export function getChat({ world, id }: Call): Reply {
  const chat = findChat(world, id);
  return typeof chat === 'number' ? refuse(chat) : { status: 200, body: toWire(chat) };
}

/** GET /v3/chats: `from`, `to`, `limit` (1 to 100), `cursor` (an offset, as in Linq's examples). */
export function listChats({ world, ask: { query } }: Call): Reply {
  const limit = wholeNumber(query.get('limit') ?? String(DEFAULT_PAGE));
  const start = wholeNumber(query.get('cursor') ?? '0');
  if (limit === null || limit < 1 || limit > LONGEST_PAGE || start === null) return refuse(1005);
  const from = query.get('from');
  if (from !== null && from !== world.ownLine) return refuse(2006);
  const chats = [...world.chats.values()].filter((chat) => includes(chat, query.get('to')));
  const end = start + limit;
  return {
    status: 200,
    body: {
      chats: chats.slice(start, end).map(toWire),
      next_cursor: end < chats.length ? String(end) : null,
    },
  };
}

function includes(chat: SimChat, to: string | null): boolean {
  return to === null || chat.handles.some(({ handle }) => handle.toLowerCase() === to.toLowerCase());
}

function wholeNumber(written: string): number | null {
  return /^\d{1,9}$/.test(written) ? Number(written) : null;
}

/** POST /v3/chats/{id}/leave: iMessage groups with at least 4 active participants, us included. */
export function leaveChat({ world, id, inert }: Call): Reply {
  const chat = findChat(world, id);
  if (typeof chat === 'number') return refuse(chat);
  if (!chat.isGroup) return refuse(1006);
  if (ourLineIsOut(world, chat)) return refuse(2013);
  if (chat.service !== 'iMessage') return refuse(2017);
  if (activeHandles(chat).length < 4) return refuse(2015);
  if (!inert) enqueue(world, chat, world.ownLine, 'left');
  return { status: 202, body: { status: 'accepted', message: 'Leave group chat queued' } };
}
