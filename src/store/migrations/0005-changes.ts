import { type Kysely, sql } from 'kysely';
import type { Engine } from '../location.js';
import { carryOverAdditions } from './0005/additions.js';
import { carryOverAnnouncements } from './0005/announcements.js';
import { carryOverHistory } from './0005/history.js';
import { carryOverNotices } from './0005/notices.js';
import { carryOverProposals } from './0005/proposals.js';
import { carryOverRemovals } from './0005/removals.js';
import { carryOverRequests } from './0005/requests.js';
import { createChanges, createDeliveries } from './0005/tables.js';

/**
 * Migration 0005: removals and additions become changes with a direction, and announcements, notices and the replies of
 * additions become deliveries. The old tables go, those that refer to others first.
 */
export async function carryOverToChanges(
  db: Kysely<unknown>,
  engine: Engine,
  end: ReturnType<typeof sql>,
): Promise<void> {
  await carryOverRequests(db);
  await createChanges(db, end);
  await createDeliveries(db, end);
  const asOf = await findLastWord(db);
  await carryOverRemovals(db, asOf);
  await carryOverAdditions(db, asOf);
  await carryOverAnnouncements(db);
  await carryOverNotices(db);
  await carryOverHistory(db, engine, end);
  await carryOverProposals(db);
  await db.schema.alterTable('linq_events').renameColumn('left_alone', 'left_voluntarily').execute();
  for (const table of ['notices', 'additions', 'announcements', 'removals']) {
    await db.schema.dropTable(table).execute();
  }
}

/** When the old version was last at work: late readings are planned from there, however long it has not run. */
async function findLastWord(db: Kysely<unknown>): Promise<string> {
  const { rows } = await sql<{ at: string | null }>`select max(at) as at from history`.execute(db);
  return rows[0]?.at ?? new Date().toISOString();
}
