import type { ChatOnWire, HandleOnWire } from './chats.js';

/** Ways in which a reading of a chat, or every chat on a page of the list, may be untrue. */
export type RosterLie =
  | 'empty'
  | 'one-entry'
  | 'without-our-line'
  | 'unknown-status'
  | 'twice-active'
  | 'twice-with-left'
  | 'unmarked';

type Distort = (
  handles: readonly HandleOnWire[],
  isAbout: (entry: HandleOnWire) => boolean,
) => readonly HandleOnWire[];

/** Our line is the first entry of every roster. */
const LIES: Record<RosterLie, Distort> = {
  empty: () => [],
  'one-entry': (handles) => handles.slice(0, 1),
  'without-our-line': (handles) => handles.slice(1),
  'unknown-status': (handles, isAbout) =>
    handles.map((entry) => (isAbout(entry) ? { ...entry, status: 'suspended' } : entry)),
  'twice-active': (handles, isAbout) =>
    handles.flatMap((entry) => (isAbout(entry) ? [entry, { ...entry, id: `${entry.id}-2` }] : [entry])),
  'twice-with-left': (handles, isAbout) =>
    handles.flatMap((entry) => (isAbout(entry) ? [asLeft(entry), entry] : [entry])),
  unmarked: (handles) => handles.map(({ is_me: _, ...entry }) => entry),
};

function asLeft(entry: HandleOnWire): HandleOnWire {
  return { ...entry, id: `${entry.id}-1`, status: 'left', left_at: entry.joined_at };
}

/** The chat with its roster distorted; with a handle only that person's entries where the lie is about persons. */
export function lie(chat: ChatOnWire, how: RosterLie, handle?: string): ChatOnWire {
  const ourLine = chat.handles[0];
  const isAbout = (entry: HandleOnWire) =>
    handle === undefined ? entry !== ourLine : entry.handle.toLowerCase() === handle.toLowerCase();
  return { ...chat, handles: LIES[how](chat.handles, isAbout) };
}

/** Ways in which a page of the list may be untrue. */
export type PageLie =
  /** One chat is left out: the named one, or the first. */
  | 'leaves-out'
  /** Half of the page, and the rest on the next. */
  | 'short'
  /** Half of the page, as if there were no more. */
  | 'ends-early';

export interface Page {
  readonly chats: readonly ChatOnWire[];
  readonly next_cursor: string | null;
}

/** `start` is where the page begins, as its cursor says. */
export function lieAboutPage(page: Page, how: PageLie, start: number, chatId?: string): Page {
  const half = Math.ceil(page.chats.length / 2);
  switch (how) {
    case 'leaves-out': {
      const missing = chatId?.toLowerCase() ?? page.chats[0]?.id;
      return { ...page, chats: page.chats.filter(({ id }) => id !== missing) };
    }
    case 'short':
      return { chats: page.chats.slice(0, half), next_cursor: String(start + half) };
    case 'ends-early':
      return { chats: page.chats.slice(0, half), next_cursor: null };
  }
}
