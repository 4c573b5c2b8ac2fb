import { date, type Instant, instant } from './columns.js';
import type { Db } from './schema.js';

declare module './schema.js' {
  interface Tables {
    /** One row, or none before the first time: how often the clock was set, as all processes count it. */
    clock: { id: 1; steps: number };
  }
}

export async function countClockSteps(db: Db): Promise<number> {
  const row = await db.selectFrom('clock').select('steps').executeTakeFirst();
  return row?.steps ?? 0;
}

/**
 * The clock was set: whatever is planned, or counted from, moves by so much (sooner, for a negative number). Every
 * process notices it by itself, and the first one moves the plans of all: nothing moves where there have been more such
 * steps than the caller has seen. Answers with how many there have been. Versions stay as they are, so that the answer
 * to a call that is on the wire can still be written. When a proposal expires was told to people as a time of day, and
 * stays.
 */
export async function shiftPlans(db: Db, byMs: number, seen: number): Promise<number> {
  const moved = (at: Instant | null) => instant(laterBy(date(at), byMs));
  return await db.transaction().execute(async (trx) => {
    if (!(await isFirstToNotice(trx, seen))) return countClockSteps(trx);
    await shiftChanges(trx, moved);
    await shiftDeliveries(trx, moved);
    await shiftAuditLines(trx, moved);
    return seen + 1;
  });
}

async function isFirstToNotice(trx: Db, seen: number): Promise<boolean> {
  const steps = seen + 1;
  const row = await trx
    .insertInto('clock')
    .values({ id: 1, steps })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ steps }).where('clock.steps', '=', seen))
    .returning('steps')
    .executeTakeFirst();
  return row !== undefined;
}

function laterBy(at: Date | null, ms: number): Date | null {
  return at && new Date(at.getTime() + ms);
}

type Moved = (at: Instant | null) => Instant | null;

async function shiftChanges(db: Db, moved: Moved): Promise<void> {
  const planned = await db
    .selectFrom('changes')
    .select(['id', 'due_at', 'not_before', 'deadline_at', 'sent_at', 'watched_since', 'trouble_since'])
    .where('due_at', 'is not', null)
    .execute();
  for (const { id, ...plan } of planned) {
    const next = {
      due_at: moved(plan.due_at),
      not_before: moved(plan.not_before),
      deadline_at: moved(plan.deadline_at),
      sent_at: moved(plan.sent_at),
      watched_since: moved(plan.watched_since),
      trouble_since: moved(plan.trouble_since),
    };
    await db.updateTable('changes').set(next).where('id', '=', id).execute();
  }
}

/** Also of messages that rest now and may have news before what they were planned for. */
async function shiftDeliveries(db: Db, moved: Moved): Promise<void> {
  const planned = await db
    .selectFrom('deliveries')
    .select(['id', 'due_at', 'quiet_until', 'not_before'])
    .where((eb) =>
      eb.or([
        eb('due_at', 'is not', null),
        eb('request_id', 'in', eb.selectFrom('changes').select('request_id').where('due_at', 'is not', null)),
        eb(
          'request_id',
          'in',
          eb.selectFrom('proposals').select('request_id').where('status', '=', 'pending'),
        ),
      ]),
    )
    .execute();
  for (const { id, ...plan } of planned) {
    const next = {
      due_at: moved(plan.due_at),
      quiet_until: moved(plan.quiet_until),
      not_before: moved(plan.not_before),
    };
    await db.updateTable('deliveries').set(next).where('id', '=', id).execute();
  }
}

async function shiftAuditLines(db: Db, moved: Moved): Promise<void> {
  const planned = await db.selectFrom('audit_outbox').select(['id', 'due_at']).execute();
  for (const { id, due_at: due } of planned) {
    await db
      .updateTable('audit_outbox')
      .set({ due_at: moved(due) ?? due })
      .where('id', '=', id)
      .execute();
  }
}
