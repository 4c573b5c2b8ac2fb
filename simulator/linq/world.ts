import type { Agenda } from '../agenda.js';
import { activeHandle, createHandle, type SimChat, type SimHandle } from './chats.js';
import type { Queued } from './queue.js';
import { keepPast, type RosterLag } from './roster.js';
import type { Subscription } from './webhook-subscriptions.js';

/** A change of a chat's members that really happened. */
export interface Carried {
  readonly at: Date;
  readonly chatId: string;
  /** As it is on the roster. */
  readonly handle: string;
  readonly what: 'added' | 'removed' | 'left';
  /** Asked for through the API, or done by a person on their phone. */
  readonly by: 'api' | 'person';
  /** When the API accepted it; null for what a person did. */
  readonly askedAt: Date | null;
}

export interface WorldOptions {
  readonly ownLine: string;
  readonly now: () => Date;
  readonly agenda: Agenda;
  /** A removed member vanishes from `handles` instead of staying there as a past one: Linq does not say which. */
  readonly forget: boolean;
  /** Told of each person who is no longer in a chat. */
  readonly onGone: (chat: SimChat, entry: SimHandle) => void;
  /** Told of each person who has come into a chat. */
  readonly onJoined: (chat: SimChat, entry: SimHandle) => void;
  /** Told after every change. */
  readonly onChange: () => void;
}

/** Linq's side of things: chats, what is queued, and who wants to hear of it. */
export interface World extends WorldOptions {
  readonly chats: Map<string, SimChat>;
  readonly subscriptions: Map<string, Subscription>;
  readonly queue: Queued[];
  readonly history: Carried[];
  /** How long an accepted change takes; null: until told. */
  settleAfterMs: number | null;
  lag: RosterLag;
  /** `is_me` is missing everywhere and the list of our lines is empty. */
  ourLineHidden: boolean;
}

export function createWorld(options: WorldOptions): World {
  return {
    ...options,
    chats: new Map(),
    subscriptions: new Map(),
    queue: [],
    history: [],
    settleAfterMs: null,
    lag: { chat: 0, list: 0 },
    ourLineHidden: false,
  };
}

/** When a change happens and through whom. */
export interface Occasion {
  readonly at: Date;
  readonly askedAt: Date | null;
}

export function byPerson(world: World): Occasion {
  return { at: world.now(), askedAt: null };
}

/** The person is in. False, and nothing happens, when they already were. */
export function join(world: World, chat: SimChat, handle: string, occasion: Occasion): boolean {
  if (activeHandle(chat, handle)) return false;
  keepPast(chat, occasion.at);
  const entry = createHandle(handle, chat.service, occasion.at, false);
  chat.handles.push(entry);
  carried(world, chat, entry, 'added', occasion);
  world.onJoined(chat, entry);
  touch(world, chat);
  return true;
}

/** The person is out. False, and nothing happens, when they already were. */
export function depart(
  world: World,
  chat: SimChat,
  handle: string,
  as: 'left' | 'removed',
  occasion: Occasion,
): boolean {
  const entry = activeHandle(chat, handle);
  if (!entry) return false;
  keepPast(chat, occasion.at);
  entry.status = as;
  entry.left_at = occasion.at.toISOString();
  if (world.forget && as === 'removed') chat.handles.splice(chat.handles.indexOf(entry), 1);
  carried(world, chat, entry, as, occasion);
  world.onGone(chat, entry);
  touch(world, chat);
  return true;
}

function carried(
  world: World,
  chat: SimChat,
  { handle }: SimHandle,
  what: Carried['what'],
  occasion: Occasion,
): void {
  const by = occasion.askedAt === null ? 'person' : 'api';
  world.history.push({ chatId: chat.id, handle, what, by, ...occasion });
}

export function touch(world: World, chat: SimChat): void {
  chat.updatedAt = world.now();
  world.onChange();
}
