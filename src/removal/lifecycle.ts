import { type ChatAnswer, isOutOfReach, type LinqFailure, NO_ANSWER, type SendAnswer } from './answer.js';
import {
  finishDone,
  finishGone,
  finishLate,
  finishRefused,
  finishUnconfirmed,
  isCertain,
  withOpenCall,
} from './certainty.js';
import type { Change, Open } from './change.js';
import { isOpen } from './change.js';
import {
  type Chat,
  FEWEST_REMAINING,
  findMember,
  isIn,
  isOurLineUnknown,
  leavesTooFew,
  remainingWithout,
  sameHandle,
} from './chat.js';
import { whyImpossible } from './impossible.js';
import { isHeldByPause } from './pause.js';
import { type ReasonName, reasonFor, reasonOf } from './reasons.js';
import {
  backoff,
  LEASE_MS,
  LONGEST_CALL_MS,
  LONGEST_RESEND_AFTER_MS,
  later,
  laterOf,
  nextLateLook,
  nextLook,
  PROOF_TAKES_MS,
  RESEND_AFTER_MS,
} from './schedule.js';

/*
 * Every transition of a change, as functions from (change, what was seen, the moment) to the next change. Nothing here
 * fetches, stores or waits: `change-steps.ts` carries out what these decide.
 */

/** What counts beside the change itself. */
export interface Moment {
  readonly now: Date;
  /** How long after it first could be sent a change is given up, in milliseconds. */
  readonly windowMs: number;
  /**
   * Whom other changes of ours are taking out of the same chat, with calls that may act. They count as gone when it
   * comes to the fewest that must remain; the same person among them means that this has been asked for already.
   */
  readonly alsoLeaving: readonly string[];
  /** Nothing is sent, and nothing is given up for want of sending; proof is looked for all the same. */
  readonly isPaused: boolean;
}

/** A call was on the wire when its process died: it may be carried out, so it is watched. Others stay as they are. */
export function recover(change: Change, now: Date): Change {
  if (change.status !== 'sending') return change;
  return watch({ ...withOpenCall(change), reason: 'interrupted' }, now);
}

/** What a reading of the chat means. `sending` as the answer: a call is to leave now, once this is recorded. */
export function afterReading(change: Change, seen: ChatAnswer, moment: Moment): Change {
  if (!isOpen(change)) return lateReading(change, seen, moment.now);
  const looked = withReading(change, seen, moment.now);
  if (seen.ok && isReached(looked, seen.chat)) return reached(looked, seen.chat, moment.now);
  if (moment.isPaused && isHeldByPause(looked)) return waitForResume(looked, moment.now);
  if (isOver(looked, moment.now)) return giveUp(looked, seen, moment);
  return looked.status === 'approved' || looked.status === 'waiting'
    ? beforeSending(looked, seen, moment)
    : stillWatching(looked, seen, moment);
}

/** The name as it is now, the handle as Linq lists it (a person may have typed an email in another case), and what was seen. */
function withReading(change: Open, seen: ChatAnswer, now: Date): Open {
  if (!seen.ok) return { ...change, troubleSince: troubleAfter(change, seen.failure, now) };
  const { chat } = seen;
  const isAtStart = isIn(chat, change.handle) === (change.direction === 'remove');
  const handle = findMember(chat, change.handle)?.handle ?? change.handle;
  return {
    ...change,
    handle,
    chatName: chat.name,
    wasSeen: change.wasSeen || isAtStart,
    troubleSince: null,
  };
}

/** An answer that is of no use is an answer all the same: Linq was reached. */
function troubleAfter({ troubleSince }: Change, failure: LinqFailure, now: Date): Date | null {
  return isOutOfReach(failure) ? (troubleSince ?? now) : null;
}

/** The chat is as the asker wants it. */
function isReached({ direction, handle }: Change, chat: Chat): boolean {
  return isIn(chat, handle) === (direction === 'add');
}

/** Out, or back in. Whether that was our doing, or ever otherwise, is what the stored facts say. */
function reached(change: Open, chat: Chat, now: Date): Change {
  const leftVoluntarily = findMember(chat, change.handle)?.leftVoluntarily ?? false;
  if (!isCertain(change)) return finishDone(provenByRoster(change), now, leftVoluntarily);
  if (wasSeen(change)) return finishGone({ ...provenByRoster(change), reason: null, leftVoluntarily }, now);
  return finishRefused(change, 'not-a-member', now);
}

/** A reading shows it. */
function provenByRoster<C extends Change>(change: C) {
  return { ...change, provenBy: 'roster' } as const;
}

function wasSeen<C extends Change>(change: C): change is C & { readonly wasSeen: true } {
  return change.wasSeen;
}

function isOver({ deadlineAt }: Open, now: Date): boolean {
  return deadlineAt !== null && deadlineAt <= now;
}

