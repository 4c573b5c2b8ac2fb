import type { Kysely } from 'kysely';
import type { Removal, Request } from '../removal/removal.js';
import { fromRemovalRow, fromRequestRow, toRemovalRow, toRequestRow } from './rows.js';
import type { Db, Tables } from './schema.js';

/** A transaction is a `Db` too: every query runs inside or outside of one. */

/** False when a request with this view exists; of several at the same moment, one wins. */
export async function insertRequest(db: Db, request: Request): Promise<boolean> {
  const row = await db
    .insertInto('requests')
    .values(toRequestRow(request))
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether the request that has this view is this very one, from an earlier try whose answer was lost. */
export async function isRecorded(db: Db, request: Request): Promise<boolean> {
  const row = await db
    .selectFrom('requests')
    .select('id')
    .where('view_id', '=', request.viewId)
    .executeTakeFirst();
  return row?.id === request.id;
}

export async function insertRemovals(db: Db, removals: readonly Removal[]): Promise<void> {
  const rows = removals.map((removal, position) => ({ ...toRemovalRow(removal), position }));
  await db.insertInto('removals').values(rows).execute();
}

/** The query of the loop. Final removals have no `due_at` and are not in its index, however many there are. */
export function selectDueRemovals(
  db: Kysely<Tables>,
  now: Date,
  limit: number,
  except: readonly string[] = [],
) {
  return db
    .selectFrom('removals')
    .selectAll()
    .where('due_at', '<=', now.toISOString())
    .$if(except.length > 0, (query) => query.where('request_id', 'not in', except))
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit);
}

export async function findDueRemovals(
  db: Db,
  now: Date,
  limit: number,
  except: readonly string[],
): Promise<readonly Removal[]> {
  const rows = await selectDueRemovals(db, now, limit, except).execute();
  return rows.map(fromRemovalRow);
}

/** Only final removals have no `due_at`. */
export async function findOpen(db: Db): Promise<{ count: number; oldest: Date | null }> {
  const row = await db
    .selectFrom('removals')
    .select((eb) => [eb.fn.countAll<number | string>().as('count'), eb.fn.min('approved_at').as('oldest')])
    .where('due_at', 'is not', null)
    .executeTakeFirstOrThrow();
  return { count: Number(row.count), oldest: row.oldest === null ? null : new Date(row.oldest) };
}

/** The removal as written, with its new version; null when its version is no longer the stored one. */
export async function updateRemoval(db: Db, removal: Removal): Promise<Removal | null> {
  const next = { ...removal, version: removal.version + 1 };
  const row = await db
    .updateTable('removals')
    .set(toRemovalRow(next))
    .where('id', '=', removal.id)
    .where('version', '=', removal.version)
    .returning('id')
    .executeTakeFirst();
  return row === undefined ? null : next;
}

/** The first name stays, however many press. */
export async function updateStoppedBy(db: Db, requestId: string, by: string): Promise<void> {
  await db
    .updateTable('requests')
    .set({ stopped_by: by })
    .where('id', '=', requestId)
    .where('stopped_by', 'is', null)
    .execute();
}

export async function findRequests(db: Db, ids: readonly string[]): Promise<readonly Request[]> {
  const rows = await db.selectFrom('requests').selectAll().where('id', 'in', ids).execute();
  return rows.map(fromRequestRow);
}

/** The removals of these requests, each request's in the order of its review. */
export async function findRemovalsOf(db: Db, requestIds: readonly string[]): Promise<readonly Removal[]> {
  const rows = await db
    .selectFrom('removals')
    .selectAll()
    .where('request_id', 'in', requestIds)
    .orderBy('request_id')
    .orderBy('position')
    .execute();
  return rows.map(fromRemovalRow);
}
