import type { Kysely } from 'kysely';
import { deadlineOf, isUnclearRefusal, lateLookOf, mayStillAct, reasonOf } from './certainty.js';
import { inPages, PAGE } from './pages.js';
import type { NewChange, OldRemoval, OldTables } from './rows.js';

const OPEN = ['approved', 'sending', 'waiting', 'unsure', 'queued'];

/** Removals become changes out of a chat. */
export async function carryOverRemovals(untyped: Kysely<unknown>, now: Date): Promise<void> {
  const db = untyped.withTables<OldTables>();
  await inPages(
    (after) =>
      db.selectFrom('removals').selectAll().where('id', '>', after).orderBy('id').limit(PAGE).execute(),
    ({ id }) => id,
    async (removals) => {
      const seen = await findSeen(db, removals);
      const stopped = await findStopped(db, removals);
      const changes = removals.map((removal) =>
        toChange(removal, {
          wasSeen: wasSeen(removal, seen),
          isStopped: stopped.has(removal.request_id),
          now,
        }),
      );
      await db.insertInto('changes').values(changes).execute();
    },
  );
}

/**
 * Removals that had a chat name before they ended. A name came from a reading, the review's or the loop's, and a
 * reading that did not show the person ended a removal at once: so these showed the person in the chat. (Of cleared
 * entries it is not known any more; they get the benefit.)
 */
async function findSeen(
  db: Kysely<OldTables>,
  removals: readonly OldRemoval[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('history')
    .select('removal_id')
    .distinct()
    .where(
      'removal_id',
      'in',
      removals.map(({ id }) => id),
    )
    .where('kind', 'in', OPEN)
    .where((eb) => eb.or([eb('chat_name', 'is not', null), eb('cleared_at', 'is not', null)]))
    .execute();
  return new Set(rows.flatMap(({ removal_id: id }) => id ?? []));
}

/**
 * For one that has ended as removed or gone, the name alone says nothing: it may come from the reading that did not show
 * the person. Where no name is known (a chat without one, an event, cleared), what was told then stands.
 */
function wasSeen({ id, status, chat_name }: OldRemoval, seen: ReadonlySet<string>): boolean {
  if (status === 'removed' || status === 'gone') return chat_name === null || seen.has(id);
  return chat_name !== null || seen.has(id);
}

async function findStopped(
  db: Kysely<OldTables>,
  removals: readonly OldRemoval[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('requests')
    .select('id')
    .where('id', 'in', [...new Set(removals.map((removal) => removal.request_id))])
    .where('stopped_by', 'is not', null)
    .execute();
  return new Set(rows.map(({ id }) => id));
}

function toChange(
  old: OldRemoval,
  { wasSeen, isStopped, now }: { wasSeen: boolean; isStopped: boolean; now: Date },
): NewChange {
  const status = statusOf(old, wasSeen);
  return {
    id: old.id,
    request_id: old.request_id,
    position: old.position,
    direction: 'remove',
    chat_id: old.chat_id,
    chat_name: old.chat_name,
    handle: old.handle,
    status,
    attempts: old.attempts,
    may_still_act: mayStillAct(old, status),
    was_seen: wasSeen ? 1 : 0,
    stopped: (isStopped && OPEN.includes(status)) || old.reason === 'stopped' ? 1 : 0,
    due_at: old.due_at ?? lateLookOf(old, status, now),
    version: old.version,
    approved_at: old.approved_at,
    sent_at: old.sent_at,
    not_before: status === 'unconfirmed' ? null : old.not_before,
    watched_since: old.proving_since,
    deadline_at: deadlineOf(old, status),
    trouble_since: null,
    settled_at: old.settled_at,
    reason: isNeverSeen(old, wasSeen) ? 'not-a-member' : reasonOf(old),
    linq_says: old.linq_says,
    trace_id: old.trace_id,
    left_voluntarily: old.left_alone,
    undoes: null,
  };
}

function statusOf(old: OldRemoval, wasSeen: boolean): string {
  if (old.status === 'removed') return 'done';
  if (isUnclearRefusal(old)) return 'unconfirmed';
  return isNeverSeen(old, wasSeen) ? 'refused' : old.status;
}

/** "Not a member any more" was said of a person whom no reading had shown in the chat. */
function isNeverSeen({ status }: OldRemoval, wasSeen: boolean): boolean {
  return status === 'gone' && !wasSeen;
}