/** The deadline: a refusal where nothing of ours can still act, else an end without proof. */
function giveUp(change: Open, seen: ChatAnswer, { now, alsoLeaving }: Moment): Change {
  // The other request may have ended without proof just before: what it sent may still be carried out.
  const isByAnother = change.reason === 'asked-already' || isAskedAlready(change, alsoLeaving);
  if (isCertain(change) && !isByAnother) {
    return finishRefused(change, change.reason === 'unreachable' ? 'never-reached' : 'kept-busy', now);
  }
  if (!seen.ok) return finishUnconfirmed(change, 'unchecked', now);
  if (change.status === 'queued') return finishUnconfirmed(change, 'still-listed', now);
  return finishUnconfirmed(change, isByAnother ? 'asked-by-another' : 'not-accepted', now);
}

/** Right before a call. A chat that could not be read stops nothing that is certain: look-ups advise, Linq decides. */
function beforeSending(change: Open, seen: ChatAnswer, moment: Moment): Change {
  const { now } = moment;
  if (change.stopped) return applyStop(change, now);
  if (isAskedAlready(change, moment.alsoLeaving)) return waitForTheOther(change, moment);
  if (!seen.ok) {
    return isCertain(change)
      ? startSending(change, moment)
      : putOff(change, change.reason ?? 'no-answer', null, now);
  }
  const reason = whyNotNow(change, seen.chat, moment);
  if (!reason) return startSending(change, moment);
  return isCertain(change) ? finishRefused(change, reason, now) : watch({ ...change, reason }, now);
}

/** Another request has asked Linq for the very same: two calls would only contradict each other. */
function isAskedAlready({ direction, handle }: Change, alsoLeaving: readonly string[]): boolean {
  return direction === 'remove' && alsoLeaving.some((other) => sameHandle(other, handle));
}

function waitForTheOther(change: Open, { now, windowMs }: Moment): Open {
  const deadlineAt = change.deadlineAt ?? later(now, windowMs);
  const watchedSince = change.watchedSince ?? now;
  const dueAt = soonest(nextLook(watchedSince, now, change.handle), deadlineAt);
  return {
    ...change,
    status: 'waiting',
    reason: 'asked-already',
    notBefore: null,
    deadlineAt,
    watchedSince,
    dueAt,
  };
}

/** Impossible under every reading of Linq's documents, with everything counted that is under way for this chat. */
function whyNotNow({ direction, handle }: Change, chat: Chat, { alsoLeaving }: Moment): ReasonName | null {
  const reason = whyImpossible(chat, handle, direction);
  if (reason || direction === 'add') return reason;
  return leavesTooFew(chat, [handle, ...alsoLeaving]) ? 'too-few' : null;
}

/** A call is with Linq, or may be: wait for proof, or send again what was never clearly accepted. */
function stillWatching(change: Open, seen: ChatAnswer, moment: Moment): Change {
  const { now } = moment;
  if (seen.ok && maySendAgain(change, now) && whyNotNow(change, seen.chat, moment) === null) {
    return startSending(change, moment);
  }
  return {
    ...change,
    dueAt: soonest(nextLook(change.watchedSince ?? now, now, change.handle), change.deadlineAt),
  };
}

/** Rosters lag: only a reading well after the call may lead to another one, and it proves nothing about the first. */
function maySendAgain({ status, stopped, sentAt, attempts }: Open, now: Date): boolean {
  if (status !== 'unsure' || stopped) return false;
  const after = Math.min(RESEND_AFTER_MS * attempts, LONGEST_RESEND_AFTER_MS);
  return now.getTime() - (sentAt ?? now).getTime() >= after;
}

function startSending(change: Open, { now, windowMs }: Moment): Open {
  return {
    ...change,
    status: 'sending',
    attempts: change.attempts + 1,
    sentAt: now,
    dueAt: later(now, LEASE_MS),
    deadlineAt: change.deadlineAt ?? later(now, windowMs),
    // What was said about the call before this one is not said about this one.
    notBefore: null,
    reason: null,
    linqSays: null,
  };
}

/**
 * Whether there is time for a call before another process takes the change for abandoned. A process that was held up
 * (suspended, or by a slow disk) sends nothing: the process that comes next looks first.
 */
export function mayStillSend({ status, dueAt }: Change, now: Date): boolean {
  return status === 'sending' && dueAt !== null && dueAt.getTime() - now.getTime() >= LONGEST_CALL_MS;
}

/** What Linq's answer to a call means. Proven or stopped meanwhile, the change is not what it was when the call left. */
export function afterSending(change: Change, answer: SendAnswer, now: Date): Change {
  if (!isOpen(change)) return change;
  if (answer.ok) return accepted({ ...withOpenCall(change), traceId: answer.traceId }, now);
  const { failure } = answer;
  const reason = reasonFor(failure);
  const { kind, queuesNothing } = reasonOf(reason);
  const told = {
    ...change,
    reason,
    linqSays: failure.message,
    traceId: failure.traceId ?? change.traceId,
    troubleSince: troubleAfter(change, failure, now),
  };
  const answered = queuesNothing ? { ...told, status: 'waiting' as const } : withOpenCall(told);
  switch (kind) {
    case 'refusal':
      return isCertain(answered) ? finishRefused(answered, reason, now) : watch(answered, now);
    case 'wait':
      return putOff(answered, reason, failure, now);
    default:
      return watch(answered, now);
  }
}

