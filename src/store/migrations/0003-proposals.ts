import { type Kysely, sql } from 'kysely';

/** Migration 0003: what a second person has to decide. */
export async function createProposals(db: Kysely<unknown>, end: ReturnType<typeof sql>): Promise<void> {
  await db.schema.alterTable('requests').addColumn('approved_by', 'text').execute();
  await db.schema
    .createTable('proposals')
    .ifNotExists()
    .addColumn('request_id', 'text', (column) => column.primaryKey().notNull().references('requests.id'))
    .addColumn('status', 'text', (column) =>
      column.notNull().check(sql`status in ('pending', 'approved', 'declined', 'expired')`),
    )
    .addColumn('handle', 'text', (column) => column.notNull().check(sql`handle <> ''`))
    .addColumn('chats', 'text', (column) => column.notNull())
    .addColumn('approvers', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('decided_by', 'text')
    .addColumn('decided_at', 'text')
    .addColumn('decline_reason', 'text')
    .addCheckConstraint('proposals_decided_once', sql`(decided_at is null) = (status = 'pending')`)
    .modifyEnd(end)
    .execute();
  await db.schema
    .createIndex('proposals_pending')
    .ifNotExists()
    .on('proposals')
    .columns(['expires_at', 'request_id'])
    .where(sql.ref('status'), '=', sql.lit('pending'))
    .execute();
  // Looking back, what was decided takes the place of what was waiting.
  await db.schema
    .createIndex('history_request')
    .ifNotExists()
    .on('history')
    .columns(['request_id', 'chat_id', 'id'])
    .execute();
}
