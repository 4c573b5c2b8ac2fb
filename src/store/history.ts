import { type ExpressionBuilder, type Generated, type RawBuilder, sql } from 'kysely';
import type { HistoryEntry, HistoryKind, HistoryRecord, LatestQuery, PageQuery } from '../removal/history.js';
import { date, fromPlaceColumns, type Instant, type PlaceColumns } from './columns.js';
import type { Db, Tables } from './schema.js';
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

function fromRow(row: HistoryRow & PlaceColumns): HistoryRecord {
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
function selectRecords(db: Db) {
  return db
    .selectFrom('history')
    .leftJoin('deliveries', (join) =>
      join.onRef('deliveries.request_id', '=', 'history.request_id').on('deliveries.kind', '=', 'status'),
    )
    .selectAll('history')
    .select(['deliveries.place_channel', 'deliveries.place_ts']);
}

/** What is no news any more once it is decided. */
const WAITING: readonly HistoryKind[] = ['approval-asked', 'approval-given'];

/** Of a change only the newest entry counts; what is not about a change counts by itself. */
export async function findLatest(db: Db, query: LatestQuery): Promise<readonly HistoryRecord[]> {
  const { teamId, what, only, chatId, handles, limit } = query;
  let latest = selectRecords(db)
    .where('history.team_id', '=', teamId)
    .where('history.kind', what === 'refused' ? '=' : '!=', 'access-refused')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('history as newer')
            .select('newer.id')
            .whereRef('newer.change_id', '=', 'history.change_id')
            .whereRef('newer.id', '>', 'history.id'),
        ),
      ),
    )
    // Once it is decided, that it was waiting is no news.
    .where(({ not, and, exists, eb, selectFrom }) =>
      not(
        and([
          eb('history.kind', 'in', WAITING),
          exists(
            selectFrom('history as later')
              .select('later.id')
              .whereRef('later.request_id', '=', 'history.request_id')
              .whereRef('later.chat_id', '=', 'history.chat_id')
              .whereRef('later.id', '>', 'history.id')
              .where('later.kind', 'not in', WAITING),
          ),
        ]),
      ),
    );
  if (only !== null) {
    const { requestedBy, channelId } = only;
    latest = latest.where(({ or, eb }) =>
      or([eb('history.requested_by', '=', requestedBy), eb('history.channel_id', '=', channelId)]),
    );
  }
  if (chatId !== null)
    latest = latest.where(sql`lower(history.chat_id)`, '=', storable(chatId.toLowerCase(), 'id'));
  if (handles !== null) latest = latest.where(isOneOf(handles));
  const rows = await latest
    .orderBy('history.at', 'desc')
    .orderBy('history.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(fromRow);
}

const NUMBER = /^\+?\d+$/u;

/** Linq may have written a number with blanks, dots, hyphens or brackets in it. */
function isOneOf(handles: readonly string[]) {
  const wanted = [...new Set(handles.map((handle) => storable(handle.toLowerCase(), 'handle')))];
  const numbers = wanted.filter((handle) => NUMBER.test(handle));
  const bare = [' ', '-', '.', '(', ')'].reduce<RawBuilder<unknown>>(
    (text, sign) => sql`replace(${text}, ${sql.lit(sign)}, '')`,
    sql`history.handle`,
  );
  return ({ or, eb }: ExpressionBuilder<Tables, 'history'>) =>
    or([
      eb(sql`lower(history.handle)`, 'in', wanted),
      ...(numbers.length > 0 ? [eb(bare, 'in', numbers)] : []),
    ]);
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
  return rows.map(fromRow);
}
