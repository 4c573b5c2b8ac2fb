import { DEFAULT_MIGRATION_TABLE, Migrator, sql } from 'kysely';
import type { Engine } from './location.js';
import { migrationsFor } from './migrations.js';
import type { Db } from './schema.js';

/**
 * Brings the schema up to date: all of it or nothing, and one process at a time, whoever else starts at this moment.
 * Kysely sees to that on PostgreSQL, with one transaction under an advisory lock; on SQLite we do, with a write
 * transaction around it. `db` must be nobody else's meanwhile. Rejects when a migration fails.
 */
export async function migrate(db: Db, engine: Engine): Promise<void> {
  if (engine === 'postgres') return await runMigrations(db, engine);
  await sql`begin immediate`.execute(db);
  try {
    await runMigrations(db, engine);
    await sql`commit`.execute(db);
  } catch (error) {
    await sql`rollback`.execute(db).catch(() => {});
    throw error;
  }
}

/** A newer version of this program has migrated the store: what it holds now cannot be known here. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError';
  readonly code = 'NEWER_SCHEMA';
}

async function runMigrations(db: Db, engine: Engine): Promise<void> {
  const known = migrationsFor(engine);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => known } });
  await refuseNewer(db, Object.keys(known));
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

async function refuseNewer(db: Db, known: readonly string[]): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === DEFAULT_MIGRATION_TABLE)) return;
  const { rows } = await sql<{
    name: string;
  }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)}`.execute(db);
  const unknown = rows.find(({ name }) => !known.includes(name));
  if (unknown) throw new NewerSchemaError(`The migration ${unknown.name} is not known to this version`);
}
