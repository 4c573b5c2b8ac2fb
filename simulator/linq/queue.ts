import { activeHandle, type SimChat } from './chats.js';
import type { ErrorCode } from './errors.js';
import { depart, join, type World } from './world.js';

/** What becomes of a change that Linq has accepted. */
export type Fate =
  | 'usual'
  /** It never happens. */
  | 'never'
  /** It happens so many milliseconds after it was accepted, whatever the usual time. */
  | { readonly lateMs: number; readonly refusesRepeats?: ErrorCode | undefined }
  /** It happens as usual, and so many milliseconds later once more. */
  | { readonly againAfterMs: number };

/** Something Linq has accepted and not done yet. */
export interface Queued {
  readonly chat: SimChat;
  readonly handle: string;
  readonly becomes: 'active' | 'left' | 'removed';
  readonly askedAt: Date;
  readonly fate: Fate;
}

/** Accepts a change. It happens at its time by the clock, or when told. */
export function enqueue(
  world: World,
  chat: SimChat,
  handle: string,
  becomes: Queued['becomes'],
  fate: Fate,
): void {
  if (fate === 'never') return;
  const afterMs = typeof fate === 'object' && 'lateMs' in fate ? fate.lateMs : world.settleAfterMs;
  wait(world, { chat, handle, becomes, askedAt: world.now(), fate }, afterMs);
}

function wait(world: World, queued: Queued, afterMs: number | null): void {
  world.queue.push(queued);
  if (afterMs === null) return;
  const at = new Date(world.now().getTime() + afterMs);
  world.agenda.add(at, () => settle(world, queued, at));
}

/** Everything queued takes effect now. */
export function settleAll(world: World): void {
  for (const queued of [...world.queue]) settle(world, queued, world.now());
}

/** It may have been settled by hand before its time. */
function settle(world: World, queued: Queued, at: Date): void {
  const place = world.queue.indexOf(queued);
  if (place < 0) return;
  world.queue.splice(place, 1);
  carryOut(world, queued, at);
  const { fate } = queued;
  if (typeof fate === 'object' && 'againAfterMs' in fate) {
    wait(world, { ...queued, fate: 'usual' }, fate.againAfterMs);
  }
}

/** Nothing happens, and no event is sent, when the roster is like that already. */
function carryOut(world: World, { chat, handle, becomes, askedAt }: Queued, at: Date): void {
  const occasion = { at, askedAt };
  if (becomes === 'active') join(world, chat, handle, occasion);
  else depart(world, chat, handle, becomes, occasion);
}

/** How many are on their way out, this person included. */
export function leaving(world: World, chat: SimChat, handle: string): number {
  const queued = world.queue.filter((entry) => entry.chat === chat && entry.becomes !== 'active');
  const stillIn = queued.filter((entry) => activeHandle(chat, entry.handle));
  return new Set([...stillIn.map((entry) => entry.handle.toLowerCase()), handle.toLowerCase()]).size;
}

/** What a repeat of a change that Linq has yet to carry out is refused with, where its fault says so. */
export function repeatRefusal(
  world: World,
  chat: SimChat,
  handle: string,
  becomes: Queued['becomes'],
): ErrorCode | null {
  const isSame = (queued: Queued) =>
    queued.chat === chat &&
    queued.becomes === becomes &&
    queued.handle.toLowerCase() === handle.toLowerCase();
  for (const { fate } of world.queue.filter(isSame)) {
    if (typeof fate === 'object' && 'refusesRepeats' in fate) return fate.refusesRepeats ?? null;
  }
  return null;
}
