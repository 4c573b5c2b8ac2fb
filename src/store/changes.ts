import { type Change, OPEN_STATUSES, type Status } from '../removal/change.js';
import type { ReasonName } from '../removal/reasons.js';
import type { Direction } from '../removal/request.js';
import { date, type Flag, flag, type Instant, instant } from './columns.js';
import type { Db } from './schema.js';
import { storable } from './storable.js';

interface ChangeRow {
  id: string;
  request_id: string;
  direction: Direction;
  chat_id: string;
  chat_name: string | null;
  handle: string;
  status: Status;
  attempts: number;
  may_still_act: Flag;
  was_seen: Flag;
  stopped: Flag;
  due_at: Instant | null;
  version: number;
  approved_at: Instant;
  sent_at: Instant | null;
  not_before: Instant | null;
  watched_since: Instant | null;
  deadline_at: Instant | null;
  trouble_since: Instant | null;
  settled_at: Instant | null;
  reason: ReasonName | null;
  linq_says: string | null;
  trace_id: string | null;
  proven_by: Change['provenBy'];
  left_voluntarily: Flag;
  undoes: string | null;
}

declare module './schema.js' {
  interface Tables {
    /** `position` keeps the order of the review; nothing else tells the changes of one request apart in time. */
    changes: ChangeRow & { position: number };
  }
}

function toRow(change: Change): ChangeRow {
  return {
    id: change.id,
    request_id: change.requestId,
    direction: change.direction,
    chat_id: change.chatId,
    chat_name: storable(change.chatName, 'name'),
    handle: storable(change.handle, 'handle'),
    status: change.status,
    attempts: change.attempts,
    may_still_act: flag(change.mayStillAct),
    was_seen: flag(change.wasSeen),
    stopped: flag(change.stopped),
    due_at: instant(change.dueAt),
    version: change.version,
    approved_at: change.approvedAt.toISOString(),
    sent_at: instant(change.sentAt),
    not_before: instant(change.notBefore),
    watched_since: instant(change.watchedSince),
    deadline_at: instant(change.deadlineAt),
    trouble_since: instant(change.troubleSince),
    settled_at: instant(change.settledAt),
    reason: change.reason,
    linq_says: storable(change.linqSays, 'words'),
    trace_id: storable(change.traceId, 'id'),
    proven_by: change.provenBy,
    left_voluntarily: flag(change.leftVoluntarily),
    undoes: change.undoes,
  };
}

export function fromChangeRow(row: ChangeRow): Change {
  const change = {
    id: row.id,
    requestId: row.request_id,
    direction: row.direction,
    chatId: row.chat_id,
    chatName: row.chat_name,
    handle: row.handle,
    status: row.status,
    attempts: row.attempts,
    mayStillAct: row.may_still_act === 1,
    wasSeen: row.was_seen === 1,
    stopped: row.stopped === 1,
    dueAt: date(row.due_at),
    version: row.version,
    approvedAt: new Date(row.approved_at),
    sentAt: date(row.sent_at),
    notBefore: date(row.not_before),
    watchedSince: date(row.watched_since),
    deadlineAt: date(row.deadline_at),
    troubleSince: date(row.trouble_since),
    settledAt: date(row.settled_at),
    reason: row.reason,
    linqSays: row.linq_says,
    traceId: row.trace_id,
    provenBy: row.proven_by,
    leftVoluntarily: row.left_voluntarily === 1,
    undoes: row.undoes,
  };
  // The table's checks refuse every row that the union does not allow.
  return change as Change;
}

/** Writes new changes behind those that the request has; answers with how many the indexes let in. */
export async function insertChanges(
  db: Db,
  changes: readonly Change[],
  firstPosition: number,
): Promise<number> {
  if (changes.length === 0) return 0;
  const values = changes.map((change, index) => ({ ...toRow(change), position: firstPosition + index }));
  // In one order everywhere, so that no two additions of the same people wait for each other.
  values.sort((a, b) => ((a.undoes ?? '') < (b.undoes ?? '') ? -1 : 1));
  const rows = await db
    .insertInto('changes')
    .values(values)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return rows.length;
}

/**
 * Writes what differs from `before`, the change as it is stored: columns that stay as they are would have their indexes
 * written anew. The change as written, with its new version; null when its version is no longer the stored one.
 */
export async function updateChange(db: Db, before: Change, change: Change): Promise<Change | null> {
  const row = toRow({ ...change, version: change.version + 1 });
  const written = await db
    .updateTable('changes')
    .set(differences(toRow(before), row))
    .where('id', '=', change.id)
    .where('version', '=', change.version)
    .returning('id')
    .executeTakeFirst();
  return written === undefined ? null : fromChangeRow(row);
}

function differences(before: ChangeRow, after: ChangeRow): Partial<ChangeRow> {
  const columns = Object.keys(after) as (keyof ChangeRow)[];
  return Object.fromEntries(
    columns.filter((column) => after[column] !== before[column]).map((column) => [column, after[column]]),
  );
}

/**
 * Keeps single writes of these changes away until the transaction ends, so that a decision about many of them is not
 * overtaken again and again. Their requests must be locked before.
 */
export async function lockChanges(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('changes')
    .set((eb) => ({ version: eb.ref('version') }))
    .where('id', 'in', ids)
    .execute();
}

export async function lockOpenChangesOf(db: Db, requestId: string): Promise<void> {
  await db
    .updateTable('changes')
    .set((eb) => ({ version: eb.ref('version') }))
    .where('request_id', '=', requestId)
    .where('status', 'in', OPEN_STATUSES)
    .execute();
}

export async function findChange(db: Db, id: string): Promise<Change | null> {
  const row = await db.selectFrom('changes').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? fromChangeRow(row) : null;
}

/** These changes as they stand, by id. */
export async function findChanges(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Change>> {
  const rows = await db.selectFrom('changes').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, fromChangeRow(row)]));
}

/** The changes of these requests, each request's in the order of its review. */
export async function findChangesOf(db: Db, requestIds: readonly string[]): Promise<readonly Change[]> {
  if (requestIds.length === 0) return [];
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('request_id', 'in', requestIds)
    .orderBy('request_id')
    .orderBy('position')
    .execute();
  return rows.map(fromChangeRow);
}
