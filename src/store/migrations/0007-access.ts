import { type Kysely, sql } from 'kysely';

/** Migration 0007: who has paused sending. One row, so that every claim of a call can look at it and lock it. */
export async function createPause(db: Kysely<unknown>, end: ReturnType<typeof sql>): Promise<void> {
  await db.schema
    .createTable('pause')
    .addColumn('id', 'integer', (column) => column.primaryKey().notNull().check(sql`id = 1`))
    .addColumn('paused_by', 'text')
    .addColumn('paused_at', 'text')
    .addColumn('reason', 'text')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('told', 'integer', (column) => column.notNull())
    .addCheckConstraint('pause_whole', sql`(paused_by is null) = (paused_at is null)`)
    .modifyEnd(end)
    .execute();
}
