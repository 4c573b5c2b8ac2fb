import { activeHandle, createHandle, type SimChat, type SimHandle } from './chats.js';
import type { Subscription } from './webhook-subscriptions.js';

/** Something Linq has accepted and not done yet. */
export interface Queued {
  readonly chat: SimChat;
  readonly handle: string;
  readonly becomes: 'active' | 'left' | 'removed';
  readonly dueAt: Date | null;
}

export interface WorldOptions {
  readonly ownLine: string;
  readonly now: () => Date;
  /** A removed member vanishes from `handles` instead of staying there as a past one: Linq does not say which. */
  readonly forget: boolean;
  /** Told of everybody who is no longer in a chat, and after every change. */
  readonly onGone: (chat: SimChat, entry: SimHandle) => void;
  /** Told of everybody who has come into a chat. */
  readonly onJoined: (chat: SimChat, entry: SimHandle) => void;
  readonly onChange: () => void;
}

/** Linq's side of things: chats, what is queued, and who wants to hear of it. */
export interface World extends WorldOptions {
  readonly chats: Map<string, SimChat>;
  readonly subscriptions: Map<string, Subscription>;
  readonly queue: Queued[];
  /** How long an accepted change takes; null: until told. */
  settleAfterMs: number | null;
}

export function createWorld(options: WorldOptions): World {
  return { ...options, chats: new Map(), subscriptions: new Map(), queue: [], settleAfterMs: null };
}

/** Accepts a change; with a settle time it takes effect when that has passed, by the clock and by a timer. */
export function enqueue(world: World, chat: SimChat, handle: string, becomes: Queued['becomes']): void {
  const ms = world.settleAfterMs;
  world.queue.push({
    chat,
    handle,
    becomes,
    dueAt: ms === null ? null : new Date(world.now().getTime() + ms),
  });
  if (ms !== null) setTimeout(() => settleDue(world), ms + TIMER_SLACK_MS).unref();
}

/** Timers may fire a moment early by the wall clock. */
const TIMER_SLACK_MS = 5;

/** Whatever is due by the clock takes effect. */
export function settleDue(world: World): void {
  settleWhere(world, ({ dueAt }) => dueAt !== null && dueAt <= world.now());
}

export function settleAll(world: World): void {
  settleWhere(world, () => true);
}

function settleWhere(world: World, isDue: (queued: Queued) => boolean): void {
  const due = world.queue.filter(isDue);
  const rest = world.queue.filter((queued) => !due.includes(queued));
  world.queue.splice(0, world.queue.length, ...rest);
  for (const { chat, handle, becomes } of due) {
    if (becomes === 'active') join(world, chat, handle);
    else depart(world, chat, handle, becomes);
  }
}

/** Somebody is in, now. Nothing happens when they already were. */
export function join(world: World, chat: SimChat, handle: string): void {
  if (activeHandle(chat, handle)) return;
  const entry = createHandle(handle, chat.service, world.now(), false);
  chat.handles.push(entry);
  world.onJoined(chat, entry);
  touch(world, chat);
}

/** Somebody is out, now. Nothing happens when they already were. */
export function depart(world: World, chat: SimChat, handle: string, as: 'left' | 'removed'): void {
  const entry = activeHandle(chat, handle);
  if (!entry) return;
  entry.status = as;
  entry.left_at = world.now().toISOString();
  if (world.forget && as === 'removed') chat.handles.splice(chat.handles.indexOf(entry), 1);
  world.onGone(chat, entry);
  touch(world, chat);
}

export function touch(world: World, chat: SimChat): void {
  chat.updatedAt = world.now();
  world.onChange();
}
