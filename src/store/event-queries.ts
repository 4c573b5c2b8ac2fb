import type { ParticipantEvent } from '../removal/event.js';
import type { Notice } from '../removal/notice.js';
import type { Removal } from '../removal/removal.js';
import { fromEventRow, fromNoticeRow, toEventRow, toNoticeRow } from './history-rows.js';
import { fromRemovalRow } from './rows.js';
import type { Db } from './schema.js';

/** False when the event, or its delivery, was noted before; of several at the same moment, one wins. */
export async function insertEvent(db: Db, event: ParticipantEvent, now: Date): Promise<boolean> {
  const row = await db
    .insertInto('linq_events')
    .values(toEventRow(event, now))
    .onConflict((conflict) => conflict.doNothing())
    .returning('delivery_id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function deleteEventsBefore(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('linq_events').where('taken_at', '<', before.toISOString()).execute();
}

/** Everybody who was added to a chat, as far as Linq told us lately. */
export async function findAdditions(db: Db, chatId: string): Promise<readonly ParticipantEvent[]> {
  const rows = await db
    .selectFrom('linq_events')
    .selectAll()
    .where('kind', '=', 'added')
    .where('chat_id', 'in', spellings(chatId))
    .execute();
  return rows.map(fromEventRow);
}

/** Open removals of a chat, or all of them. Their index holds open ones alone. */
export async function findOpenRemovals(db: Db, chatId: string | null): Promise<readonly Removal[]> {
  let open = db.selectFrom('removals').selectAll().where('due_at', 'is not', null);
  if (chatId !== null) open = open.where('chat_id', 'in', spellings(chatId));
  const rows = await open.orderBy('id').execute();
  return rows.map(fromRemovalRow);
}

/** Removals of a chat that were proven since then, the latest first. */
export async function findProven(db: Db, chatId: string, since: Date): Promise<readonly Removal[]> {
  const rows = await db
    .selectFrom('removals')
    .selectAll()
    .where('chat_id', 'in', spellings(chatId))
    .where('settled_at', '>=', since.toISOString())
    .where('status', '=', 'removed')
    .orderBy('settled_at', 'desc')
    .execute();
  return rows.map(fromRemovalRow);
}

/** Linq writes UUIDs in lower case; should it ever not, the index still serves. */
function spellings(chatId: string): string[] {
  return [...new Set([chatId, chatId.toLowerCase(), chatId.toUpperCase()])];
}

/** False when there is one about this removal already. */
export async function insertNotice(db: Db, notice: Notice): Promise<boolean> {
  const row = await db
    .insertInto('notices')
    .values(toNoticeRow(notice))
    .onConflict((conflict) => conflict.column('removal_id').doNothing())
    .returning('removal_id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function findDueNotices(db: Db, now: Date, limit: number): Promise<readonly Notice[]> {
  const rows = await db
    .selectFrom('notices')
    .selectAll()
    .where('due_at', '<=', now.toISOString())
    .orderBy('due_at')
    .orderBy('removal_id')
    .limit(limit)
    .execute();
  return rows.map(fromNoticeRow);
}

/** The notice as written, with its new version; null when its version is no longer the stored one. */
export async function updateNotice(db: Db, notice: Notice): Promise<Notice | null> {
  const next = { ...notice, version: notice.version + 1 };
  const row = await db
    .updateTable('notices')
    .set(toNoticeRow(next))
    .where('removal_id', '=', notice.removalId)
    .where('version', '=', notice.version)
    .returning('removal_id')
    .executeTakeFirst();
  return row === undefined ? null : next;
}
