import { findChat, ourLineIsOut } from './chat-routes.js';
import { activeHandle, activeHandles, type SimChat } from './chats.js';
import { type ErrorCode, refuse } from './errors.js';
import { type Ask, jsonOf, type Reply } from './http.js';
import { enqueue, leaving, repeatRefusal } from './queue.js';
import type { Call } from './routes.js';
import type { World } from './world.js';

const E164 = /^\+[1-9]\d{1,14}$/;
const EMAIL = /^[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+$/;
const FEWEST_PARTICIPANTS = 3;

/** DELETE /v3/chats/{id}/participants: queued, never done at once. */
export function removeParticipant(call: Call): Reply {
  const target = readTarget(call);
  if (typeof target === 'number') return refuse(target);
  const { world } = call;
  const { chat, handle } = target;
  const problem = repeatRefusal(world, chat, handle, 'removed') ?? removalProblem(world, chat, handle);
  if (problem !== null) return refuse(problem);
  enqueue(world, chat, handle, 'removed', call.fate);
  return { status: 202, body: { status: 'accepted', message: 'Participant removal queued' } };
}

/** POST /v3/chats/{id}/participants */
export function addParticipant(call: Call): Reply {
  const target = readTarget(call);
  if (typeof target === 'number') return refuse(target);
  const { world } = call;
  const { chat, handle } = target;
  const problem = repeatRefusal(world, chat, handle, 'active') ?? chatProblem(world, chat);
  if (problem !== null) return refuse(problem);
  if (activeHandles(chat).length < FEWEST_PARTICIPANTS) return refuse(2015);
  enqueue(world, chat, handle, 'active', call.fate);
  return { status: 202, body: { status: 'accepted', message: 'Participant addition queued' } };
}

function readTarget({ world, id, ask }: Call): { chat: SimChat; handle: string } | ErrorCode {
  const handle = readHandle(ask);
  if (typeof handle === 'number') return handle;
  const chat = findChat(world, id);
  return typeof chat === 'number' ? chat : { chat, handle };
}

/** The body's handle: it must be sent, and be an E.164 number or an email without any decoration. */
function readHandle(ask: Ask): string | ErrorCode {
  const body = jsonOf(ask);
  if (body === null) return 1003;
  if (typeof body.handle !== 'string' || body.handle === '') return 1001;
  return E164.test(body.handle) || EMAIL.test(body.handle) ? body.handle : 1002;
}

function chatProblem(world: World, chat: SimChat): ErrorCode | null {
  if (!chat.isGroup) return 1006;
  if (ourLineIsOut(world, chat)) return 2013;
  return chat.service === 'SMS' ? 2017 : null;
}

/**
 * Linq documents the minimum of three, but no code for it, nor for somebody who is not in the group, nor for our own
 * line: 2015 is the likeliest. Our line counts, and so does what is queued.
 */
function removalProblem(world: World, chat: SimChat, handle: string): ErrorCode | null {
  const problem = chatProblem(world, chat);
  if (problem !== null) return problem;
  const entry = activeHandle(chat, handle);
  if (!entry || entry.handle === world.ownLine) return 2015;
  return activeHandles(chat).length - leaving(world, chat, entry.handle) < FEWEST_PARTICIPANTS ? 2015 : null;
}