function accepted(change: Open, now: Date): Open {
  const deadlineAt = laterOf(later(now, PROOF_TAKES_MS), change.deadlineAt);
  return watch({ ...change, reason: null, linqSays: null, troubleSince: null, deadlineAt }, now, 'queued');
}

/** Looked for in the member list from now on. */
function watch(change: Open, now: Date, status: 'unsure' | 'queued' = 'unsure'): Open {
  return { ...change, status, notBefore: null, watchedSince: now, dueAt: nextLook(now, now, change.handle) };
}

/** A wait beyond the deadline is told with its time when it is longer than this; a shorter one just ends there. */
const SHORT_WAIT_MS = 60_000;

/** Sent again when Linq said, or after a growing pause; stopped, or with a long wait beyond the deadline, not any more. */
function putOff(change: Open, reason: ReasonName, failure: LinqFailure | null, now: Date): Change {
  const wait = failure?.retryAfterMs ?? backoff(reasonOf(reason).firstWaitMs ?? 2_000, change.attempts);
  const at = later(now, Math.max(wait, 1_000));
  const waiting: Open = {
    ...change,
    status: 'waiting',
    reason,
    notBefore: at,
    dueAt: soonest(at, change.deadlineAt),
    troubleSince: change.troubleSince ?? now,
  };
  if (change.stopped) return applyStop(waiting, now);
  if (!isOver(waiting, at) || wait <= SHORT_WAIT_MS) return waiting;
  return isCertain(waiting) ? finishRefused(waiting, 'asked-to-wait', now) : watch(waiting, now);
}

/** Looked at like anything that may be carried out, in steps that grow; when the pause ends, its time begins again. */
function waitForResume(change: Open, now: Date): Open {
  const since = change.watchedSince ?? change.sentAt ?? change.approvedAt;
  return { ...change, dueAt: nextLook(since, now, change.handle) };
}

/** Linq asked to be left alone until then, before this could be sent. */
export function heldBack(change: Open, until: Date, { now, windowMs }: Moment): Change {
  const started = { ...change, deadlineAt: change.deadlineAt ?? later(now, windowMs) };
  const retryAfterMs = until.getTime() - now.getTime();
  return putOff(started, 'rate-limited', { ...NO_ANSWER, retryAfterMs }, now);
}

function soonest(at: Date, other: Date | null): Date {
  return other !== null && other < at ? other : at;
}

/** Linq's codes do not say what was wrong with the roster, so after these a fresh reading does. */
export function isWorthExplaining(answer: SendAnswer): boolean {
  return !answer.ok && [400, 404, 409].includes(answer.failure.status ?? 0);
}

/** A refusal, explained by the roster where the roster knows better than the code. */
export function explainRefusal(change: Change, seen: ChatAnswer, now: Date): Change {
  if (change.status !== 'refused' || !seen.ok) return change;
  const { chat } = seen;
  if (isReached(change, chat)) {
    // Linq did what was asked without saying so, or another person did: either way it is as the asker wants it.
    return wasSeen(change) ? finishGone(provenByRoster(change), now) : { ...change, reason: 'not-a-member' };
  }
  const reason = whyImpossible(chat, change.handle, change.direction);
  if (reason) return { ...change, reason };
  const vague = change.reason === 'bad-value' || change.reason === 'conflict';
  const isTight = !isOurLineUnknown(chat) && remainingWithout(chat, [change.handle]) === FEWEST_REMAINING;
  return vague && isTight && change.direction === 'remove' ? { ...change, reason: 'maybe-too-few' } : change;
}

/** Proof may still come after the end: then it is `done` after all. Otherwise the next late reading is planned. */
function lateReading(change: Change, seen: ChatAnswer, now: Date): Change {
  if (!mayBeProvenLate(change)) return { ...change, dueAt: null };
  if (seen.ok && isReached(change, seen.chat)) {
    return finishLate(
      provenByRoster(change),
      now,
      findMember(seen.chat, change.handle)?.leftVoluntarily ?? false,
    );
  }
  return { ...change, dueAt: nextLateLook(change.settledAt ?? now, now) };
}

/** Ended without proof, or refused after a call had left. */
export function mayBeProvenLate({ status, attempts }: Change): boolean {
  return status === 'unconfirmed' || (status === 'refused' && attempts > 0);
}

/**
 * Stop beats every call that has not left. What never left stays undone; what may be carried out all the same is not
 * sent again and looked for. A call on the wire is not changed by it, whatever the answer: none follows it.
 */
export function applyStop(change: Change, now: Date): Change {
  if (!isOpen(change)) return change;
  const stopped: Open = { ...change, stopped: true };
  if (change.status !== 'approved' && change.status !== 'waiting') return stopped;
  return isCertain(stopped) ? finishRefused(stopped, 'stopped', now) : watch(stopped, now);
}

/** Whether Stop still keeps something from being sent: of a call on the wire, that it is made once more. */
export function isStoppable(change: Change): boolean {
  return isOpen(change) && !change.stopped && change.status !== 'queued';
}
