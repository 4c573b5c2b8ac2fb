import type { Certain, Change, Done, Gone, Open, Refused, Unconfirmed } from './change.js';
import type { ReasonName } from './reasons.js';
import { nextLateLook } from './schedule.js';

/*
 * The only makers of final changes. What people may be told follows from two stored facts, `mayStillAct` and
 * `wasSeen`: the functions here take no change that those facts do not allow.
 */

/** No call of ours can still act: nothing left, or everything that left was clearly refused. */
export function isCertain<C extends Change>(change: C): change is C & Certain {
  return !change.mayStillAct && change.status !== 'sending';
}

/** A call may still act from now on, whatever comes next; only proof ends that. */
export function withOpenCall<C extends Open>(change: C) {
  return { ...change, mayStillAct: true } as const;
}

/** Proven by a reading or an event. Proof ends all uncertainty. */
export function finishDone(change: Change, now: Date, leftVoluntarily: boolean): Done {
  return {
    ...settled(change, now),
    mayStillAct: false,
    status: 'done',
    reason: null,
    linqSays: null,
    leftVoluntarily,
  };
}

/** Proof after the end. Where Linq had refused, it was not our call: the reason stays, and the words say so. */
export function finishLate(change: Change, now: Date, leftVoluntarily: boolean): Done {
  const { reason } = change;
  const done = finishDone(change, now, leftVoluntarily);
  return change.status === 'refused' ? { ...done, reason } : done;
}

/** The starting state, seen before, was over before any call of ours acted. */
export function finishGone(change: Change & Certain & { readonly wasSeen: true }, now: Date): Gone {
  return { ...settled(change, now), status: 'gone', linqSays: null };
}

/** A clear no. Where a call had left, the member list is read a few more times, late and seldom. */
export function finishRefused(change: Change & Certain, reason: ReasonName, now: Date): Refused {
  const { notBefore } = change;
  const dueAt = change.attempts > 0 ? nextLateLook(now, now) : null;
  return { ...settled(change, now), notBefore, status: 'refused', reason, dueAt };
}

/** The deadline came without proof; late readings may still bring it. */
export function finishUnconfirmed(change: Change, reason: ReasonName, now: Date): Unconfirmed {
  return {
    ...settled(change, now),
    status: 'unconfirmed',
    reason,
    linqSays: null,
    dueAt: nextLateLook(now, now),
  };
}

function settled<C extends Change>(change: C, now: Date) {
  return { ...change, dueAt: null, notBefore: null, settledAt: now };
}
