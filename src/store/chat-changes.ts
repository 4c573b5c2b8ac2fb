import type { Change } from '../removal/change.js';
import { fromChangeRow } from './changes.js';
import { findOpen } from './open-changes.js';
import type { Db } from './schema.js';

/* What is, or was, under way in one chat. */

/** Linq writes UUIDs in lower case; should it ever not, the index still serves. */
export function spellings(chatId: string): string[] {
  return [...new Set([chatId, chatId.toLowerCase(), chatId.toUpperCase()])];
}

/**
 * Changes of a chat that an event may settle: open ones, and those that ended badly since then. Without a chat, what is
 * open anywhere: an event that names none proves nothing, but makes the next reading come now.
 */
export async function findUnproven(db: Db, chatId: string | null, since: Date): Promise<readonly Change[]> {
  return chatId === null ? findOpen(db) : findUnprovenIn(db, chatId, since);
}

async function findUnprovenIn(db: Db, chatId: string, since: Date): Promise<readonly Change[]> {
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('chat_id', 'in', spellings(chatId))
    .where((eb) =>
      eb.or([
        eb('settled_at', 'is', null),
        eb.and([eb('settled_at', '>=', since.toISOString()), eb('status', 'in', ['unconfirmed', 'refused'])]),
      ]),
    )
    .orderBy('id')
    .execute();
  return rows.map(fromChangeRow);
}

/** Removals from a chat that were proven since then, the latest first. */
export async function findProven(db: Db, chatId: string, since: Date): Promise<readonly Change[]> {
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('chat_id', 'in', spellings(chatId))
    .where('settled_at', '>=', since.toISOString())
    .where('status', '=', 'done')
    .where('direction', '=', 'remove')
    .orderBy('settled_at', 'desc')
    .execute();
  return rows.map(fromChangeRow);
}

/** Who is being removed from a chat: a call left, or may have, and nothing is proven yet. */
export async function findLeaving(
  db: Db,
  chatId: string,
  except: readonly string[],
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('changes')
    .select('handle')
    .distinct()
    .where('chat_id', 'in', spellings(chatId))
    .where('settled_at', 'is', null)
    .where('direction', '=', 'remove')
    .where('id', 'not in', except)
    .where((eb) =>
      eb.or([
        eb('status', 'in', ['sending', 'queued', 'unsure']),
        eb.and([eb('status', '=', 'waiting'), eb('may_still_act', '=', 1)]),
      ]),
    )
    .execute();
  return rows.map(({ handle }) => handle);
}
