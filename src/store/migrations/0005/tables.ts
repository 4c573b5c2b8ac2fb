import { type Kysely, sql } from 'kysely';

type End = ReturnType<typeof sql>;

const OPEN = `'approved', 'sending', 'waiting', 'unsure', 'queued'`;
const FINAL = `'done', 'gone', 'refused', 'unconfirmed'`;

const flag = (name: string) => sql`${sql.ref(name)} in (0, 1)`;

export async function createChanges(db: Kysely<unknown>, end: End): Promise<void> {
  await db.schema
    .createTable('changes')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('request_id', 'text', (column) => column.notNull().references('requests.id'))
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('direction', 'text', (column) => column.notNull().check(sql`direction in ('remove', 'add')`))
    .addColumn('chat_id', 'text', (column) => column.notNull())
    .addColumn('chat_name', 'text')
    .addColumn('handle', 'text', (column) => column.notNull().check(sql`handle <> ''`))
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('may_still_act', 'integer', (column) => column.notNull().check(flag('may_still_act')))
    .addColumn('was_seen', 'integer', (column) => column.notNull().check(flag('was_seen')))
    .addColumn('stopped', 'integer', (column) => column.notNull().check(flag('stopped')))
    .addColumn('due_at', 'text')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('approved_at', 'text', (column) => column.notNull())
    .addColumn('sent_at', 'text')
    .addColumn('not_before', 'text')
    .addColumn('watched_since', 'text')
    .addColumn('deadline_at', 'text')
    .addColumn('trouble_since', 'text')
    .addColumn('settled_at', 'text')
    .addColumn('reason', 'text')
    .addColumn('linq_says', 'text')
    .addColumn('trace_id', 'text')
    .addColumn('left_voluntarily', 'integer', (column) => column.notNull().check(flag('left_voluntarily')))
    .addColumn('undoes', 'text', (column) => column.references('changes.id'))
    .addUniqueConstraint('changes_position', ['request_id', 'position'])
    .addCheckConstraint('changes_status', sql`status in (${sql.raw(`${OPEN}, ${FINAL}`)})`)
    // An open change without a time would never be looked at again; a proven one with a time, for ever.
    .addCheckConstraint(
      'changes_planned',
      sql`due_at is not null and status in (${sql.raw(OPEN)})
        or status in ('refused', 'unconfirmed')
        or due_at is null and status in ('done', 'gone')`,
    )
    // What certainty allows to be said, as the types have it.
    .addCheckConstraint(
      'changes_certainty',
      sql`may_still_act = 0 or status not in ('done', 'gone', 'refused')`,
    )
    .addCheckConstraint('changes_seen', sql`was_seen = 1 or status <> 'gone'`)
    .addCheckConstraint('changes_reason', sql`reason is not null or status <> 'refused'`)
    .addCheckConstraint('changes_settled', sql`(settled_at is null) = (status in (${sql.raw(OPEN)}))`)
    .modifyEnd(end)
    .execute();
  await createIndexesOfChanges(db);
}

async function createIndexesOfChanges(db: Kysely<unknown>): Promise<void> {
  const index = (name: string) => db.schema.createIndex(name).on('changes');
  // Holds only what is still to be looked at, in the order in which it is asked for: history costs the loop nothing.
  await index('changes_due')
    .columns(['status', 'due_at', 'id', 'request_id'])
    .where(sql.ref('due_at'), 'is not', null)
    .execute();
  await index('changes_person')
    .expression(sql`lower(handle)`)
    .where(sql.ref('due_at'), 'is not', null)
    .execute();
  await index('changes_chat').columns(['chat_id', 'settled_at']).execute();
  await index('changes_undoing').columns(['undoes']).where(sql.ref('undoes'), 'is not', null).execute();
  // A person who is being added back is not added once more, however many windows were open.
  await index('changes_undone_once')
    .columns(['undoes'])
    .unique()
    .where(sql.ref('status'), 'in', sql`(${sql.raw(OPEN)})`)
    .execute();
}

export async function createDeliveries(db: Kysely<unknown>, end: End): Promise<void> {
  await db.schema
    .createTable('deliveries')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('request_id', 'text', (column) => column.notNull().references('requests.id'))
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('status', 'added-back')`))
    .addColumn('change_id', 'text', (column) => column.references('changes.id'))
    .addColumn('event_at', 'text')
    .addColumn('route', 'text', (column) =>
      column.notNull().check(sql`route in ('channel', 'response', 'person', 'nowhere')`),
    )
    .addColumn('hint', 'text', (column) =>
      column.check(sql`hint in ('invite', 'closed', 'admin', 'deleted')`),
    )
    .addColumn('place_channel', 'text')
    .addColumn('place_ts', 'text')
    .addColumn('wanted', 'integer', (column) => column.notNull())
    .addColumn('shown', 'integer', (column) => column.notNull())
    .addColumn('held', 'integer', (column) => column.notNull().check(flag('held')))
    .addColumn('due_at', 'text')
    .addColumn('quiet_until', 'text')
    .addColumn('not_before', 'text')
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('unheard', 'integer', (column) => column.notNull())
    .addColumn('shown_open', 'integer', (column) => column.notNull().check(flag('shown_open')))
    .addColumn('told_bad', 'integer', (column) => column.notNull())
    .addColumn('told_at', 'text')
    .addColumn('listed', 'integer', (column) => column.notNull().check(flag('listed')))
    .addColumn('version', 'integer', (column) => column.notNull())
    .addCheckConstraint('deliveries_place', sql`(place_channel is null) = (place_ts is null)`)
    .addCheckConstraint('deliveries_about', sql`(kind = 'status') = (change_id is null)`)
    .modifyEnd(end)
    .execute();
  const index = (name: string) => db.schema.createIndex(name).on('deliveries');
  await index('deliveries_status')
    .columns(['request_id'])
    .unique()
    .where(sql.ref('kind'), '=', sql.lit('status'))
    .execute();
  await index('deliveries_due').columns(['due_at', 'id']).where(sql.ref('due_at'), 'is not', null).execute();
  await index('deliveries_request').columns(['request_id']).execute();
}
