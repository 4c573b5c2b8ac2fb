import { type Chat, FEWEST_REMAINING, findMember, ourLineLeft, remainingAfterOne } from './chat.js';
import type { ChatAnswer, LinqFailure, RemoveAnswer } from './ports.js';
import { consequenceOf, type ReasonName, reasonFor } from './reasons.js';
import type { Removal } from './removal.js';
import {
  LEASE_MS,
  LONGEST_CALL_MS,
  LONGEST_WAIT_MS,
  later,
  MAX_ATTEMPTS,
  nextLook,
  RESEND_AFTER_MS,
  waitAfter,
} from './schedule.js';

/*
 * Every transition of a removal, as functions from (removal, what was seen, now) to the next removal. Nothing here
 * fetches, stores or waits: `runner.ts` carries out what these decide.
 */

/**
 * Takes up a due removal for one step and leases it. One that is due while `sending` was dropped by whoever held it:
 * Linq may or may not have been asked, so it is looked for first.
 */
export function takeUp(removal: Removal, now: Date): Removal {
  const leased = { ...removal, dueAt: later(now, LEASE_MS) };
  switch (removal.status) {
    case 'approved':
    case 'waiting':
      return startSending(leased, now);
    case 'sending':
      return { ...leased, status: 'unsure', reason: 'interrupted', provingSince: now };
    default:
      return leased;
  }
}

/** What a reading of the chat means: for one about to be sent, whether it still should be; for others, proof. */
export function afterLook(looking: Removal, seen: ChatAnswer, now: Date, windowMs: number): Removal {
  const removal = seen.ok ? { ...looking, chatName: seen.chat.name } : looking;
  return removal.status === 'sending'
    ? beforeSending(removal, seen, now)
    : afterCheck(removal, seen, now, windowMs);
}

/** Right before the DELETE. A chat that could not be read stops nothing: look-ups advise, Linq decides. */
function beforeSending(removal: Removal, seen: ChatAnswer, now: Date): Removal {
  if (!seen.ok) return removal;
  if (!isActive(seen.chat, removal.handle)) return noLongerMember(removal, seen.chat, now);
  const reason = whyImpossible(seen.chat, removal.handle);
  return reason ? refuse(removal, reason, now) : asListed(removal, seen.chat);
}

/** Linq wants the handle exactly as it lists it; a person may have typed an email in another case. */
function asListed(removal: Removal, chat: Chat): Removal {
  return { ...removal, handle: findMember(chat, removal.handle)?.handle ?? removal.handle };
}

function afterCheck(removal: Removal, seen: ChatAnswer, now: Date, windowMs: number): Removal {
  if (seen.ok && !isActive(seen.chat, removal.handle)) return settleRemoved(removal, seen.chat, now);
  const since = removal.provingSince ?? now;
  if (now.getTime() - since.getTime() >= windowMs) {
    const reason = seen.ok ? 'still-listed' : 'unchecked';
    return settle({ ...removal, status: 'unconfirmed', reason, linqSays: null }, now);
  }
  // Where it became impossible nothing is sent again, but the try under way may still go through: not a refusal.
  const possible = seen.ok && whyImpossible(seen.chat, removal.handle) === null;
  if (possible && mayBeSentAgain(removal, now)) {
    return startSending({ ...asListed(removal, seen.chat), dueAt: later(now, LEASE_MS) }, now);
  }
  return { ...removal, dueAt: nextLook(since, now) };
}

function mayBeSentAgain(removal: Removal, now: Date): boolean {
  const sentAt = removal.sentAt ?? now;
  return (
    removal.status === 'unsure' &&
    removal.attempts < MAX_ATTEMPTS &&
    now.getTime() - sentAt.getTime() >= RESEND_AFTER_MS
  );
}

/**
 * Whether there is time for a DELETE before somebody else takes the removal up. A process that was held up (suspended,
 * or by a slow reading) sends nothing: whoever comes next looks first.
 */
export function mayStillSend(removal: Removal, now: Date): boolean {
  return removal.dueAt !== null && removal.dueAt.getTime() - now.getTime() >= LONGEST_CALL_MS;
}

/** What Linq's answer to the DELETE means. */
export function afterSending(removal: Removal, answer: RemoveAnswer, now: Date): Removal {
  if (answer.ok) {
    return prove(
      { ...removal, status: 'queued', reason: null, linqSays: null, traceId: answer.traceId },
      now,
    );
  }
  const { failure } = answer;
  const reason = reasonFor(failure);
  const told = { ...removal, reason, linqSays: failure.message, traceId: failure.traceId ?? removal.traceId };
  switch (consequenceOf(reason)) {
    case 'refuse':
      return refuse(told, reason, now);
    case 'check':
      return prove({ ...told, status: 'unsure' }, now);
    case 'wait':
      return waitOrGiveUp(told, reason, failure, now);
  }
}

