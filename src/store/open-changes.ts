import { sql } from 'kysely';
import { type Change, OPEN_STATUSES } from '../removal/change.js';
import { fromChangeRow } from './changes.js';
import { date } from './columns.js';
import type { Db } from './schema.js';

/* What is open, by status: a final change may have a late reading planned. Every open one has a plan, and so an index. */

export async function findOpen(db: Db): Promise<readonly Change[]> {
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('status', 'in', OPEN_STATUSES)
    .where('due_at', 'is not', null)
    .orderBy('id')
    .execute();
  return rows.map(fromChangeRow);
}

/** How many are open, and when the oldest of them was approved. */
export async function countOpen(db: Db): Promise<{ count: number; oldest: Date | null }> {
  const row = await db
    .selectFrom('changes')
    .select((eb) => [eb.fn.countAll<number | string>().as('count'), eb.fn.min('approved_at').as('oldest')])
    .where('status', 'in', OPEN_STATUSES)
    .where('due_at', 'is not', null)
    .executeTakeFirstOrThrow();
  return { count: Number(row.count), oldest: date(row.oldest) };
}

/** How many open changes concern a person. */
export async function countOpenOf(db: Db, handle: string): Promise<number> {
  const row = await db
    .selectFrom('changes')
    .select((eb) => eb.fn.countAll<number | string>().as('count'))
    .where(sql`lower(handle)`, '=', handle.toLowerCase())
    .where('due_at', 'is not', null)
    .where('status', 'in', OPEN_STATUSES)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
