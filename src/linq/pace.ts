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

export function createPace(now: () => Date): Pace {
  /** When calls left, within the last seconds, while no limit is known; since the last lesson otherwise. */
  let left: number[] = [];
  let perSecond: number | null = null;
  let saved = MOST_SAVED;
  let reserved = 0;
  let countedAt = 0;
  let learnedAt = 0;
  /** So many seconds were looked at for the last lesson. */
  let learnedOver = 1;
  let fasterAt = 0;

  function count(): void {
    const at = now().getTime();
    if (perSecond === null) return;
    if (at - learnedAt > FORGOTTEN_AFTER_MS) {
      perSecond = null;
      left = [];
      return;
    }
    if (at >= fasterAt) {
      perSecond *= FASTER_BY;
      fasterAt = at + FASTER_AFTER_MS;
    }
    saved = Math.min(MOST_SAVED, saved + (Math.max(0, at - countedAt) / SECOND) * perSecond);
    countedAt = at;
  }

  /** As fast as calls left before the refusal: within a second at first, since the last lesson later on. */
  function observed(at: number): number {
    const since = perSecond === null ? at - SECOND : learnedAt;
    const calls = left.filter((time) => time > since).length;
    return calls / spanUntil(at);
  }

  /** In seconds. */
  function spanUntil(at: number): number {
    return perSecond === null ? 1 : Math.max(1, (at - learnedAt) / SECOND);
  }

  return {
    nextAt() {
      count();
      const free = saved - reserved;
      if (perSecond === null || free >= 1) return null;
      // A thousandth of a millisecond is rounding, not time.
      const ms = Math.ceil(((1 - free) / perSecond) * SECOND - 0.001);
      return new Date(now().getTime() + Math.max(ms, 1));
    },
    reserve() {
      reserved += 1;
      let isKept = true;
      return () => {
        if (isKept) reserved -= 1;
        isKept = false;
      };
    },
    leaves() {
      count();
      const at = now().getTime();
      left.push(at);
      if (perSecond !== null) saved -= 1;
      else left = left.filter((time) => time > at - SECOND);
    },
    refused() {
      const at = now().getTime();
      // The refused call itself is among those that left; left before the last lesson, it was counted in that one.
      const wasCounted = left.pop() === undefined;
      if (perSecond !== null && at - learnedAt < ONE_LESSON_MS) {
        if (wasCounted) perSecond = Math.max(SLOWEST, perSecond - 1 / learnedOver);
        return;
      }
      const learned = observed(at);
      learnedOver = spanUntil(at);
      perSecond = Math.max(SLOWEST, perSecond === null ? learned : Math.min(perSecond * 0.9, learned));
      learnedAt = at;
      countedAt = at;
      fasterAt = at + FASTER_AFTER_MS;
      saved = 0;
      left = [];
    },
  };
}
