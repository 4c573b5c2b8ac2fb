import type { Kysely } from 'kysely';
import { attemptsOf, deadlineOf, isUnclearRefusal, lateLookOf, mayStillAct, reasonOf } from './certainty.js';
import { inPages, PAGE } from './pages.js';
import type { NewChange, OldRemoval, OldTables } from './rows.js';

const OPEN = ['approved', 'sending', 'waiting', 'unsure', 'queued'];

/** Removals become changes out of a chat. */
export async function carryOverRemovals(untyped: Kysely<unknown>, asOf: string): Promise<void> {
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
          asOf,
        }),
      );
      await db.insertInto('changes').values(changes).execute();
    },
  );
}

/** Which removals, and which whole requests, rest on a reading that showed the person in the chat. */
interface Seen {
  readonly removals: ReadonlySet<string>;
  readonly requests: ReadonlySet<string>;
}

async function findSeen(db: Kysely<OldTables>, removals: readonly OldRemoval[]): Promise<Seen> {
  return {
    removals: await findNamedBefore(
      db,
      removals.map(({ id }) => id),
    ),
    requests: await findChecked(db, [...new Set(removals.map(({ request_id }) => request_id))]),
  };
}

/**
 * A reading of the loop that did not show the person ended a removal at once: a chat's name that was noted before the
 * end comes from one that did. Of cleared entries it is not known any more; they get the benefit.
 */
async function findNamedBefore(db: Kysely<OldTables>, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('history')
    .select('removal_id')
    .distinct()
    .where('removal_id', 'in', ids)
    .where('kind', 'in', OPEN)
    .where((eb) => eb.or([eb('chat_name', 'is not', null), eb('cleared_at', 'is not', null)]))
    .execute();
  return new Set(rows.flatMap(({ removal_id: id }) => id ?? []));
}

/** A review offered only chats that listed the person, except where it said that it could not check. */
async function findChecked(db: Kysely<OldTables>, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('history')
    .select('request_id')
    .distinct()
    .where('request_id', 'in', ids)
    .where('shown', 'is not', null)
    .where('shown', 'not like', '%The chat could not be checked%')
    .execute();
  return new Set(rows.flatMap(({ request_id: id }) => id ?? []));
}

/**
 * Beside that, the chat's own name tells: while a removal is open, it comes from a reading that showed the person. Of
 * one that ended as removed or gone it may come from the reading that did not; there it is the missing name that tells
 * of an event, of a chat without one, or of clearing: what was told then stands.
 */
function wasSeen({ id, request_id, status, chat_name }: OldRemoval, seen: Seen): boolean {
  if (seen.requests.has(request_id) || seen.removals.has(id)) return true;
  const mayBeOfAbsence = status === 'removed' || status === 'gone';
  return mayBeOfAbsence ? chat_name === null : chat_name !== null;
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
  { wasSeen, isStopped, asOf }: { wasSeen: boolean; isStopped: boolean; asOf: string },
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
    attempts: attemptsOf(old, status),
    may_still_act: mayStillAct(old, status),
    was_seen: wasSeen ? 1 : 0,
    stopped: (isStopped && OPEN.includes(status)) || old.reason === 'stopped' ? 1 : 0,
    due_at: old.due_at ?? lateLookOf(old, status, asOf),
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
