import { type Expression, type ExpressionBuilder, sql } from 'kysely';
import { UNANSWERED } from '../removal/change.js';
import type { Delivery } from '../removal/delivery.js';
import type { Instant } from './columns.js';
import type { Db, Tables } from './schema.js';

/**
 * There is news about a request: its messages of this kind have to follow. Called after everything else of the transaction
 * was written. The order of the requests is the same in every transaction, so that no two wait for each other.
 */
export async function askForMessages(
  db: Db,
  requestIds: Iterable<string>,
  at: Date,
  kind: Delivery['kind'] = 'status',
): Promise<void> {
  for (const id of [...new Set(requestIds)].sort()) {
    await countNews(db, id, kind);
    await bringForward(db, id, at, kind);
  }
}

/**
 * `version` stays as it is: a process that is at Slack with the message right now may still write down what it did.
 * This statement also locks the row, so that of two changes answered at the same moment the second one sees, in
 * `bringForward`, what the first one wrote.
 */
async function countNews(db: Db, requestId: string, kind: Delivery['kind']): Promise<void> {
  await db
    .updateTable('deliveries')
    .set((eb) => ({ wanted: eb('wanted', '+', 1) }))
    .where('kind', '=', kind)
    .where('request_id', '=', requestId)
    .execute();
}

/**
 * Makes the message due at `at`, or when its pause between two edits and what Slack asked for are over. Not while a
 * process holds it (it looks at `wanted` when it is done), nor while the first message still waits for Linq's answer
 * about another change of the same request, and never later than it is due already.
 */
async function bringForward(db: Db, requestId: string, at: Date, kind: Delivery['kind']): Promise<void> {
  await db
    .updateTable('deliveries')
    .set((eb) => ({ due_at: soonestAt(eb, at) }))
    .where('kind', '=', kind)
    .where('request_id', '=', requestId)
    .where('held', '=', 0)
    .where((eb) => eb.or([eb('due_at', 'is', null), eb('due_at', '>', soonestAt(eb, at))]))
    .where((eb) =>
      eb.or([
        eb('shown', '>', 0),
        eb.not(
          eb.exists(
            eb
              .selectFrom('changes')
              .select('changes.id')
              .where('changes.request_id', '=', requestId)
              .where('changes.status', 'in', UNANSWERED),
          ),
        ),
      ]),
    )
    .execute();
}

/** The latest of `at`, `quiet_until` and `not_before`. Neither engine's own function takes both a null and a text. */
function soonestAt(eb: ExpressionBuilder<Tables, 'deliveries'>, at: Date): Expression<Instant> {
  const due = at.toISOString();
  const [quiet, notBefore] = [
    sql<Instant>`coalesce(quiet_until, ${due})`,
    sql<Instant>`coalesce(not_before, ${due})`,
  ];
  const later = eb.case().when(quiet, '>', notBefore).then(quiet).else(notBefore).end();
  return eb.case().when(later, '>', due).then(later).else(due).end();
}
