import type { Kysely } from 'kysely';
import { attemptsOf, deadlineOf, isUnclearRefusal, lateLookOf, mayStillAct, reasonOf } from './certainty.js';
import { inPages, PAGE } from './pages.js';
import type { NewChange, NewDelivery, OldAddition, OldRemoval, OldTables, RequestRow } from './rows.js';
import { waitOf } from './waits.js';

/** An addition beside the removal that it undoes, which knew person and chat, and that one's request. */
type Found = OldAddition &
  Pick<OldRemoval, 'chat_id' | 'chat_name' | 'handle'> &
  Pick<RequestRow, 'team_id' | 'channel_id'>;

const FINAL = ['done', 'gone', 'refused', 'unconfirmed'];
/** Before Linq has answered, nothing is said for this long. */
const FIRST_WORD_AFTER_MS = 4_000;

/**
 * Each addition becomes a request of its own, with one change into the chat and one status message: the reply in the
 * thread, as far as it had come.
 */
export async function carryOverAdditions(untyped: Kysely<unknown>, asOf: string): Promise<void> {
  const db = untyped.withTables<OldTables>();
  await inPages(
    (after) => selectAdditions(db, after).execute(),
    ({ id }) => id,
    async (additions) => {
      await db.insertInto('requests').values(additions.map(toRequest)).execute();
      await db
        .insertInto('changes')
        .values(additions.map((addition) => toChange(addition, asOf)))
        .execute();
      await db.insertInto('deliveries').values(additions.map(toDelivery)).execute();
    },
  );
}

function selectAdditions(db: Kysely<OldTables>, after: string) {
  return db
    .selectFrom('additions')
    .innerJoin('removals', 'removals.id', 'additions.removal_id')
    .innerJoin('requests', 'requests.id', 'additions.request_id')
    .selectAll('additions')
    .select(['removals.chat_id', 'removals.chat_name', 'removals.handle'])
    .select(['requests.team_id', 'requests.channel_id'])
    .where('additions.id', '>', after)
    .orderBy('additions.id')
    .limit(PAGE);
}

/** One window may have held several additions: beside the view, their own id makes the key. */
function toRequest(old: Found): RequestRow {
  return {
    id: old.id,
    submission_key: `${old.view_id}:${old.id}`,
    view_id: old.view_id,
    team_id: old.team_id,
    channel_id: old.channel_id,
    thread_ts: null,
    requested_by: old.requested_by,
    note: null,
    response_url: null,
    command_had_text: 0,
    created_at: old.approved_at,
    approved_by: '[]',
    stopped_by: null,
    undoes: old.request_id,
  };
}

function toChange(old: Found, asOf: string): NewChange {
  const status = statusOf(old);
  const nothingWasSent = old.reason === 'already-in';
  return {
    id: `${old.id}:1`,
    request_id: old.id,
    position: 0,
    direction: 'add',
    chat_id: old.chat_id,
    chat_name: old.chat_name,
    handle: old.handle,
    status,
    attempts: nothingWasSent ? 0 : attemptsOf(old, status),
    may_still_act: mayStillAct(old, status),
    // It undoes a proven removal: the person was out of the chat.
    was_seen: 1,
    stopped: 0,
    due_at: FINAL.includes(status) ? lateLookOf(old, status, asOf) : nextStepOf(old, status),
    version: 0,
    approved_at: old.approved_at,
    sent_at: nothingWasSent ? null : old.sent_at,
    not_before: status === 'unconfirmed' ? null : old.not_before,
    watched_since: old.proving_since,
    deadline_at: deadlineOf(old, status),
    trouble_since: null,
    settled_at: old.settled_at,
    reason: nothingWasSent ? null : reasonOf(old),
    linq_says: old.linq_says,
    trace_id: old.trace_id,
    left_voluntarily: 0,
    undoes: old.removal_id,
  };
}

/** What was being sent had a sending time; what had been put off had tries behind it and none. */
function statusOf(old: Found): string {
  if (old.status === 'adding') {
    if (old.sent_at !== null) return 'sending';
    return old.attempts > 0 ? 'waiting' : 'approved';
  }
  if (old.status === 'back') return old.reason === 'already-in' ? 'gone' : 'done';
  return isUnclearRefusal(old) ? 'unconfirmed' : old.status;
}

/** `due_at` was the sooner of the next step and the next word, except for a lease, at whose end the step is lost. */
function nextStepOf(old: Found, status: string): string {
  const lease = status === 'sending' && old.held === 0 ? old.due_at : null;
  return lease ?? old.step_at ?? old.approved_at;
}

function toDelivery(old: Found): NewDelivery {
  const isFinal = FINAL.includes(statusOf(old));
  // Nothing was to be told yet: like any new request it says its first word soon.
  const isSilent = old.wanted === 0 && old.tell_at === null;
  return {
    id: old.id,
    request_id: old.id,
    kind: 'status',
    change_id: null,
    event_at: null,
    route: old.to_person === 1 ? 'person' : 'channel',
    hint: null,
    place_channel: old.place_channel,
    place_ts: old.place_ts,
    wanted: Math.max(1, old.wanted),
    shown: old.shown,
    held: old.held,
    due_at: isSilent ? firstWordOf(old) : old.held === 1 ? old.due_at : old.tell_at,
    quiet_until: null,
    not_before: waitOf({ ...old, due_at: old.tell_at }),
    tries: old.tries,
    unheard: old.unheard,
    // An ending that was told is not told again.
    shown_open: old.shown > 0 && !(isFinal && old.shown >= old.wanted) ? 1 : 0,
    told_bad: isToldBad(old) ? 1 : 0,
    told_at: null,
    listed: 0,
    version: 0,
  };
}

function firstWordOf({ approved_at }: Found): string {
  return new Date(Date.parse(approved_at) + FIRST_WORD_AFTER_MS).toISOString();
}

function isToldBad(old: Found): boolean {
  const isBad = ['refused', 'unconfirmed'].includes(statusOf(old));
  return isBad && old.shown > 0 && old.shown >= old.wanted;
}
