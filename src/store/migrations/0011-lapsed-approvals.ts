import type { Kysely } from 'kysely';

/** Migration 0011: whose approvals do not count any more because they may not approve any more. */
export async function addLapsedApprovals(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('proposals')
    .addColumn('lapsed', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
}
