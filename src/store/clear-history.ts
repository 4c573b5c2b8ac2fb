import { CLEARED_HANDLE } from '../removal/erasing.js';
import type { Db } from './schema.js';

/**
 * Clears a batch of entries older than `before`, and of the requests they belong to whatever was settled as long ago.
 * The newest entry of a request is as old as its settling, so each is reached by the time its last entry is.
 */
export async function clearBatch(db: Db, before: Date, now: Date, limit: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const cleared = await clearEntries(trx, before, now, limit);
    const ids = [...new Set(cleared.flatMap(({ request_id: id }) => (id === null ? [] : [id])))];
    // One by one: of many at once, a server that knows little about its tables reads every change there is.
    for (const id of ids) {
      await clearChanges(trx, id, before);
      await clearRequest(trx, id, before);
      await clearProposal(trx, id, before);
    }
    return cleared.length;
  });
}

/** By ids that were looked up before: the server would else read the whole history where it knows little about it. */
async function clearEntries(db: Db, before: Date, now: Date, limit: number) {
  const old = await selectClearable(db, before, limit).execute();
  if (old.length === 0) return [];
  return (
    db
      .updateTable('history')
      .set({ handle: null, chat_name: null, note: null, shown: null, cleared_at: now.toISOString() })
      .where(
        'id',
        'in',
        old.map(({ id }) => id),
      )
      // Another replica may be clearing at the same moment, and each entry is cleared once.
      .where('cleared_at', 'is', null)
      .returning('request_id')
      .execute()
  );
}

/**
 * The oldest that are to be cleared. What still has to be read at Linq or told in Slack keeps what it needs for that; its
 * entries wait with it. Looked up for each entry apart (the limit sees to that): joined, the server would go through the
 * whole history before it gives away the first.
 */
function selectClearable(db: Db, before: Date, limit: number) {
  return db
    .selectFrom('history as old')
    .select('old.id')
    .where('old.cleared_at', 'is', null)
    .where('old.at', '<', before.toISOString())
    .where(({ eb, selectFrom }) =>
      eb(
        selectFrom('changes')
          .select('changes.id')
          .whereRef('changes.request_id', '=', 'old.request_id')
          .where('changes.due_at', 'is not', null)
          .limit(1),
        'is',
        null,
      ),
    )
    .where(({ eb, selectFrom }) =>
      eb(
        selectFrom('deliveries')
          .select('deliveries.id')
          .whereRef('deliveries.request_id', '=', 'old.request_id')
          .where('deliveries.due_at', 'is not', null)
          .limit(1),
        'is',
        null,
      ),
    )
    .orderBy('old.at')
    .orderBy('old.id')
    .limit(limit);
}

async function clearChanges(db: Db, requestId: string, before: Date): Promise<void> {
  await db
    .updateTable('changes')
    .set({ handle: CLEARED_HANDLE, chat_name: null, linq_says: null })
    .where('request_id', '=', requestId)
    .where('settled_at', '<', before.toISOString())
    .execute();
}

async function clearProposal(db: Db, requestId: string, before: Date): Promise<void> {
  await db
    .updateTable('proposals')
    .set({ wanted: '[]', decline_reason: null })
    .where('request_id', '=', requestId)
    .where('decided_at', '<', before.toISOString())
    .execute();
}

async function clearRequest(db: Db, requestId: string, before: Date): Promise<void> {
  await db
    .updateTable('requests')
    .set({ note: null, response_url: null })
    .where('id', '=', requestId)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('changes')
            .select('changes.id')
            .whereRef('changes.request_id', '=', 'requests.id')
            .where(({ or, eb }) =>
              or([eb('settled_at', 'is', null), eb('settled_at', '>=', before.toISOString())]),
            ),
        ),
      ),
    )
    .execute();
}
