import { type Kysely, sql } from 'kysely';

type End = ReturnType<typeof sql>;

const PENDING = sql.lit('pending');

/**
 * Migration 0006: several people may have to approve, a request can be withdrawn, and it is told in several places. Both
 * tables are written anew, because SQLite cannot change what a column allows.
 */
export async function createApprovals(db: Kysely<unknown>, end: End): Promise<void> {
  await createProposals(db, end);
  await replace(db, 'proposals', {
    columns: OLD_PROPOSAL,
    also: sql`requests.channel_id`,
    to: [...OLD_PROPOSAL, 'asked_in'],
    from: sql`proposals inner join requests on requests.id = proposals.request_id`,
  });
  await db.schema
    .createIndex('proposals_pending')
    .on('proposals')
    .columns(['expires_at', 'request_id'])
    .where(sql.ref('status'), '=', PENDING)
    .execute();
  await db.schema
    .createIndex('proposals_reminders')
    .on('proposals')
    .columns(['remind_at', 'request_id'])
    .where(sql.ref('status'), '=', PENDING)
    .execute();
  await createDeliveries(db, end);
  await replace(db, 'deliveries', {
    columns: OLD_DELIVERY,
    // What ended before this version is not told once more.
    also: sql`null, 1`,
    to: [...OLD_DELIVERY, 'recipient', 'told_good'],
    from: sql`deliveries`,
  });
  await createIndexesOfDeliveries(db);
}

async function createProposals(db: Kysely<unknown>, end: End): Promise<void> {
  await db.schema
    .createTable('proposals_new')
    .addColumn('request_id', 'text', (column) => column.primaryKey().notNull().references('requests.id'))
    .addColumn('status', 'text', (column) =>
      column
        .notNull()
        .check(sql`status in ('pending', 'approved', 'declined', 'expired', 'withdrawn', 'undelivered')`),
    )
    .addColumn('wanted', 'text', (column) => column.notNull())
    .addColumn('approvers', 'text', (column) => column.notNull())
    .addColumn('needed', 'integer', (column) =>
      column.notNull().defaultTo(1).check(sql`needed between 1 and 3`),
    )
    .addColumn('approvals', 'text', (column) => column.notNull().defaultTo('[]'))
    .addColumn('outdated', 'text', (column) => column.notNull().defaultTo('[]'))
    .addColumn('people', 'text', (column) => column.notNull().defaultTo('[]'))
    .addColumn('asked_in', 'text')
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('remind_at', 'text')
    .addColumn('reminders', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('decided_by', 'text')
    .addColumn('decided_at', 'text')
    .addColumn('decline_reason', 'text')
    .addCheckConstraint('proposals_decided', sql`(decided_at is null) = (status = 'pending')`)
    .modifyEnd(end)
    .execute();
}

const OLD_PROPOSAL = [
  'request_id',
  'status',
  'wanted',
  'approvers',
  'expires_at',
  'decided_by',
  'decided_at',
  'decline_reason',
];

const flag = (name: string) => sql`${sql.ref(name)} in (0, 1)`;

async function createDeliveries(db: Kysely<unknown>, end: End): Promise<void> {
  await db.schema
    .createTable('deliveries_new')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('request_id', 'text', (column) => column.notNull().references('requests.id'))
    .addColumn('kind', 'text', (column) =>
      column.notNull().check(sql`kind in ('status', 'added-back', 'approval', 'expiry')`),
    )
    .addColumn('recipient', 'text')
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
    .addColumn('told_good', 'integer', (column) => column.notNull().defaultTo(0).check(flag('told_good')))
    .addColumn('told_at', 'text')
    .addColumn('reminded', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('listed', 'integer', (column) => column.notNull().check(flag('listed')))
    .addColumn('version', 'integer', (column) => column.notNull())
    .addCheckConstraint('deliveries_placed', sql`(place_channel is null) = (place_ts is null)`)
    .addCheckConstraint('deliveries_change', sql`(kind = 'added-back') = (change_id is not null)`)
    .addCheckConstraint('deliveries_recipient', sql`(kind = 'approval') = (recipient is not null)`)
    .modifyEnd(end)
    .execute();
}

const OLD_DELIVERY = [
  'id',
  'request_id',
  'kind',
  'change_id',
  'event_at',
  'route',
  'hint',
  'place_channel',
  'place_ts',
  'wanted',
  'shown',
  'held',
  'due_at',
  'quiet_until',
  'not_before',
  'tries',
  'unheard',
  'shown_open',
  'told_bad',
  'told_at',
  'listed',
  'version',
];

async function createIndexesOfDeliveries(db: Kysely<unknown>): Promise<void> {
  const index = (name: string) => db.schema.createIndex(name).on('deliveries');
  await index('deliveries_status')
    .columns(['request_id'])
    .unique()
    .where(sql.ref('kind'), '=', sql.lit('status'))
    .execute();
  await index('deliveries_due').columns(['due_at', 'id']).where(sql.ref('due_at'), 'is not', null).execute();
  await index('deliveries_request').columns(['request_id']).execute();
}

interface Copy {
  /** As they are called in the old table. */
  readonly columns: readonly string[];
  /** What stands in the rest of `to`. */
  readonly also: ReturnType<typeof sql>;
  readonly to: readonly string[];
  readonly from: ReturnType<typeof sql>;
}

/** Carries every row over into `…_new`, which then takes the old table's place. */
async function replace(db: Kysely<unknown>, table: string, { columns, also, to, from }: Copy): Promise<void> {
  const old = sql.join(columns.map((column) => sql.ref(`${table}.${column}`)));
  const target = sql.join(to.map((column) => sql.ref(column)));
  await sql`insert into ${sql.table(`${table}_new`)} (${target}) select ${old}, ${also} from ${from}`.execute(
    db,
  );
  await db.schema.dropTable(table).execute();
  await db.schema.alterTable(`${table}_new`).renameTo(table).execute();
}
