import type { Kysely } from 'kysely';

/** Migration 0014: a message may go back to its conversation where the asker takes no direct messages. */
export async function addReturnedDeliveries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('deliveries')
    .addColumn('returned', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
