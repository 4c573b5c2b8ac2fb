/**
 * Linq publishes no limits, so the first refusal teaches one: from then on calls leave as fast as they were accepted
 * before it, a little faster every so often, and after a quiet while as if nothing had been learned.
 */
export interface Pace {
  /** When the next call may leave; null: now. */
  nextAt(): Date | null;
  /** A call is about to leave: others are told to wait as if it had, until the answer is called. */
  reserve(): () => void;
  /** A call leaves. */
  leaves(): void;
  /** A call was refused because there were too many. */
  refused(): void;
}

const SECOND = 1_000;
/** The rate a limit is assumed to have at least, in calls a second. */
const SLOWEST = 0.5;
/** Saved up while nothing is sent, so that two calls of one step may follow each other. */
const MOST_SAVED = 2;
const FASTER_AFTER_MS = 15 * SECOND;
const FASTER_BY = 1.1;
const FORGOTTEN_AFTER_MS = 5 * 60 * SECOND;
/** Several calls on the wire are refused together: that is one lesson. */
const ONE_LESSON_MS = SECOND;

/** What refusals have taught so far. Moments in milliseconds. */
interface Limit {
  readonly perSecond: number;
  readonly fasterAt: number;
  /** Calls that may leave at once, as of `countedAt`. */
  readonly saved: number;
  readonly countedAt: number;
  readonly learnedAt: number;
  /** So many seconds were looked at for the last lesson. */
  readonly learnedOver: number;
}

export function createPace(now: () => Date): Pace {
  /** When calls left: within the last second while no limit is known, since the last lesson otherwise. */
  let left: number[] = [];
  let limit: Limit | null = null;
  let reserved = 0;

  function limitNow(at: number): Limit | null {
    if (limit && at - limit.learnedAt > FORGOTTEN_AFTER_MS) limit = null;
    if (limit) limit = afterTime(limit, at);
    else left = left.filter((time) => time > at - SECOND);
    return limit;
  }

  return {
    nextAt() {
      const at = now().getTime();
      const known = limitNow(at);
      if (!known) return null;
      const missing = 1 + reserved - known.saved;
      if (missing <= 0) return null;
      // A thousandth of a millisecond is rounding, not time.
      const ms = Math.ceil((missing / known.perSecond) * SECOND - 0.001);
      return new Date(at + Math.max(ms, 1));
    },
    reserve() {
      reserved += 1;
      return () => {
        reserved -= 1;
      };
    },
    leaves() {
      const at = now().getTime();
      const known = limitNow(at);
      left.push(at);
      if (known) limit = { ...known, saved: known.saved - 1 };
    },
    refused() {
      const at = now().getTime();
      const known = limitNow(at);
      // The refused call itself is among those that left; left before the last lesson, it was counted in that one.
      const wasCounted = left.pop() === undefined;
      if (known && at - known.learnedAt < ONE_LESSON_MS) {
        if (wasCounted) limit = { ...known, perSecond: atLeast(known.perSecond - 1 / known.learnedOver) };
        return;
      }
      const learnedOver = known ? (at - known.learnedAt) / SECOND : 1;
      const accepted = left.length / learnedOver;
      limit = {
        perSecond: atLeast(known ? Math.min(known.perSecond * 0.9, accepted) : accepted),
        fasterAt: at + FASTER_AFTER_MS,
        saved: 0,
        countedAt: at,
        learnedAt: at,
        learnedOver,
      };
      left = [];
    },
  };
}

function afterTime(limit: Limit, at: number): Limit {
  const isDue = at >= limit.fasterAt;
  const perSecond = isDue ? limit.perSecond * FASTER_BY : limit.perSecond;
  const passed = Math.max(0, at - limit.countedAt) / SECOND;
  return {
    ...limit,
    perSecond,
    fasterAt: isDue ? at + FASTER_AFTER_MS : limit.fasterAt,
    saved: Math.min(MOST_SAVED, limit.saved + passed * perSecond),
    countedAt: at,
  };
}

function atLeast(perSecond: number): number {
  return Math.max(SLOWEST, perSecond);
}
