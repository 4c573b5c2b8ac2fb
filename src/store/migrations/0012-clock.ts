import { type Kysely, sql } from 'kysely';

/** Migration 0012: how often the clock was set back, so that of several processes that notice it one moves the plans. */
export async function createClock(db: Kysely<unknown>, end: ReturnType<typeof sql>): Promise<void> {
  await db.schema
    .createTable('clock')
    .addColumn('id', 'integer', (column) => column.primaryKey().notNull().check(sql`id = 1`))
    .addColumn('steps', 'integer', (column) => column.notNull())
    .modifyEnd(end)
    .execute();
}
