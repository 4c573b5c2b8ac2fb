import type { Addition, Telling } from './addition.js';
import { planned } from './addition-life.js';
import type { Posted } from './ports.js';
import { later } from './schedule.js';

/* How people come to know of an addition: one reply in the thread, edited as the truth changes. */

/** Longer than any call to Slack with its timeout. */
const HOLD_MS = 15_000;
/** A post whose fate is unknown may be made once more: silence is worse than a second reply. */
const POSTS_OF_UNKNOWN_FATE = 2;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** Slack out of reach for about a day: nobody needs to hear it any more. */
const MOST_TRIES = 300;

/** Whether people have to be told something before anything else happens. */
export function isToBeTold({ telling }: Addition, now: Date): boolean {
  return telling.at !== null && telling.at <= now;
}

/** Leases it for one try at telling. */
export function takeUpTelling(addition: Addition, now: Date): Addition {
  const { telling } = addition;
  const lost = telling.held && !telling.place ? 1 : 0;
  return {
    ...addition,
    dueAt: later(now, HOLD_MS),
    telling: { ...telling, held: true, unheard: telling.unheard + lost },
  };
}

/** True when telling it once more would only repeat what people have probably read. */
export function isToldEnough({ telling }: Addition): boolean {
  return (!telling.place && telling.unheard >= POSTS_OF_UNKNOWN_FATE) || telling.tries >= MOST_TRIES;
}

export function afterTelling(addition: Addition, posted: Posted, now: Date): Addition {
  return planned({ ...addition, telling: afterPost({ ...addition.telling, held: false }, posted, now) });
}

function afterPost(telling: Telling, posted: Posted, now: Date): Telling {
  const known = { ...telling, shown: telling.wanted, at: null, tries: 0, unheard: 0 };
  if (posted.ok) return { ...known, place: posted.place ?? telling.place };
  if (posted.why === 'refused' || posted.why === 'lost') {
    // A reply that can no longer be edited, or a person who cannot be reached: that is the end of the ways.
    return telling.place || telling.toPerson ? known : { ...telling, toPerson: true, tries: 0, at: now };
  }
  const tries = telling.tries + 1;
  const unheard = telling.unheard + (posted.why === 'unknown' && !telling.place ? 1 : 0);
  const growing = Math.min(1_000 * 2 ** tries, LONGEST_PAUSE_MS);
  return { ...telling, tries, unheard, at: later(now, Math.max(growing, posted.retryAfterMs ?? 0)) };
}
