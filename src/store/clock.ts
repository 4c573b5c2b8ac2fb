import { sql } from 'kysely';
import type { Engine } from './location.js';
import type { Db } from './schema.js';

/** The difference to the server's clock is measured again when this old. */
const MEASURE_AGAIN_MS = 15_000;
/** An answer that took longer says too little about the moment in which the server looked at its clock. */
const LONGEST_ROUND_TRIP_MS = 500;
const MEASUREMENTS_AT_START = 3;

/** The server's clock was so many milliseconds ahead of ours, give or take half of the round trip. */
interface Measurement {
  readonly aheadMs: number;
  readonly roundTripMs: number;
}

/**
 * The time that leases are written and compared in. On a server that several machines share it is the server's,
 * whatever their own clocks say: right to a few milliseconds, and measured anew by itself while it is in use. An
 * SQLite file has one machine, whose clock it is. Rejects when the server does not answer; later on a server that does
 * not answer leaves the last measurement in force.
 */
export async function createStoreClock(
  db: Db,
  engine: Engine,
  localNow: () => Date = () => new Date(),
): Promise<() => Date> {
  if (engine === 'sqlite') return localNow;
  let { aheadMs } = await measureAtStart(db, localNow);
  let measuredAt = localNow().getTime();

  async function measureAgain(): Promise<void> {
    const measured = await measure(db, localNow);
    if (measured.roundTripMs <= LONGEST_ROUND_TRIP_MS) aheadMs = measured.aheadMs;
  }

  return () => {
    const local = localNow().getTime();
    if (Math.abs(local - measuredAt) >= MEASURE_AGAIN_MS) {
      measuredAt = local;
      measureAgain().catch(() => {});
    }
    return new Date(local + aheadMs);
  };
}

/** The first answers are slow (a connection is made, a plan is looked for): the quickest counts. */
async function measureAtStart(db: Db, localNow: () => Date): Promise<Measurement> {
  let best = await measure(db, localNow);
  for (let more = 1; more < MEASUREMENTS_AT_START; more++) {
    const measured = await measure(db, localNow);
    if (measured.roundTripMs < best.roundTripMs) best = measured;
  }
  return best;
}

async function measure(db: Db, localNow: () => Date): Promise<Measurement> {
  const askedAt = localNow().getTime();
  const { rows } = await sql<{ ms: number }>`
    select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms
  `.execute(db);
  const roundTripMs = localNow().getTime() - askedAt;
  const serverMs = rows[0]?.ms ?? askedAt;
  return { aheadMs: Math.round(serverMs - (askedAt + roundTripMs / 2)), roundTripMs };
}
