import { Migrator, sql } from 'kysely';
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

async function runMigrations(db: Db, engine: Engine): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrationsFor(engine) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
