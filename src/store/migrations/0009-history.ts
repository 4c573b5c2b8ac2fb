import { type Kysely, sql } from 'kysely';
import type { Engine } from '../location.js';

/** Migration 0009: lines for the audit channel that wait to be told, and what a change was proven by. */
export async function createAudit(
  db: Kysely<unknown>,
  engine: Engine,
  end: ReturnType<typeof sql>,
): Promise<void> {
  await db.schema
    .createTable('audit_outbox')
    .addColumn('id', 'integer', (column) =>
      engine === 'sqlite'
        ? column.primaryKey()
        : column.primaryKey().notNull().generatedByDefaultAsIdentity(),
    )
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('unheard', 'integer', (column) => column.notNull().check(sql`unheard >= 0`))
    .addColumn('fact', 'text', (column) => column.notNull())
    .modifyEnd(end)
    .execute();
  await db.schema
    .alterTable('changes')
    .addColumn('proven_by', 'text', (column) => column.check(sql`proven_by in ('roster', 'event')`))
    .execute();
}
