import { factOfPause } from '../removal/audit.js';
import { OPEN_STATUSES } from '../removal/change.js';
import type { Pause, PauseAct } from '../removal/pause.js';
import { later } from '../removal/schedule.js';
import { date, type Instant, instant } from './columns.js';
import { askForMessages } from './news.js';
import { recordInTime } from './record-in-time.js';
import type { Db } from './schema.js';
import { storable } from './storable.js';
import { type Transact, VersionConflict } from './transact.js';

interface PauseRow {
  id: 1;
  paused_by: string | null;
  paused_at: Instant | null;
  reason: string | null;
  /** Grows with every pause and every end of one. */
  version: number;
  /** Of which version every message of what is open was told. */
  told: number;
}

declare module './schema.js' {
  interface Tables {
    /** One row, or none before the first time; `paused_by` is null while nothing is paused. */
    pause: PauseRow;
  }
}

function fromRow({ paused_by: by, paused_at, reason }: PauseRow): Pause | null {
  const since = date(paused_at);
  return by !== null && since ? { by, since, reason } : null;
}

export async function findPause(db: Db): Promise<Pause | null> {
  const row = await db.selectFrom('pause').selectAll().executeTakeFirst();
  return row ? fromRow(row) : null;
}

/**
 * Whether sending is paused, for the transaction that claims a call: as its last question, since the row is kept from
 * others until the end. So each claim is written before the pause, or does not happen.
 */
export async function lockPause(trx: Db): Promise<Pause | null> {
  const row = await trx
    .insertInto('pause')
    .values({ id: 1, version: 0, told: 0 })
    .onConflict((conflict) => conflict.column('id').doUpdateSet((eb) => ({ told: eb.ref('pause.told') })))
    .returningAll()
    .executeTakeFirstOrThrow();
  return fromRow(row);
}

/** False when it was paused before: who did it first, and why, stays. */
export function startPause(transact: Transact, act: PauseAct, reason: string | null): Promise<boolean> {
  const row = {
    paused_by: act.by,
    paused_at: act.at.toISOString(),
    reason: storable(reason, 'words'),
  };
  const facts = [factOfPause('paused', act, row.reason)];
  return recordInTime((confirm) =>
    transact(async (trx, note, keep) => {
      const before = await lockPause(trx);
      if (before && !isTheSame(before, act)) return false;
      if (!before) {
        await write(trx, row);
        await keep(facts);
      }
      note([], facts);
      confirm();
      return true;
    }),
  );
}

/** An earlier try of this very pause, whose answer was lost. */
function isTheSame({ by, since }: Pause, act: PauseAct): boolean {
  return by === act.by && since.getTime() === act.at.getTime();
}

/** Answers with the pause that this ends, and gives back the time that it took; null when there was none. */
export async function endPause(transact: Transact, act: PauseAct): Promise<Pause | null> {
  /** What a try was about to end when it failed: its commit may have gone through unheard. */
  let ending: Pause | null = null;
  const facts = [factOfPause('resumed', act)];
  return await recordInTime((confirm) =>
    transact(async (trx, note, keep) => {
      const pause = await findPause(trx);
      if (!pause && ending) note([], facts);
      if (!pause) return ending;
      await giveTimeBack(trx, pause, act.at);
      // In the order in which a claim locks: changes first, the pause last.
      if (!(await lockPause(trx))) throw new VersionConflict('Another person resumed at the same moment');
      await write(trx, NOT_PAUSED);
      await keep(facts);
      note([], facts);
      confirm();
      ending = pause;
      return pause;
    }),
  );
}

const NOT_PAUSED = { paused_by: null, paused_at: null, reason: null } as const;

async function write(trx: Db, row: Pick<PauseRow, 'paused_by' | 'paused_at' | 'reason'>): Promise<void> {
  await trx
    .updateTable('pause')
    .set((eb) => ({ ...row, version: eb('version', '+', 1) }))
    .execute();
}

/**
 * Deadlines move by as long as the pause took, and what waited is due now. Not of what Linq has accepted: its proof was
 * looked for all the time. A process that is at work with one of these reads it again before it writes.
 */
async function giveTimeBack(trx: Db, { since }: Pause, at: Date): Promise<void> {
  const held = await trx
    .selectFrom('changes')
    .select(['id', 'status', 'due_at', 'not_before', 'deadline_at'])
    .where('status', 'in', ['waiting', 'unsure', 'sending'])
    .where('due_at', 'is not', null)
    .orderBy('id')
    .execute();
  for (const { id, status, due_at, not_before, deadline_at } of held) {
    const deadline = date(deadline_at);
    const pausedMs = Math.max(0, at.getTime() - since.getTime());
    await trx
      .updateTable('changes')
      .set((eb) => ({
        version: eb('version', '+', 1),
        deadline_at: instant(deadline && later(deadline, pausedMs)),
        due_at: status === 'waiting' ? (not_before ?? at.toISOString()) : due_at,
      }))
      .where('id', '=', id)
      .where('status', '=', status)
      .execute();
  }
}

/** Of so many requests the messages are asked at once, each time in a transaction of its own. */
const ASKED_AT_ONCE = 50;

/**
 * Asks the messages of everything that is open to follow, once after each pause and each end of one. Asking twice does
 * no harm; where it is broken off, it begins again.
 */
export async function tellOfPause(db: Db, at: Date): Promise<void> {
  const row = await db.selectFrom('pause').select(['version', 'told']).executeTakeFirst();
  if (!row || row.told === row.version) return;
  const { version } = row;
  const ids = await findOpenRequests(db);
  for (let first = 0; first < ids.length; first += ASKED_AT_ONCE) {
    const some = ids.slice(first, first + ASKED_AT_ONCE);
    await db.transaction().execute(async (trx) => {
      await askForMessages(trx, some, at);
      await askForMessages(trx, some, at, 'approval');
    });
  }
  await db.updateTable('pause').set({ told: version }).where('version', '=', version).execute();
}

async function findOpenRequests(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('changes')
    .select('request_id')
    .where('status', 'in', OPEN_STATUSES)
    .where('due_at', 'is not', null)
    .union(db.selectFrom('proposals').select('request_id').where('status', '=', 'pending'))
    .execute();
  return rows.map((row) => row.request_id);
}
