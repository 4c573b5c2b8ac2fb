import { date, type Instant, instant } from './columns.js';
import type { Db } from './schema.js';

/**
 * The clock was set: whatever is planned, or counted from, moves by so much (sooner, for a negative number). Versions
 * stay as they are, so that the answer to a call that is on the wire can still be written. When a proposal expires was
 * told to people as a time of day, and stays.
 */
export async function shiftPlans(db: Db, byMs: number): Promise<void> {
  const moved = (at: Instant | null) => instant(laterBy(date(at), byMs));
  await db.transaction().execute(async (trx) => {
    await shiftChanges(trx, moved);
    await shiftDeliveries(trx, moved);
    await shiftAuditLines(trx, moved);
  });
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
