import { sql } from 'kysely';
import type { HistoryEntry, HistoryRecord, LatestQuery, PageQuery } from '../removal/history.js';
import type { Removal, Request } from '../removal/removal.js';
import { fromHistoryRow, toHistoryRow } from './history-rows.js';
import { findRequests } from './removal-queries.js';
import type { Db } from './schema.js';

export async function insertEntries(db: Db, entries: readonly HistoryEntry[]): Promise<void> {
  if (entries.length > 0) await db.insertInto('history').values(entries.map(toHistoryRow)).execute();
}

/** The entry for a removal as it stands. `shown` is what the review showed, where this entry is to keep it. */
export function entryFor(
  kind: HistoryEntry['kind'],
  removal: Removal,
  request: Request,
  at: Date,
  shown: string | null = null,
): HistoryEntry {
  return {
    at,
    kind,
    requestId: request.id,
    removalId: removal.id,
    teamId: request.teamId,
    channelId: request.channelId,
    requestedBy: request.requestedBy,
    decidedBy: removal.reason === 'stopped' ? request.stoppedBy : request.approvedBy,
    chatId: removal.chatId,
    chatName: removal.chatName,
    handle: removal.handle,
    reason: removal.reason,
    note: request.note,
    shown,
    traceId: removal.traceId,
  };
}

/**
 * Adds an entry if the status of a removal is not the one that was noted last. Called right after the removal was
 * written in the same transaction: that write keeps every other writer of it away.
 */
export async function noteStatus(db: Db, removal: Removal, at: Date | null): Promise<void> {
  if ((await lastStatus(db, removal.id)) === removal.status) return;
  const [request] = await findRequests(db, [removal.requestId]);
  if (!request) return;
  const when = at ?? removal.sentAt ?? removal.approvedAt;
  await insertEntries(db, [entryFor(removal.status, removal, request, when)]);
}

async function lastStatus(db: Db, removalId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('history')
    .select('kind')
    .where('removal_id', '=', removalId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.kind;
}

/** History, each entry beside its request's message. */
function selectRecords(db: Db) {
  return db
    .selectFrom('history')
    .leftJoin('announcements', 'announcements.request_id', 'history.request_id')
    .selectAll('history')
    .select(['announcements.place_channel', 'announcements.place_ts']);
}

/** Of a removal only the newest entry counts; what is not about a removal counts by itself. */
export async function findLatest(db: Db, query: LatestQuery): Promise<readonly HistoryRecord[]> {
  const { teamId, chatId, handle, limit } = query;
  let latest = selectRecords(db)
    .where('history.team_id', '=', teamId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('history as newer')
            .select('newer.id')
            .whereRef('newer.removal_id', '=', 'history.removal_id')
            .whereRef('newer.id', '>', 'history.id'),
        ),
      ),
    )
    // Once it is decided, that it was waiting is no news.
    .where(({ not, and, exists, eb, selectFrom }) =>
      not(
        and([
          eb('history.kind', '=', 'approval-asked'),
          exists(
            selectFrom('history as later')
              .select('later.id')
              .whereRef('later.request_id', '=', 'history.request_id')
              .whereRef('later.chat_id', '=', 'history.chat_id')
              .whereRef('later.id', '>', 'history.id'),
          ),
        ]),
      ),
    );
  if (chatId !== null) latest = latest.where(sql`lower(history.chat_id)`, '=', chatId.toLowerCase());
  if (handle !== null) latest = latest.where(sql`lower(history.handle)`, '=', handle.toLowerCase());
  const rows = await latest
    .orderBy('history.at', 'desc')
    .orderBy('history.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(fromHistoryRow);
}

/** Pages by the last record's place in the order, not by counting: every page costs the same, however late. */
export async function findPage(db: Db, query: PageQuery): Promise<readonly HistoryRecord[]> {
  const { since, until, after, limit } = query;
  let page = selectRecords(db);
  if (since) page = page.where('history.at', '>=', since.toISOString());
  if (until) page = page.where('history.at', '<', until.toISOString());
  if (after)
    page = page.where(sql<boolean>`(history.at, history.id) > (${after.at.toISOString()}, ${after.id})`);
  const rows = await page.orderBy('history.at').orderBy('history.id').limit(limit).execute();
  return rows.map(fromHistoryRow);
}
