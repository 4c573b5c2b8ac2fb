const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Longer than the call to Linq with its timeout: a change found `sending` after this was dropped by a process that died. */
export const LEASE_MS = 45 * SECOND;

/** More than one call to Linq may take: with less than this of the lease left, a call could outlive it. */
export const LONGEST_CALL_MS = 15 * SECOND;

/** An unanswered call is sent again only when a reading this long after it still shows the starting state; later each time. */
export const RESEND_AFTER_MS = 30 * SECOND;
export const LONGEST_RESEND_AFTER_MS = 5 * MINUTE;

/** An accepted change has at least this long to show in the member list, however late Linq accepted it. */
export const PROOF_TAKES_MS = MINUTE;

/** A reading is good for this long before a call leaves, and for the proof of everything sent before it. */
export const READING_GOOD_FOR_MS = 5 * SECOND;

const LOOKS_AFTER_MS = [2, 4, 8, 15, 30, 60].map((seconds) => seconds * SECOND);
const LATE_LOOKS_AFTER_MS = [1, 4, 24].map((hours) => hours * HOUR);
const LONGEST_BACKOFF_MS = 30 * SECOND;

export function later(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms);
}

export function laterOf(a: Date, b: Date | null): Date {
  return b !== null && b > a ? b : a;
}

/**
 * When the roster is read next: 2, 4, 8, 15, 30, 60 s after `since`, then once a minute, at the same moment for
 * everything that concerns this person: one list of their chats is a reading of all. A clock set back starts afresh.
 */
export function nextLook(since: Date, now: Date, handle: string): Date {
  const elapsed = now.getTime() - since.getTime();
  if (elapsed < 0) return later(now, MINUTE);
  const planned = LOOKS_AFTER_MS.find((after) => after > elapsed);
  return planned === undefined ? nextMinuteOf(handle, now) : later(since, planned);
}

/** Each person has a moment within the minute, so that the readings of many people do not leave together. */
function nextMinuteOf(handle: string, now: Date): Date {
  const moment = [...handle.toLowerCase()].reduce(
    (sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % MINUTE,
    0,
  );
  const minutes = Math.floor((now.getTime() - moment) / MINUTE);
  return new Date((minutes + 1) * MINUTE + moment);
}

/** Readings after the end: 1, 4 and 24 hours after it; null when they are over. */
export function nextLateLook(settledAt: Date, now: Date): Date | null {
  const after = LATE_LOOKS_AFTER_MS.find((ms) => later(settledAt, ms) > now);
  return after === undefined ? null : later(settledAt, after);
}

/** Backoff after the n-th failure: doubling from `firstMs` up to half a minute. */
export function backoff(firstMs: number, attempt: number): number {
  return Math.min(firstMs * 2 ** Math.max(0, attempt - 1), LONGEST_BACKOFF_MS);
}
