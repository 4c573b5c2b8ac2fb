/* What the old rows leave certain. Both life cycles kept one trace of it: `proving_since`. */

const MINUTE = 60_000;
const WINDOW_MS = 30 * MINUTE;
const LATE_LOOKS_AFTER_MS = [1, 4, 24].map((hours) => hours * 60 * MINUTE);

/** What is read of an old row, whatever its direction. */
export interface OldLife {
  readonly status: string;
  readonly attempts: number;
  readonly reason: string | null;
  readonly linq_says: string | null;
  readonly trace_id: string | null;
  readonly approved_at: string;
  readonly not_before: string | null;
  readonly proving_since: string | null;
  readonly settled_at: string | null;
}

/**
 * Set at the first try that did not end in a clear no, and never taken back: from then on some call may have been
 * carried out, even where a later one was refused.
 */
export function someCallWasUnclear({ proving_since }: OldLife): boolean {
  return proving_since !== null;
}

/**
 * "Nobody was removed" was said of refusals after an unclear call too, and of one more under a reason of its own. They
 * become what they are: not confirmed.
 */
export function isUnclearRefusal(old: OldLife): boolean {
  return old.status === 'refused' && (someCallWasUnclear(old) || old.reason === 'asked-to-wait-unclear');
}

/** Whether a call of ours may still be carried out, by the status it has now. */
export function mayStillAct(old: OldLife, status: string): number {
  if (status === 'waiting') return someCallWasUnclear(old) ? 1 : 0;
  return ['sending', 'unsure', 'queued', 'unconfirmed'].includes(status) ? 1 : 0;
}

/** Half an hour, the default, from when it became a matter of proof; what was never sent has all of it before it. */
export function deadlineOf(old: OldLife, status: string): string | null {
  if (!['sending', 'waiting', 'unsure', 'queued'].includes(status)) return null;
  return later(old.proving_since ?? old.approved_at, WINDOW_MS);
}

/**
 * How many calls left. The old count was of tries, a reading included: one that ended without a word of Linq's had sent
 * nothing.
 */
export function attemptsOf(old: OldLife, status: string): number {
  const mayHaveSentNothing = status === 'refused' || status === 'gone';
  const isWordless = old.trace_id === null && old.linq_says === null && !someCallWasUnclear(old);
  return mayHaveSentNothing && isWordless ? 0 : old.attempts;
}

/** Proof may still come: the next of the late readings, as of the old version's last word. */
export function lateLookOf(old: OldLife, status: string, asOf: string): string | null {
  const mayBeProven = status === 'unconfirmed' || (status === 'refused' && attemptsOf(old, status) > 0);
  const { settled_at: settled } = old;
  if (!mayBeProven || settled === null) return null;
  return LATE_LOOKS_AFTER_MS.map((ms) => later(settled, ms)).find((at) => at > asOf) ?? null;
}

/** Reasons that are gone, by those that say the same. */
const REASONS: Readonly<Record<string, string>> = {
  'kept-failing': 'server-error',
  'asked-to-wait-unclear': 'not-accepted',
  'not-listed': 'still-listed',
};

export function reasonOf({ reason }: OldLife): string | null {
  return reason === null ? null : (REASONS[reason] ?? reason);
}

function later(from: string, ms: number): string {
  return new Date(Date.parse(from) + ms).toISOString();
}
