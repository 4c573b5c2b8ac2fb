import { createHash } from 'node:crypto';
import type { Request } from '../removal/request.js';
import { later, READING_GOOD_FOR_MS } from '../removal/schedule.js';
import { type Flag, flag, fromIds, type Instant, toIds } from './columns.js';
import type { Db } from './schema.js';
import { storable } from './storable.js';

interface RequestRow {
  id: string;
  view_id: string;
  team_id: string;
  channel_id: string;
  thread_ts: string | null;
  requested_by: string;
  note: string | null;
  response_url: string | null;
  command_had_text: Flag;
  created_at: Instant;
  /** JSON. */
  approved_by: string;
  stopped_by: string | null;
  undoes: string | null;
}

declare module './schema.js' {
  interface Tables {
    /**
     * `submission_key` is what makes a request one: the view, and what was submitted in it. `read_by` and `read_until`
     * are the lease of the process that reads at Linq for it.
     */
    requests: RequestRow & { submission_key: string; read_by: string | null; read_until: Instant | null };
  }
}

function toRow(request: Request): RequestRow {
  return {
    id: request.id,
    view_id: request.viewId,
    team_id: request.teamId,
    channel_id: request.channelId,
    thread_ts: request.threadTs,
    requested_by: request.requestedBy,
    note: storable(request.note, 'words'),
    response_url: request.responseUrl,
    command_had_text: flag(request.commandHadText),
    created_at: request.createdAt.toISOString(),
    approved_by: toIds(request.approvedBy),
    stopped_by: request.stoppedBy,
    undoes: request.undoes,
  };
}

function fromRow(row: RequestRow): Request {
  return {
    id: row.id,
    viewId: row.view_id,
    teamId: row.team_id,
    channelId: row.channel_id,
    threadTs: row.thread_ts,
    requestedBy: row.requested_by,
    note: row.note,
    responseUrl: row.response_url,
    commandHadText: row.command_had_text === 1,
    createdAt: new Date(row.created_at),
    approvedBy: fromIds(row.approved_by),
    stoppedBy: row.stopped_by,
    undoes: row.undoes,
  };
}

/** The same content submitted in the same view has the same key. */
export function submissionKey(viewId: string, fingerprint: string): string {
  return `${viewId}:${createHash('sha256').update(fingerprint).digest('hex')}`;
}

/** False when a request with this key exists; of several at the same moment, one wins. */
export async function insertRequest(db: Db, request: Request, key: string): Promise<boolean> {
  const row = await db
    .insertInto('requests')
    .values({ ...toRow(request), submission_key: key })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether the request that has this key is this very one, from an earlier try whose answer was lost. */
export async function isRecorded(db: Db, request: Request, key: string): Promise<boolean> {
  const row = await db
    .selectFrom('requests')
    .select('id')
    .where('submission_key', '=', key)
    .executeTakeFirst();
  return row?.id === request.id;
}

/**
 * Keeps every other decision about these requests away until the transaction ends; answers with how many there are. A
 * write that changes nothing does so on both engines. In one order everywhere, so that no two wait for each other.
 */
export async function lockRequests(db: Db, ids: Iterable<string>): Promise<number> {
  let found = 0;
  for (const id of [...new Set(ids)].sort()) {
    const row = await db
      .updateTable('requests')
      .set((eb) => ({ stopped_by: eb.ref('stopped_by') }))
      .where('id', '=', id)
      .returning('id')
      .executeTakeFirst();
    if (row) found += 1;
  }
  return found;
}

/**
 * Of several processes one reads for a request at a time. False while another one does. A lease that ends later than one
 * taken now was taken by a clock that has been set back since.
 */
export async function leaseReading(db: Db, id: string, process: string, now: Date): Promise<boolean> {
  const until = later(now, READING_GOOD_FOR_MS).toISOString();
  const { numUpdatedRows } = await db
    .updateTable('requests')
    .set({ read_by: process, read_until: until })
    .where('id', '=', id)
    .where(({ or, eb }) =>
      or([
        eb('read_by', 'is', null),
        eb('read_by', '=', process),
        eb('read_until', '<=', now.toISOString()),
        eb('read_until', '>', until),
      ]),
    )
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function updateRequest(db: Db, request: Request): Promise<void> {
  await db.updateTable('requests').set(toRow(request)).where('id', '=', request.id).execute();
}

export async function findRequests(db: Db, ids: readonly string[]): Promise<readonly Request[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('requests').selectAll().where('id', 'in', ids).execute();
  return rows.map(fromRow);
}

/** The oldest first. */
export async function findRequestsFrom(db: Db, viewId: string): Promise<readonly Request[]> {
  const rows = await db
    .selectFrom('requests')
    .selectAll()
    .where('view_id', '=', viewId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(fromRow);
}
