import { type Kysely, type Migration, sql } from 'kysely';
import type { Engine } from './location.js';
import { createRemovalTables } from './migrations/0001-removals.js';
import { createHistoryTables } from './migrations/0002-history.js';
import { createProposals } from './migrations/0003-proposals.js';
import { createAdditions } from './migrations/0004-additions.js';
import { carryOverToChanges } from './migrations/0005-changes.js';
import { createApprovals } from './migrations/0006-approvals.js';
import { createAccessTables } from './migrations/0007-access.js';
import { createAudit } from './migrations/0009-history.js';
import { indexHistory } from './migrations/0010-history-indexes.js';
import { addLapsedApprovals } from './migrations/0011-lapsed-approvals.js';
import { createClock } from './migrations/0012-clock.js';
import { addReadingLeases } from './migrations/0013-reading-leases.js';
import { addReturnedDeliveries } from './migrations/0014-returned-deliveries.js';

/**
 * Forward migrations, in the order of their names. What is released is never changed: its words stay literal in
 * `migrations/`, whatever the types say later.
 */
export function migrationsFor(engine: Engine): Record<string, Migration> {
  // STRICT knows `text` and `integer` alone and refuses what does not fit; PostgreSQL always does.
  const strict = engine === 'sqlite' ? sql`strict` : sql``;
  return {
    '0001_removals': { up: (db: Kysely<unknown>) => createRemovalTables(db, strict) },
    '0002_history': { up: (db: Kysely<unknown>) => createHistoryTables(db, engine, strict) },
    '0003_proposals': { up: (db: Kysely<unknown>) => createProposals(db, strict) },
    '0004_additions': { up: (db: Kysely<unknown>) => createAdditions(db, strict) },
    '0005_changes': { up: (db: Kysely<unknown>) => carryOverToChanges(db, engine, strict) },
    '0006_approvals': { up: (db: Kysely<unknown>) => createApprovals(db, strict) },
    '0007_access': { up: (db: Kysely<unknown>) => createAccessTables(db, strict) },
    '0009_history': { up: (db: Kysely<unknown>) => createAudit(db, engine, strict) },
    '0010_history_indexes': { up: (db: Kysely<unknown>) => indexHistory(db) },
    '0011_lapsed_approvals': { up: (db: Kysely<unknown>) => addLapsedApprovals(db) },
    '0012_clock': { up: (db: Kysely<unknown>) => createClock(db, strict) },
    '0013_reading_leases': { up: (db: Kysely<unknown>) => addReadingLeases(db) },
    '0014_returned_deliveries': { up: (db: Kysely<unknown>) => addReturnedDeliveries(db) },
  };
}