function waitOrGiveUp(failed: Removal, reason: ReasonName, failure: LinqFailure, now: Date): Removal {
  const removal = queuesNothing(reason) ? failed : { ...failed, provingSince: failed.provingSince ?? now };
  const wait = waitAfter(reason, removal.attempts, failure.retryAfterMs);
  if (wait > LONGEST_WAIT_MS) {
    const asked = mayHaveGoneThrough(removal) ? 'asked-to-wait-unclear' : 'asked-to-wait';
    return { ...refuse(removal, asked, now), notBefore: later(now, wait) };
  }
  if (removal.attempts < MAX_ATTEMPTS) {
    const at = later(now, wait);
    return { ...removal, status: 'waiting', dueAt: at, notBefore: at };
  }
  return mayHaveGoneThrough(removal) ? onlyWatch(removal, now) : refuse(removal, 'kept-busy', now);
}

/** Put off with these, Linq queued nothing; after any other trouble it may have. */
function queuesNothing(reason: ReasonName): boolean {
  return reason === 'rate-limited' || reason === 'still-creating';
}

/** Some try so far ended without a clear no, so "nobody was removed" cannot be said. */
function mayHaveGoneThrough(removal: Removal): boolean {
  return removal.provingSince !== null;
}

/** Not sent any more, and looked for until the window is over. */
function onlyWatch(removal: Removal, now: Date): Removal {
  return prove({ ...removal, status: 'unsure', reason: 'kept-failing', attempts: MAX_ATTEMPTS }, now);
}

/** Linq's codes do not say what was wrong with the roster, so after these a fresh reading does. */
export function isWorthExplaining(answer: RemoveAnswer): boolean {
  return !answer.ok && [400, 404, 409].includes(answer.failure.status ?? 0);
}

/** A refusal, explained by the roster where the roster knows better than the code. */
export function explainRefusal(removal: Removal, seen: ChatAnswer, now: Date): Removal {
  if (removal.status !== 'refused' || !seen.ok) return removal;
  if (!isActive(seen.chat, removal.handle)) {
    // An earlier try of ours may have gone through unheard; a repeated DELETE then finds nobody.
    return mayHaveGoneThrough(removal)
      ? settleRemoved(removal, seen.chat, now)
      : { ...removal, status: 'gone' };
  }
  const reason = whyImpossible(seen.chat, removal.handle);
  if (reason) return { ...removal, reason };
  const vague = removal.reason === 'bad-value' || removal.reason === 'conflict';
  return vague && remainingAfterOne(seen.chat) === FEWEST_REMAINING
    ? { ...removal, reason: 'maybe-too-few' }
    : removal;
}

/**
 * Somebody pressed Stop. What was never sent, or was put off by Linq unheard, stays undone; what Linq may have queued
 * despite an error is not sent again and looked for. Null: it is on its way or has ended, and Stop changes nothing.
 */
export function stop(removal: Removal, now: Date): Removal | null {
  if (removal.status === 'approved') return refuse(removal, 'stopped', now);
  if (removal.status !== 'waiting') return null;
  return mayHaveGoneThrough(removal) ? onlyWatch(removal, now) : refuse(removal, 'stopped', now);
}

/** A removal that was on the wire when Stop was pressed, and would now be sent once more: it is not. */
export function heedStop(removal: Removal, now: Date): Removal {
  if (removal.status === 'unsure') return { ...removal, attempts: MAX_ATTEMPTS };
  return stop(removal, now) ?? removal;
}

/** Impossible under every reading of Linq's documents, for an active member; null when Linq should decide. */
export function whyImpossible(chat: Chat, handle: string): ReasonName | null {
  if (!chat.isGroup) return 'direct-chat';
  if (ourLineLeft(chat)) return 'our-line-left';
  if (findMember(chat, handle)?.isUs) return 'our-own-line';
  return remainingAfterOne(chat) < FEWEST_REMAINING ? 'too-few' : null;
}

function isActive(chat: Chat, handle: string): boolean {
  return findMember(chat, handle)?.active ?? false;
}

function startSending(removal: Removal, now: Date): Removal {
  const attempts = removal.attempts + 1;
  // What was said about the try before this one is not said about this one.
  const afresh = { notBefore: null, reason: null, linqSays: null };
  return { ...removal, status: 'sending', attempts, sentAt: now, ...afresh };
}

function prove(removal: Removal, now: Date): Removal {
  return { ...removal, provingSince: now, dueAt: nextLook(now, now) };
}

/** Gone before this try: perhaps by an earlier one of ours, or else by somebody else. */
function noLongerMember(removal: Removal, chat: Chat, now: Date): Removal {
  return mayHaveGoneThrough(removal)
    ? settleRemoved(removal, chat, now)
    : settle({ ...removal, status: 'gone', reason: null, linqSays: null }, now);
}

function settleRemoved(removal: Removal, chat: Chat, now: Date): Removal {
  const leftAlone = findMember(chat, removal.handle)?.leftAlone ?? false;
  return settle({ ...removal, status: 'removed', reason: null, linqSays: null, leftAlone }, now);
}

function refuse(removal: Removal, reason: ReasonName, now: Date): Removal {
  return settle({ ...removal, status: 'refused', reason }, now);
}

/** Ends a removal with the status it has been given: nothing is due any more. */
export function settle(removal: Removal, now: Date): Removal {
  return { ...removal, dueAt: null, notBefore: null, settledAt: now };
}
