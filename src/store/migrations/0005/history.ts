import { type Kysely, sql } from 'kysely';
import type { Engine } from '../../location.js';

type End = ReturnType<typeof sql>;

/** Entries are about changes now. The ids stay, and so do the guards against changing or deleting them. */
export async function carryOverHistory(db: Kysely<unknown>, engine: Engine, end: End): Promise<void> {
  await (engine === 'sqlite' ? rebuild(db, end) : rename(db));
}

/** PostgreSQL points the column at the other table where it stands. */
async function rename(db: Kysely<unknown>): Promise<void> {
  await sql`alter table history drop constraint if exists history_removal_id_fkey`.execute(db);
  await sql`alter table history rename column removal_id to change_id`.execute(db);
  await sql`
    alter table history add constraint history_change_id_fkey foreign key (change_id) references changes (id)
  `.execute(db);
  await sql`alter index history_removal rename to history_change`.execute(db);
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
}

/** SQLite cannot: the table is written anew. */
async function rebuild(db: Kysely<unknown>, end: End): Promise<void> {
  await createHistory(db, end);
  const others = FACTS.filter((column) => column !== 'change_id')
    .concat(PERSONAL, 'cleared_at')
    .join(', ');
  await sql
    .raw(
      `insert into history_new (change_id, ${others}) select removal_id, ${others} from history order by id`,
    )
    .execute(db);
  await db.schema.dropTable('history').execute();
  await db.schema.alterTable('history_new').renameTo('history').execute();
  await createIndexes(db);
  const refuse = `begin select raise(abort, '${REFUSAL}'); end`;
  const tampered = wasTamperedWith('is not');
  await sql
    .raw(`create trigger history_kept before update on history when ${tampered} ${refuse}`)
    .execute(db);
  await sql.raw(`create trigger history_not_deleted before delete on history ${refuse}`).execute(db);
}

async function createHistory(db: Kysely<unknown>, end: End): Promise<void> {
  await db.schema
    .createTable('history_new')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind <> ''`))
    .addColumn('request_id', 'text', (column) => column.references('requests.id'))
    .addColumn('change_id', 'text', (column) => column.references('changes.id'))
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
}

async function createIndexes(db: Kysely<unknown>): Promise<void> {
  const index = (name: string) => db.schema.createIndex(name).on('history');
  await index('history_at').columns(['at', 'id']).execute();
  await index('history_team').columns(['team_id', 'at', 'id']).execute();
  await index('history_change').columns(['change_id', 'id']).execute();
  await index('history_request').columns(['request_id', 'chat_id', 'id']).execute();
  await index('history_uncleared').columns(['at', 'id']).where(sql.ref('cleared_at'), 'is', null).execute();
}

/** What never changes, and what may be cleared once and not be written again. */
const FACTS = [
  'id',
  'at',
  'kind',
  'request_id',
  'change_id',
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
