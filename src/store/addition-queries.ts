import type { Addition, Telling } from '../removal/addition.js';
import type { AdditionRow, Db, Flag, Instant, RemovalRow } from './schema.js';

type PersonalRow = Pick<RemovalRow, 'chat_id' | 'chat_name' | 'handle'>;

const flag = (value: boolean): Flag => (value ? 1 : 0);
const instant = (date: Date | null): Instant | null => date?.toISOString() ?? null;
const date = (text: Instant | null): Date | null => (text === null ? null : new Date(text));

function toRow(addition: Addition): AdditionRow {
  return {
    id: addition.id,
    request_id: addition.requestId,
    removal_id: addition.removalId,
    view_id: addition.viewId,
    requested_by: addition.requestedBy,
    status: addition.status,
    attempts: addition.attempts,
    approved_at: addition.approvedAt.toISOString(),
    sent_at: instant(addition.sentAt),
    not_before: instant(addition.notBefore),
    proving_since: instant(addition.provingSince),
    settled_at: instant(addition.settledAt),
    reason: addition.reason,
    linq_says: addition.linqSays,
    trace_id: addition.traceId,
    step_at: instant(addition.stepAt),
    ...toTellingColumns(addition.telling),
    due_at: instant(addition.dueAt),
    version: addition.version,
  };
}

function toTellingColumns(telling: Telling) {
  return {
    to_person: flag(telling.toPerson),
    place_channel: telling.place?.channel ?? null,
    place_ts: telling.place?.ts ?? null,
    wanted: telling.wanted,
    shown: telling.shown,
    tell_at: instant(telling.at),
    held: flag(telling.held),
    tries: telling.tries,
    unheard: telling.unheard,
  };
}

function fromRow(row: AdditionRow & PersonalRow): Addition {
  return {
    id: row.id,
    requestId: row.request_id,
    removalId: row.removal_id,
    viewId: row.view_id,
    requestedBy: row.requested_by,
    chatId: row.chat_id,
    chatName: row.chat_name,
    handle: row.handle,
    status: row.status,
    attempts: row.attempts,
    approvedAt: new Date(row.approved_at),
    sentAt: date(row.sent_at),
    notBefore: date(row.not_before),
    provingSince: date(row.proving_since),
    settledAt: date(row.settled_at),
    reason: row.reason,
    linqSays: row.linq_says,
    traceId: row.trace_id,
    stepAt: date(row.step_at),
    telling: fromTellingColumns(row),
    dueAt: date(row.due_at),
    version: row.version,
  };
}

function fromTellingColumns(row: AdditionRow): Telling {
  const { place_channel: channel, place_ts: ts } = row;
  return {
    toPerson: row.to_person === 1,
    place: channel === null || ts === null ? null : { channel, ts },
    wanted: row.wanted,
    shown: row.shown,
    at: date(row.tell_at),
    held: row.held === 1,
    tries: row.tries,
    unheard: row.unheard,
  };
}

/** An addition beside its removal, which knows person and chat. */
function selectAdditions(db: Db) {
  return db
    .selectFrom('additions')
    .innerJoin('removals', 'removals.id', 'additions.removal_id')
    .selectAll('additions')
    .select(['removals.chat_id', 'removals.chat_name', 'removals.handle']);
}

/** How many of them are new: of one view, and of those who are or come back, each counts once. */
export async function insertAdditions(db: Db, additions: readonly Addition[]): Promise<number> {
  const rows = await db
    .insertInto('additions')
    .values(additions.map(toRow))
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return rows.length;
}

/** Whether any of these very ones is stored, from an earlier try whose answer was lost. */
export async function hasAdditions(db: Db, ids: readonly string[]): Promise<boolean> {
  const row = await db.selectFrom('additions').select('id').where('id', 'in', ids).executeTakeFirst();
  return row !== undefined;
}

export async function findDueAdditions(db: Db, now: Date, limit: number): Promise<readonly Addition[]> {
  const rows = await selectAdditions(db)
    .where('additions.due_at', '<=', now.toISOString())
    .orderBy('additions.due_at')
    .orderBy('additions.id')
    .limit(limit)
    .execute();
  return rows.map(fromRow);
}

export async function findAdditionsOf(db: Db, requestIds: readonly string[]): Promise<readonly Addition[]> {
  const rows = await selectAdditions(db)
    .where('additions.request_id', 'in', requestIds)
    .orderBy('additions.approved_at')
    .orderBy('additions.id')
    .execute();
  return rows.map(fromRow);
}

/** The addition as written, with its new version; null when its version is no longer the stored one. */
export async function updateAddition(db: Db, addition: Addition): Promise<Addition | null> {
  const next = { ...addition, version: addition.version + 1 };
  const row = await db
    .updateTable('additions')
    .set(toRow(next))
    .where('id', '=', addition.id)
    .where('version', '=', addition.version)
    .returning('id')
    .executeTakeFirst();
  return row === undefined ? null : next;
}

/** Whoever comes back is, or comes, back through us: nobody else needs to say so. */
export async function isBeingAddedBack(db: Db, removalId: string): Promise<boolean> {
  const row = await db
    .selectFrom('additions')
    .select('id')
    .where('removal_id', '=', removalId)
    .where('status', '!=', 'refused')
    .executeTakeFirst();
  return row !== undefined;
}

/** Proof may be there now: a look that waits for its time is brought forward. */
export async function lookForAdditionNow(db: Db, removalId: string, now: Date): Promise<void> {
  const at = now.toISOString();
  await db
    .updateTable('additions')
    .set((eb) => ({ step_at: at, due_at: at, version: eb('version', '+', 1) }))
    .where('removal_id', '=', removalId)
    .where('status', '=', 'queued')
    .where('held', '=', 0)
    .execute();
}
