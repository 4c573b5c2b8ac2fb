import { type Generated, sql } from 'kysely';
import type { HistoryEntry, HistoryKind, HistoryRecord, PageQuery } from '../removal/history.js';
import { date, fromPlaceColumns, type Instant, type PlaceColumns } from './columns.js';
import type { Db } from './schema.js';
import { storable } from './storable.js';

interface HistoryRow {
  id: number;
  at: Instant;
  kind: HistoryKind;
  request_id: string | null;
  change_id: string | null;
  team_id: string;
  channel_id: string | null;
  requested_by: string;
  decided_by: string | null;
  chat_id: string | null;
  chat_name: string | null;
  handle: string | null;
  reason: string | null;
  note: string | null;
  shown: string | null;
  trace_id: string | null;
  cleared_at: Instant | null;
}

declare module './schema.js' {
  interface Tables {
    history: Omit<HistoryRow, 'id'> & { id: Generated<number> };
  }
}

function toRow(entry: HistoryEntry): Omit<HistoryRow, 'id'> {
  return {
    at: entry.at.toISOString(),
    kind: entry.kind,
    request_id: entry.requestId,
    change_id: entry.changeId,
    team_id: entry.teamId,
    channel_id: entry.channelId,
    requested_by: entry.requestedBy,
    decided_by: entry.decidedBy,
    chat_id: entry.chatId,
    chat_name: storable(entry.chatName, 'name'),
    handle: storable(entry.handle, 'handle'),
    reason: entry.reason,
    note: storable(entry.note, 'words'),
    shown: storable(entry.shown, 'page'),
    trace_id: storable(entry.traceId, 'id'),
    cleared_at: null,
  };
}

export function fromHistoryRow(row: HistoryRow & PlaceColumns): HistoryRecord {
  return {
    id: row.id,
    at: new Date(row.at),
    kind: row.kind,
    requestId: row.request_id,
    changeId: row.change_id,
    teamId: row.team_id,
    channelId: row.channel_id,
    requestedBy: row.requested_by,
    decidedBy: row.decided_by,
    chatId: row.chat_id,
    chatName: row.chat_name,
    handle: row.handle,
    reason: row.reason,
    note: row.note,
    shown: row.shown,
    traceId: row.trace_id,
    clearedAt: date(row.cleared_at),
    place: fromPlaceColumns(row),
  };
}

export async function insertEntries(db: Db, entries: readonly HistoryEntry[]): Promise<void> {
  if (entries.length > 0) await db.insertInto('history').values(entries.map(toRow)).execute();
}

/** History, each entry beside its request's message. */
export function selectRecords(db: Db) {
  return db
    .selectFrom('history')
    .leftJoin('deliveries', (join) =>
      join.onRef('deliveries.request_id', '=', 'history.request_id').on('deliveries.kind', '=', 'status'),
    )
    .selectAll('history')
    .select(['deliveries.place_channel', 'deliveries.place_ts']);
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

export async function findOfRequest(db: Db, requestId: string): Promise<readonly HistoryRecord[]> {
  const rows = await selectRecords(db)
    .where('history.request_id', '=', requestId)
    .orderBy('history.at')
    .orderBy('history.id')
    .execute();
  return rows.map(fromHistoryRow);
}
