import { type LinqFailure, NO_ANSWER } from '../removal/answer.js';
import type { Answer, JsonObject } from './call.js';

const PAGE_SIZE = 100;
const MOST_PAGES = 10;

/** Without `to` all chats of all our lines are listed. */
export type ListQuery = { readonly to?: string; readonly limit: number; readonly cursor?: string };

export type ListAnswer =
  | { readonly ok: true; readonly chats: readonly JsonObject[]; readonly hasMore: boolean }
  | { readonly ok: false; readonly failure: LinqFailure };

/**
 * Every chat of a person, or every chat there is, page after page, as Linq wrote them and newest first; an id that shifted onto a second page
 * counts once. We follow the cursor ourselves: the SDK stops at an empty page that still has one, loops for ever on a
 * repeated one, and turns a list it cannot read into an empty one.
 */
export async function listChats(
  to: string | null,
  ask: (query: ListQuery) => Promise<Answer>,
): Promise<ListAnswer> {
  const chats = new Map<string, JsonObject>();
  const cursors = new Set<string>();
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await ask({ ...(to !== null && { to }), limit: PAGE_SIZE, ...(cursor && { cursor }) });
    if (!answer.ok) return { ok: false, failure: answer.failure };
    if (!Array.isArray(answer.body.chats)) return unreadable(answer);
    for (const chat of answer.body.chats as unknown[]) {
      if (isChat(chat)) chats.set(chat.id, chat);
    }
    cursor = nextCursor(answer.body);
    if (cursor === null || cursors.has(cursor))
      return { ok: true, chats: newestFirst(chats), hasMore: false };
    cursors.add(cursor);
  }
  return { ok: true, chats: newestFirst(chats), hasMore: true };
}

function isChat(chat: unknown): chat is JsonObject & { id: string } {
  return typeof chat === 'object' && chat !== null && 'id' in chat && typeof chat.id === 'string';
}

function nextCursor({ next_cursor: cursor }: JsonObject): string | null {
  return typeof cursor === 'string' && cursor !== '' ? cursor : null;
}

/** Linq does not say in which order it lists. Its instants are ISO 8601, so they compare as text. */
function newestFirst(chats: ReadonlyMap<string, JsonObject>): readonly JsonObject[] {
  const updated = (chat: JsonObject) => (typeof chat.updated_at === 'string' ? chat.updated_at : '');
  return [...chats.values()].sort((a, b) => updated(b).localeCompare(updated(a)));
}

/** A 2xx that is not a list: its status goes with it, and nobody is told "no chats found". */
export function unreadable({ status, traceId }: Answer & { ok: true }) {
  return { ok: false, failure: { ...NO_ANSWER, status, traceId } } as const;
}
