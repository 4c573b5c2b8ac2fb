/**
 * Linq publishes no limits, so the first refusal teaches one: from then on calls leave as fast as they were accepted
 * before it, a little faster every so often, and after a quiet while as if nothing had been learned. Where Linq refuses
 * the only call, or accepted very few in a long time, no rate can be measured: it is guessed, and soon tried faster.
 */
export interface Pace {
  /** In how many milliseconds the next call may leave; 0: now. */
  wait(): number;
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
/**
 * Refused as the only call of a second, or as one of a few in a long time, it taught no rate: others may use the same
 * account, or Linq may have asked everybody to wait. The rate is a guess then, which grows quickly until the next
 * refusal, and half as quickly after each further guess.
 */
const GUESS_DOUBLES_AFTER_MS = 2 * SECOND;
/** A guess that grew to this was wrong. */
const NO_LIMIT = 8;
const FORGOTTEN_AFTER_MS = 5 * 60 * SECOND;
/** Several calls on the wire are refused together: that is one lesson. */
const ONE_LESSON_MS = SECOND;

/** What refusals have taught so far. Moments in milliseconds. */
interface Limit {
  readonly perSecond: number;
  readonly isGuess: boolean;
  readonly fasterAfterMs: number;
  readonly fasterAt: number;
  /** Calls that may leave at once, as of `countedAt`. */
  readonly saved: number;
  readonly countedAt: number;
  readonly learnedAt: number;
  /** So many seconds were looked at for the last lesson. */
  readonly learnedOver: number;
}

export function createPace(elapsed: () => number): Pace {
  /** When calls left: within the last second while no limit is known, since the last lesson otherwise. */
  let left: number[] = [];
  let limit: Limit | null = null;
  let reserved = 0;

  function limitNow(at: number): Limit | null {
    if (limit && at - limit.learnedAt > FORGOTTEN_AFTER_MS) limit = null;
    if (limit) limit = afterTime(limit, at);
    if (limit?.isGuess && limit.perSecond >= NO_LIMIT) limit = null;
    if (!limit) left = left.filter((time) => time > at - SECOND);
    return limit;
  }

  return {
    wait() {
      const at = elapsed();
      const known = limitNow(at);
      if (!known) return 0;
      const missing = 1 + reserved - known.saved;
      if (missing <= 0) return 0;
      // A thousandth of a millisecond is rounding, not time.
      const ms = Math.ceil((missing / known.perSecond) * SECOND - 0.001);
      return Math.max(ms, 1);
    },
    reserve() {
      reserved += 1;
      return () => {
        reserved -= 1;
      };
    },
    leaves() {
      const at = elapsed();
      const known = limitNow(at);
      left.push(at);
      if (known) limit = { ...known, saved: known.saved - 1 };
    },
    refused() {
      const at = elapsed();
      const known = limitNow(at);
      // The refused call itself is among those that left; left before the last lesson, it was counted in that one.
      const wasCounted = left.pop() === undefined;
      if (known && at - known.learnedAt < ONE_LESSON_MS) {
        if (wasCounted) limit = { ...known, perSecond: atLeast(known.perSecond - 1 / known.learnedOver) };
        return;
      }
      // A guess was too slow most of the time: only the last second teaches anything.
      if (known?.isGuess) left = left.filter((time) => time > at - SECOND);
      const measured = known?.isGuess ? null : known;
      const learnedOver = measured ? (at - measured.learnedAt) / SECOND : 1;
      const accepted = left.length / learnedOver;
      const isGuess = accepted < (measured ? SLOWEST : 1);
      const fasterAfterMs = isGuess ? nextGuessMs(known) : FASTER_AFTER_MS;
      limit = {
        perSecond: atLeast(measured ? Math.min(measured.perSecond * 0.9, accepted) : accepted),
        isGuess,
        fasterAfterMs,
        fasterAt: at + fasterAfterMs,
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
  const perSecond = isDue ? limit.perSecond * (limit.isGuess ? 2 : FASTER_BY) : limit.perSecond;
  const passed = (at - limit.countedAt) / SECOND;
  return {
    ...limit,
    perSecond,
    fasterAt: isDue ? at + limit.fasterAfterMs : limit.fasterAt,
    saved: Math.min(MOST_SAVED, limit.saved + passed * perSecond),
    countedAt: at,
  };
}

/** Guessed again, it grows half as quickly as before. */
function nextGuessMs(before: Limit | null): number {
  return before?.isGuess ? Math.min(before.fasterAfterMs * 2, FASTER_AFTER_MS) : GUESS_DOUBLES_AFTER_MS;
}

function atLeast(perSecond: number): number {
  return Math.max(SLOWEST, perSecond);
}
