import { sql } from 'kysely';
import type { Erased, ErasedPerson } from '../../removal/erasing.js';
import type { Engine } from '../location.js';
import { lockRequests } from '../requests.js';
import type { Db } from '../schema.js';
import { findState } from '../states.js';
import { whyOpen } from './about.js';
import { type ErasePlan, planErasing } from './plan.js';
import { carryOut, type ErasedTable, TABLES } from './rows.js';

export interface EraseOptions {
  readonly engine: Engine;
  readonly now: Date;
  /** Only answer what would be erased. */
  readonly dryRun: boolean;
}

/** A request about the person was taken up again between looking and erasing. */
export class TakenUpAgain extends Error {
  override readonly name = 'TakenUpAgain';
}

/**
 * Erases a person from every table in one transaction; open requests are left as they are. Carried out twice, it finds
 * nothing more. Throws `TakenUpAgain`, and erases nothing, when a request of theirs goes on meanwhile.
 */
export async function erasePerson(
  db: Db,
  person: ErasedPerson,
  { engine, now, dryRun }: EraseOptions,
): Promise<Erased> {
  const plan = await planErasing(db, person, now);
  const messages = await messagesOf(db, plan);
  if (!dryRun && plan.erasures.length > 0) {
    await db.transaction().execute((trx) => erase(trx, plan));
  }
  const isClean = dryRun || plan.erasures.length === 0 || (await leaveNoTrace(db, engine));
  const count = (table: ErasedTable) => plan.erasures.filter((erasure) => erasure.table === table).length;
  return {
    requests: plan.requests.length,
    changes: count('changes'),
    entries: count('history'),
    proposals: count('proposals'),
    events: count('linq_events'),
    lines: count('audit_outbox'),
    left: plan.left,
    messages,
    isClean,
  };
}

async function erase(trx: Db, { requests, erasures }: ErasePlan): Promise<void> {
  await lockRequests(trx, requests);
  for (const id of requests) {
    const state = await findState(trx, id);
    if (state && whyOpen(state)) throw new TakenUpAgain(`The request ${id} goes on again`);
  }
  for (const erasure of erasures) await carryOut(trx, erasure);
}

async function messagesOf(db: Db, { requests }: ErasePlan): Promise<Erased['messages']> {
  const places = [];
  for (const id of requests) {
    const place = (await findState(db, id))?.status.place;
    if (place) places.push(place);
  }
  return places;
}

/**
 * SQLite overwrites what is deleted, but not what it leaves behind where rows move between pages, nor its write-ahead
 * log; PostgreSQL keeps rows as they were until it cleans up. False when that has to wait: another process is reading or
 * writing, or the database does not let us.
 */
async function leaveNoTrace(db: Db, engine: Engine): Promise<boolean> {
  try {
    if (engine === 'sqlite') {
      await sql`vacuum`.execute(db);
      const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(db);
      return rows[0]?.busy === 0;
    }
    await sql`set statement_timeout = 0`.execute(db);
    await sql`vacuum ${sql.join(TABLES.map((table) => sql.table(table)))}`.execute(db);
    return true;
  } catch {
    return false;
  }
}
