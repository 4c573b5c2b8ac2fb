import type { Kysely } from 'kysely';

/**
 * The tables that queries may name. Each stands in a file of its own (row, mapping and queries together), which adds
 * its row here: a new column concerns that file and a migration.
 */
export interface Tables {
  /** Kysely's own: the migrations that have run. */
  kysely_migration: { name: string; timestamp: string };
}

/** A transaction is a `Db` too: every query runs inside or outside of one. */
export type Db = Kysely<Tables>;
