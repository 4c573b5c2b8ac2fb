import { type Kysely, sql } from 'kysely';
import type { Engine } from '../location.js';

type End = ReturnType<typeof sql>;

/** Migration 0002: the history, Linq's events, and what is still to be told because of them. */
export async function createHistoryTables(db: Kysely<unknown>, engine: Engine, end: End): Promise<void> {
  await createHistory(db, engine, end);
  await createEvents(db, end);
  await createNotices(db, end);
  await db.schema
    .createIndex('removals_chat')
    .ifNotExists()
    .on('removals')
    .columns(['chat_id', 'settled_at'])
    .execute();
}

async function createHistory(db: Kysely<unknown>, engine: Engine, end: End): Promise<void> {
  await db.schema
    .createTable('history')
    .ifNotExists()
    .addColumn('id', 'integer', (column) =>
      engine === 'sqlite'
        ? column.primaryKey()
        : column.primaryKey().notNull().generatedByDefaultAsIdentity(),
    )
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind <> ''`))
    .addColumn('request_id', 'text', (column) => column.references('requests.id'))
    .addColumn('removal_id', 'text', (column) => column.references('removals.id'))
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text')
    .addColumn('requested_by', 'text', (column) => column.notNull())
    .addColumn('decided_by', 'text')
    .addColumn('chat_id', 'text')
    .addColumn('chat_name', 'text')
    .addColumn('handle', 'text')
    .addColumn('reason', 'text')
    .addColumn('note', 'text')
    .addColumn('shown', 'text')
    .addColumn('trace_id', 'text')
    .addColumn('cleared_at', 'text')
    .modifyEnd(end)
    .execute();
  await createHistoryIndexes(db);
  await (engine === 'sqlite' ? guardOnSqlite(db) : guardOnPostgres(db));
}

async function createHistoryIndexes(db: Kysely<unknown>): Promise<void> {
  const index = (name: string) => db.schema.createIndex(name).ifNotExists().on('history');
  await index('history_at').columns(['at', 'id']).execute();
  await index('history_team').columns(['team_id', 'at', 'id']).execute();
  await index('history_removal').columns(['removal_id', 'id']).execute();
  await index('history_request').columns(['request_id', 'chat_id', 'id']).execute();
  await index('history_uncleared').columns(['at', 'id']).where(sql.ref('cleared_at'), 'is', null).execute();
}

/** What never changes, and what may be cleared once and not be written again. */
const FACTS = [
  'id',
  'at',
  'kind',
  'request_id',
  'removal_id',
  'team_id',
  'channel_id',
  'requested_by',
  'decided_by',
  'chat_id',
  'reason',
  'trace_id',
];
const PERSONAL = ['chat_name', 'handle', 'note', 'shown'];

/** True for a row that was changed in any other way than by clearing it. `is distinct from` is `is not` in SQLite. */
function wasTamperedWith(differs: string): string {
  const facts = FACTS.map((column) => `new.${column} ${differs} old.${column}`);
  const personal = PERSONAL.map(
    (column) => `(new.${column} is not null and new.${column} ${differs} old.${column})`,
  );
  const cleared = `(old.cleared_at is not null and new.cleared_at ${differs} old.cleared_at)`;
  return [...facts, ...personal, cleared].join(' or ');
}

const REFUSAL = 'history is only ever added to';

async function guardOnSqlite(db: Kysely<unknown>): Promise<void> {
  const refuse = `begin select raise(abort, '${REFUSAL}'); end`;
  const changed = wasTamperedWith('is not');
  await sql
    .raw(`create trigger if not exists history_kept before update on history when ${changed} ${refuse}`)
    .execute(db);
  await sql
    .raw(`create trigger if not exists history_not_deleted before delete on history ${refuse}`)
    .execute(db);
}

async function guardOnPostgres(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create or replace function history_kept() returns trigger language plpgsql as $$
       begin
         if tg_op <> 'UPDATE' then raise exception '${REFUSAL}'; end if;
         if ${wasTamperedWith('is distinct from')} then raise exception '${REFUSAL}'; end if;
         return new;
       end $$`,
    )
    .execute(db);
  await sql`drop trigger if exists history_kept on history`.execute(db);
  await sql
    .raw(
      'create trigger history_kept before update or delete on history for each row execute function history_kept()',
    )
    .execute(db);
  await sql`drop trigger if exists history_not_emptied on history`.execute(db);
  await sql
    .raw(
      'create trigger history_not_emptied before truncate on history for each statement execute function history_kept()',
    )
    .execute(db);
}

/** Linq's events, for as long as it may repeat them. */
async function createEvents(db: Kysely<unknown>, end: End): Promise<void> {
  await db.schema
    .createTable('linq_events')
    .ifNotExists()
    .addColumn('delivery_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('event_id', 'text', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('removed', 'added')`))
    .addColumn('chat_id', 'text')
    .addColumn('handle', 'text', (column) => column.notNull())
    .addColumn('is_us', 'integer', (column) => column.notNull().check(sql`is_us in (0, 1)`))
    .addColumn('left_alone', 'integer', (column) => column.notNull().check(sql`left_alone in (0, 1)`))
    .addColumn('at', 'text')
    .addColumn('trace_id', 'text')
    .addColumn('taken_at', 'text', (column) => column.notNull())
    .modifyEnd(end)
    .execute();
  const index = (name: string) => db.schema.createIndex(name).ifNotExists().on('linq_events');
  await index('linq_events_taken').columns(['taken_at']).execute();
  await index('linq_events_chat').columns(['chat_id']).execute();
}

async function createNotices(db: Kysely<unknown>, end: End): Promise<void> {
  await db.schema
    .createTable('notices')
    .ifNotExists()
    .addColumn('removal_id', 'text', (column) => column.primaryKey().notNull().references('removals.id'))
    .addColumn('request_id', 'text', (column) => column.notNull().references('requests.id'))
    .addColumn('added_at', 'text', (column) => column.notNull())
    .addColumn('route', 'text', (column) => column.notNull().check(sql`route in ('thread', 'person')`))
    .addColumn('held', 'integer', (column) => column.notNull().check(sql`held in (0, 1)`))
    .addColumn('due_at', 'text')
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('unheard', 'integer', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .modifyEnd(end)
    .execute();
  await db.schema
    .createIndex('notices_due')
    .ifNotExists()
    .on('notices')
    .columns(['due_at', 'removal_id'])
    .where(sql.ref('due_at'), 'is not', null)
    .execute();
}
