import { type Kysely, sql } from 'kysely';

/** Migration 0007: pauses, and what bounds one person. */
export async function createAccessTables(db: Kysely<unknown>, end: ReturnType<typeof sql>): Promise<void> {
  await createPause(db, end);
  await createAskers(db, end);
}

/** Who has paused sending. One row, so that every claim of a call can look at it and lock it. */
async function createPause(db: Kysely<unknown>, end: ReturnType<typeof sql>): Promise<void> {
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

/** Who has had people removed alone; what is recorded for one of them is counted in turn. */
async function createAskers(db: Kysely<unknown>, end: ReturnType<typeof sql>): Promise<void> {
  await db.schema
    .createTable('askers')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .modifyEnd(end)
    .execute();
  await db.schema
    .createIndex('requests_of_asker')
    .on('requests')
    .columns(['requested_by', 'created_at'])
    .execute();
}
