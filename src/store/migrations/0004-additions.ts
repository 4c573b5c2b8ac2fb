import { type Kysely, sql } from 'kysely';

/** Migration 0004: people whom somebody wants back in a chat. */
export async function createAdditions(db: Kysely<unknown>, end: ReturnType<typeof sql>): Promise<void> {
  await db.schema
    .createTable('additions')
    .ifNotExists()
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('request_id', 'text', (column) => column.notNull().references('requests.id'))
    .addColumn('removal_id', 'text', (column) => column.notNull().references('removals.id'))
    .addColumn('view_id', 'text', (column) => column.notNull())
    .addColumn('requested_by', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) =>
      column.notNull().check(sql`status in ('adding', 'unsure', 'queued', 'back', 'refused', 'unconfirmed')`),
    )
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('approved_at', 'text', (column) => column.notNull())
    .addColumn('sent_at', 'text')
    .addColumn('not_before', 'text')
    .addColumn('proving_since', 'text')
    .addColumn('settled_at', 'text')
    .addColumn('reason', 'text')
    .addColumn('linq_says', 'text')
    .addColumn('trace_id', 'text')
    .addColumn('step_at', 'text')
    .addColumn('to_person', 'integer', (column) => column.notNull().check(sql`to_person in (0, 1)`))
    .addColumn('place_channel', 'text')
    .addColumn('place_ts', 'text')
    .addColumn('wanted', 'integer', (column) => column.notNull())
    .addColumn('shown', 'integer', (column) => column.notNull())
    .addColumn('tell_at', 'text')
    .addColumn('held', 'integer', (column) => column.notNull().check(sql`held in (0, 1)`))
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('unheard', 'integer', (column) => column.notNull())
    .addColumn('due_at', 'text')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addUniqueConstraint('additions_once_per_view', ['view_id', 'removal_id'])
    .addCheckConstraint('additions_place', sql`(place_channel is null) = (place_ts is null)`)
    .modifyEnd(end)
    .execute();
  await createIndexes(db);
}

async function createIndexes(db: Kysely<unknown>): Promise<void> {
  const index = (name: string) => db.schema.createIndex(name).ifNotExists().on('additions');
  // Whoever is being added back, or is back, is not added once more, however many windows were open.
  await index('additions_once')
    .columns(['removal_id'])
    .unique()
    .where(sql.ref('status'), 'in', ['adding', 'unsure', 'queued', 'back'].map(sql.lit))
    .execute();
  await index('additions_request').columns(['request_id']).execute();
  await index('additions_due').columns(['due_at', 'id']).where(sql.ref('due_at'), 'is not', null).execute();
}
