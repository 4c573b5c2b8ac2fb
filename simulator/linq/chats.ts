import { randomUUID } from 'node:crypto';
import type { PastRoster } from './roster.js';

export type SimService = 'iMessage' | 'SMS' | 'RCS';

/** An entry of a chat's `handles`, field for field as Linq sends it. */
export interface SimHandle {
  readonly id: string;
  readonly handle: string;
  readonly service: SimService;
  readonly joined_at: string;
  status: 'active' | 'left' | 'removed';
  left_at: string | null;
  readonly is_me: boolean | null;
}

/** A chat at Linq: mutable, because it is the outside world. */
export interface SimChat {
  readonly id: string;
  name: string | null;
  readonly isGroup: boolean;
  service: SimService | null;
  /** Our line first, past members included. */
  readonly handles: SimHandle[];
  /** What the roster was before each change, oldest first. */
  readonly past: PastRoster[];
  readonly createdAt: Date;
  updatedAt: Date;
}

export interface NewChat {
  readonly id?: string;
  readonly name?: string | null;
  /** Default iMessage; null when Linq does not say. */
  readonly service?: SimService | null;
  /** Default: whether there are two or more others. */
  readonly isGroup?: boolean;
  /** Everybody but our line. */
  readonly members: readonly string[];
  /** False leaves out `is_me`, as Linq may: our line is then known by its number only. */
  readonly marksUs?: boolean;
}

export function createChat(chat: NewChat, ownLine: string, now: Date): SimChat {
  const service = chat.service === undefined ? 'iMessage' : chat.service;
  const marks = chat.marksUs ?? true;
  const others = chat.members.map((handle) => createHandle(handle, service, now, marks ? false : null));
  return {
    id: chat.id ?? randomUUID(),
    name: chat.name ?? null,
    isGroup: chat.isGroup ?? chat.members.length >= 2,
    service,
    handles: [createHandle(ownLine, service, now, marks ? true : null), ...others],
    past: [],
    createdAt: now,
    updatedAt: now,
  };
}

export function createHandle(
  handle: string,
  service: SimService | null,
  now: Date,
  is_me: boolean | null,
): SimHandle {
  return {
    id: randomUUID(),
    handle,
    service: service ?? 'iMessage',
    joined_at: now.toISOString(),
    status: 'active',
    left_at: null,
    is_me,
  };
}

export function activeHandles(chat: SimChat): readonly SimHandle[] {
  return chat.handles.filter((entry) => entry.status === 'active');
}

/** The active entry for a handle; emails compare without case. */
export function activeHandle(chat: SimChat, handle: string): SimHandle | undefined {
  const wanted = handle.toLowerCase();
  return activeHandles(chat).find((entry) => entry.handle.toLowerCase() === wanted);
}

/** A roster's entry as sent: also with what the simulated Linq itself would never keep. */
export type HandleOnWire = Readonly<Omit<SimHandle, 'status' | 'is_me'>> & {
  readonly status: string;
  readonly is_me?: boolean | null;
};

export interface ChatOnWire extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly handles: readonly HandleOnWire[];
}

/** A chat as Linq sends it, with its roster or another; without a name it lists the others' handles. */
export function toWire(chat: SimChat, handles: readonly HandleOnWire[] = chat.handles): ChatOnWire {
  const others = handles.slice(1).map((entry) => entry.handle);
  return {
    id: chat.id,
    display_name: chat.name ?? others.join(', '),
    is_group: chat.isGroup,
    handles,
    service: chat.service,
    created_at: chat.createdAt.toISOString(),
    updated_at: chat.updatedAt.toISOString(),
    is_archived: false,
    group_chat_icon: null,
  };
}
