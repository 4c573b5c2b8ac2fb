import type { ReasonName } from './reasons.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** One removal is taken up for sending at most this often. */
export const MAX_ATTEMPTS = 5;

/** Longer than the slowest step (two readings and one DELETE with their timeouts): whoever holds it past this died. */
export const LEASE_MS = 45 * SECOND;

/** More than one call to Linq may take: with less than this of the lease left, a DELETE could outlive it. */
export const LONGEST_CALL_MS = 15 * SECOND;

/** An unanswered DELETE is sent again only when the person is still listed this long after it. */
export const RESEND_AFTER_MS = 30 * SECOND;

/** Asked to stay away for longer than this, we tell the person instead of waiting. */
export const LONGEST_WAIT_MS = 15 * MINUTE;

const LOOKS_AFTER_MS = [2, 4, 8, 15, 30, 60].map((seconds) => seconds * SECOND);

/** Linq's own advice: 3xxx from 1 s to 30 s with backoff, 4004 after 30 s, a new chat within seconds. */
const FIRST_WAIT_MS: Partial<Record<ReasonName, number>> = {
  'still-creating': 3 * SECOND,
  'service-down': 30 * SECOND,
};

export function later(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms);
}

/** When the roster is read next: 2, 4, 8, 15, 30, 60 s after `since`, then every 60 s. */
export function nextLook(since: Date, now: Date): Date {
  const elapsed = now.getTime() - since.getTime();
  const planned = LOOKS_AFTER_MS.find((after) => after > elapsed);
  const wholeMinutes = Math.floor(elapsed / MINUTE) + 1;
  return later(since, planned ?? wholeMinutes * MINUTE);
}

/** How long to wait after the n-th try that Linq put off: its own word, else 2, 4, 8, 16 s up to half a minute. */
export function waitAfter(reason: ReasonName, attempt: number, retryAfterMs: number | null): number {
  if (retryAfterMs !== null) return Math.max(retryAfterMs, SECOND);
  const first = FIRST_WAIT_MS[reason] ?? 2 * SECOND;
  return Math.min(first * 2 ** (attempt - 1), 30 * SECOND);
}
