import type { Db } from './schema.js';

/** The store holds what this version does not know. The message is fit for a person. */
export class NewerSchemaError extends Error {
  override readonly name = 'NewerSchemaError';
}

/**
 * Throws `NewerSchemaError` when a migration has run here that is not among `known`: a newer version wrote this store,
 * and this one would read it wrongly. Asked before any migration runs; a new store has no list of them yet.
 */
export async function refuseNewerSchema(db: Db, known: readonly string[]): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return;
  const run = await db.selectFrom('kysely_migration').select('name').orderBy('name').execute();
  const unknown = run.find(({ name }) => !known.includes(name));
  if (!unknown) return;
  throw new NewerSchemaError(
    `This store was written by a newer version of linq-remove (its schema has “${unknown.name}”, this version knows ` +
      `up to “${known.at(-1)}”). Nothing in it was changed. Start the newer version again, or restore a copy from before the update.`,
  );
}
