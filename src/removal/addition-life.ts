import type { Addition, Telling } from './addition.js';
import { judgeFailure, type Reluctance } from './addition-reasons.js';
import { activeMembers, type Chat, FEWEST_REMAINING, findMember, ourLineLeft } from './chat.js';
import type { ChatAnswer, LinqFailure, RemoveAnswer } from './ports.js';
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

/* Every step of an addition towards its end, as functions of (addition, what was seen, now). */

/** Takes up a due addition and leases it. Found with a sending time, whoever sent it died: it is looked for first. */
export function takeUpAddition(addition: Addition, now: Date): Addition {
  const leased = { ...addition, dueAt: later(now, LEASE_MS) };
  if (addition.status !== 'adding') return leased;
  if (addition.sentAt === null) return startSending(leased, now);
  const lost = { ...leased, status: 'unsure', reason: 'interrupted', provingSince: now } as const;
  return { ...lost, telling: withNews(lost, now) };
}

/** What a reading of the chat means, right before sending and while proof is looked for. */
export function afterAdditionLook(
  addition: Addition,
  seen: ChatAnswer,
  now: Date,
  windowMs: number,
): Addition {
  if (seen.ok && isIn(seen.chat, addition)) return foundIn(addition, now);
  if (addition.status === 'adding') return beforeSending(addition, seen, now);
  const since = addition.provingSince ?? now;
  if (now.getTime() - since.getTime() >= windowMs) {
    return end({ ...addition, status: 'unconfirmed' }, seen.ok ? 'not-listed' : 'unchecked', now);
  }
  if (seen.ok && mayBeSentAgain(addition, now)) {
    return startSending({ ...addition, status: 'adding', dueAt: later(now, LEASE_MS) }, now);
  }
  return planned({ ...addition, stepAt: nextLook(since, now) });
}

/** Look-ups advise, Linq decides: only what is impossible under every reading of its documents stops it here. */
function beforeSending(addition: Addition, seen: ChatAnswer, now: Date): Addition {
  if (!seen.ok) return addition;
  if (ourLineLeft(seen.chat)) return refuse(addition, 'our-line-left', now);
  return activeMembers(seen.chat).length < FEWEST_REMAINING ? refuse(addition, 'too-few', now) : addition;
}

/** Whether it is to be sent now, with enough of the lease left for the call. */
export function isToBeSent({ status, sentAt, dueAt }: Addition, now: Date): boolean {
  if (status !== 'adding' || sentAt === null || dueAt === null) return false;
  return dueAt.getTime() - now.getTime() >= LONGEST_CALL_MS;
}

/** What Linq's answer to the POST means. */
export function afterAdding(addition: Addition, answer: RemoveAnswer, now: Date): Addition {
  if (answer.ok) return prove({ ...addition, status: 'queued', reason: null, traceId: answer.traceId }, now);
  const { failure } = answer;
  const { reason, verdict } = judgeFailure(failure);
  const told = { ...addition, reason, traceId: failure.traceId ?? addition.traceId };
  switch (verdict) {
    case 'refuse':
      return refuse({ ...told, linqSays: failure.message }, reason, now);
    case 'check':
      return prove({ ...told, status: 'unsure' }, now);
    case 'wait':
      return waitOrGiveUp(told, reason, failure, now);
  }
}

function waitOrGiveUp(addition: Addition, reason: Reluctance, failure: LinqFailure, now: Date): Addition {
  const wait = waitAfter(
    reason === 'still-creating' ? reason : 'rate-limited',
    addition.attempts,
    failure.retryAfterMs,
  );
  const at = later(now, wait);
  if (wait > LONGEST_WAIT_MS) return { ...refuse(addition, 'asked-to-wait', now), notBefore: at };
  if (addition.attempts >= MAX_ATTEMPTS) return refuse(addition, 'kept-busy', now);
  return changed({ ...addition, sentAt: null, stepAt: at, notBefore: at }, now);
}

/** Linq's codes do not say what was wrong; a roster that lists the person does. */
export function explainRefusedAddition(addition: Addition, seen: ChatAnswer, now: Date): Addition {
  const isThere = addition.status === 'refused' && seen.ok && isIn(seen.chat, addition);
  return isThere ? foundIn(addition, now) : addition;
}

function isIn(chat: Chat, { handle }: Addition): boolean {
  return findMember(chat, handle)?.active ?? false;
}

/** Somebody else may have added them before we asked: that is not our doing. */
function foundIn(addition: Addition, now: Date): Addition {
  const unasked = addition.status === 'adding' && addition.attempts <= 1;
  return end({ ...addition, status: 'back', linqSays: null }, unasked ? 'already-in' : null, now);
}

function mayBeSentAgain({ status, attempts, sentAt }: Addition, now: Date): boolean {
  const since = now.getTime() - (sentAt ?? now).getTime();
  return status === 'unsure' && attempts < MAX_ATTEMPTS && since >= RESEND_AFTER_MS;
}

function startSending(addition: Addition, now: Date): Addition {
  return { ...addition, attempts: addition.attempts + 1, sentAt: now, notBefore: null, reason: null };
}

function prove(addition: Addition, now: Date): Addition {
  return changed({ ...addition, provingSince: now, stepAt: nextLook(now, now) }, now);
}

function refuse(addition: Addition, reason: Reluctance, now: Date): Addition {
  return end({ ...addition, status: 'refused' }, reason, now);
}

function end(addition: Addition, reason: Reluctance | null, now: Date): Addition {
  return changed({ ...addition, reason, stepAt: null, notBefore: null, settledAt: now }, now);
}

/** The end of a step that people have to hear of. */
function changed(addition: Addition, now: Date): Addition {
  return planned({ ...addition, telling: withNews(addition, now) });
}

function withNews({ telling }: Addition, now: Date): Telling {
  return { ...telling, wanted: telling.wanted + 1, at: telling.at ?? now };
}

/** Due when the sooner of its two plans is. */
export function planned(addition: Addition): Addition {
  const times = [addition.stepAt, addition.telling.at].filter((at) => at !== null);
  const dueAt = times.length > 0 ? new Date(Math.min(...times.map((at) => at.getTime()))) : null;
  return { ...addition, dueAt };
}
