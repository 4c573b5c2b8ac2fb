import type { SimChat, SimHandle } from './chats.js';
import type { World } from './world.js';

/** How long readings show a chat as it was before a change, in milliseconds. */
export interface RosterLag {
  /** `GET /v3/chats/{id}` */
  readonly chat: number;
  /** `GET /v3/chats` */
  readonly list: number;
}

/** A roster as it was, until then. */
export interface PastRoster {
  readonly until: Date;
  readonly handles: readonly SimHandle[];
}

/** Keeps the roster as it is now, before it changes at that time. */
export function keepPast(chat: SimChat, until: Date): void {
  chat.past.push({ until, handles: chat.handles.map((entry) => ({ ...entry })) });
}

/** What a reading shows: the present roster, or with a lag the one of so long ago. */
export function shownRoster(world: World, chat: SimChat, reading: keyof RosterLag): readonly SimHandle[] {
  const lagMs = world.lag[reading];
  const asOf = world.now().getTime() - lagMs;
  const past = lagMs === 0 ? undefined : chat.past.find(({ until }) => until.getTime() > asOf);
  return past?.handles ?? chat.handles;
}
