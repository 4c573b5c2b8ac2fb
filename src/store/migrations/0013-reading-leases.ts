import type { Kysely } from 'kysely';

/** Migration 0013: which process reads at Linq for a request, and until when. */
export async function addReadingLeases(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('requests').addColumn('read_by', 'text').execute();
  await db.schema.alterTable('requests').addColumn('read_until', 'text').execute();
}
