import { type Kysely, sql } from 'kysely';

/** What stands behind a table's closing bracket. */
type End = ReturnType<typeof sql>;

const OPEN = `'approved', 'sending', 'waiting', 'unsure', 'queued'`;
const FINAL = `'removed', 'gone', 'refused', 'unconfirmed'`;

/** Migration 0001: what was approved, one row a chat, and the one message of each request. */
export async function createRemovalTables(db: Kysely<unknown>, end: End): Promise<void> {
  await createRequests(db, end);
  await createRemovals(db, end);
  await createAnnouncements(db, end);
}

async function createRequests(db: Kysely<unknown>, end: End): Promise<void> {
  await db.schema
    .createTable('requests')
    .ifNotExists()
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('view_id', 'text', (column) => column.notNull().unique())
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('requested_by', 'text', (column) => column.notNull())
    .addColumn('note', 'text')
    .addColumn('response_url', 'text')
    .addColumn('command_had_text', 'integer', (column) =>
      column.notNull().check(sql`command_had_text in (0, 1)`),
    )
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('stopped_by', 'text')
    .modifyEnd(end)
    .execute();
}

async function createRemovals(db: Kysely<unknown>, end: End): Promise<void> {
  await db.schema
    .createTable('removals')
    .ifNotExists()
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('request_id', 'text', (column) => column.notNull().references('requests.id'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('chat_id', 'text', (column) => column.notNull())
    .addColumn('chat_name', 'text')
    .addColumn('handle', 'text', (column) => column.notNull().check(sql`handle <> ''`))
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('due_at', 'text')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('approved_at', 'text', (column) => column.notNull())
    .addColumn('sent_at', 'text')
    .addColumn('not_before', 'text')
    .addColumn('proving_since', 'text')
    .addColumn('settled_at', 'text')
    .addColumn('reason', 'text')
    .addColumn('linq_says', 'text')
    .addColumn('trace_id', 'text')
    .addColumn('left_alone', 'integer', (column) => column.notNull().check(sql`left_alone in (0, 1)`))
    .addUniqueConstraint('removals_once_per_chat', ['request_id', 'chat_id'])
    .addCheckConstraint('removals_status', sql`status in (${sql.raw(`${OPEN}, ${FINAL}`)})`)
    // An open removal without a time would never be looked at again; a final one with a time, for ever.
    .addCheckConstraint('removals_due_while_open', sql`(due_at is null) = (status in (${sql.raw(FINAL)}))`)
    .modifyEnd(end)
    .execute();
  await createDueIndex(db, 'removals', 'id');
}

async function createAnnouncements(db: Kysely<unknown>, end: End): Promise<void> {
  await db.schema
    .createTable('announcements')
    .ifNotExists()
    .addColumn('request_id', 'text', (column) => column.primaryKey().notNull().references('requests.id'))
    .addColumn('route', 'text', (column) =>
      column.notNull().check(sql`route in ('channel', 'response', 'person', 'nowhere')`),
    )
    .addColumn('hint', 'text', (column) => column.check(sql`hint in ('invite', 'closed', 'admin')`))
    .addColumn('place_channel', 'text')
    .addColumn('place_ts', 'text')
    .addColumn('wanted', 'integer', (column) => column.notNull())
    .addColumn('shown', 'integer', (column) => column.notNull())
    .addColumn('held', 'integer', (column) => column.notNull().check(sql`held in (0, 1)`))
    .addColumn('due_at', 'text')
    .addColumn('quiet_until', 'text')
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('shown_open', 'integer', (column) => column.notNull().check(sql`shown_open in (0, 1)`))
    .addColumn('told', 'integer', (column) => column.notNull().check(sql`told in (0, 1)`))
    .addColumn('listed', 'integer', (column) => column.notNull().check(sql`listed in (0, 1)`))
    .addColumn('version', 'integer', (column) => column.notNull())
    .addCheckConstraint('announcements_place', sql`(place_channel is null) = (place_ts is null)`)
    .modifyEnd(end)
    .execute();
  await createDueIndex(db, 'announcements', 'request_id');
}

/** Holds only what is still to be done, in the order in which it is asked for: history costs the loop nothing. */
async function createDueIndex(db: Kysely<unknown>, table: string, id: string): Promise<void> {
  await db.schema
    .createIndex(`${table}_due`)
    .ifNotExists()
    .on(table)
    .columns(['due_at', id])
    .where(sql.ref('due_at'), 'is not', null)
    .execute();
}
