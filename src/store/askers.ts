import { findWantedBy } from './proposals.js';
import type { Db } from './schema.js';

declare module './schema.js' {
  interface Tables {
    /** One row a person who has had something removed alone: what several processes record for them takes turns. */
    askers: { id: string };
  }
}

/** Keeps every other recording for this person away until the transaction ends. */
export async function lockAsker(trx: Db, userId: string): Promise<void> {
  await trx
    .insertInto('askers')
    .values({ id: userId })
    .onConflict((conflict) => conflict.column('id').doUpdateSet((eb) => ({ id: eb.ref('excluded.id') })))
    .execute();
}

/** When each removal was asked for that this person had recorded since then, without anybody else's approval. */
export async function findRemovalsAlone(trx: Db, userId: string, since: Date): Promise<readonly Date[]> {
  const rows = await selectRemovals(trx, userId, since).where('requests.approved_by', '=', '[]').execute();
  return rows.map((row) => new Date(row.created_at));
}

/** When each removal was asked for that this person wanted since then: what was approved, and what waits for that. */
export async function findRemovalsAsked(trx: Db, userId: string, since: Date): Promise<readonly Date[]> {
  const rows = await selectRemovals(trx, userId, since).execute();
  return [...rows.map((row) => new Date(row.created_at)), ...(await findWantedBy(trx, userId, since))];
}

function selectRemovals(trx: Db, userId: string, since: Date) {
  return trx
    .selectFrom('requests')
    .innerJoin('changes', 'changes.request_id', 'requests.id')
    .select('requests.created_at')
    .where('requests.requested_by', '=', userId)
    .where('requests.created_at', '>', since.toISOString())
    .where('changes.direction', '=', 'remove');
}
