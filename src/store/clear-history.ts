import type { Db } from './schema.js';

/** What stands in the place of a handle that may no longer be kept: a removal always has one. */
export const CLEARED_HANDLE = '(cleared)';

/**
 * Clears a batch of entries older than `before`, and of the requests they belong to whatever was settled as long ago.
 * The newest entry of a request is as old as its settling, so each is reached by the time its last entry is.
 */
export async function clearBatch(db: Db, before: Date, now: Date, limit: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const cleared = await clearEntries(trx, before, now, limit);
    const ids = [...new Set(cleared.flatMap(({ request_id: id }) => (id === null ? [] : [id])))];
    if (ids.length > 0) {
      await clearRemovals(trx, ids, before);
      await clearRequests(trx, ids, before);
      await clearProposals(trx, ids, before);
      await clearAdditions(trx, ids, before);
    }
    return cleared.length;
  });
}

function clearEntries(db: Db, before: Date, now: Date, limit: number) {
  return db
    .updateTable('history')
    .set({ handle: null, chat_name: null, note: null, shown: null, cleared_at: now.toISOString() })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('history as old')
        .select('old.id')
        .where('old.cleared_at', 'is', null)
        .where('old.at', '<', before.toISOString())
        .orderBy('old.at')
        .orderBy('old.id')
        .limit(limit),
    )
    .returning('request_id')
    .execute();
}

async function clearRemovals(db: Db, requestIds: readonly string[], before: Date): Promise<void> {
  await db
    .updateTable('removals')
    .set({ handle: CLEARED_HANDLE, chat_name: null, linq_says: null })
    .where('request_id', 'in', requestIds)
    .where('settled_at', '<', before.toISOString())
    .execute();
}

async function clearProposals(db: Db, requestIds: readonly string[], before: Date): Promise<void> {
  await db
    .updateTable('proposals')
    .set({ handle: CLEARED_HANDLE, chats: '[]', decline_reason: null })
    .where('request_id', 'in', requestIds)
    .where('decided_at', '<', before.toISOString())
    .execute();
}

async function clearAdditions(db: Db, requestIds: readonly string[], before: Date): Promise<void> {
  await db
    .updateTable('additions')
    .set({ linq_says: null })
    .where('request_id', 'in', requestIds)
    .where('settled_at', '<', before.toISOString())
    .execute();
}

async function clearRequests(db: Db, requestIds: readonly string[], before: Date): Promise<void> {
  await db
    .updateTable('requests')
    .set({ note: null, response_url: null })
    .where('id', 'in', requestIds)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('removals')
            .select('removals.id')
            .whereRef('removals.request_id', '=', 'requests.id')
            .where(({ or, eb }) =>
              or([eb('settled_at', 'is', null), eb('settled_at', '>=', before.toISOString())]),
            ),
        ),
      ),
    )
    .execute();
}
