import type { Announcement, Delivery, Step } from './announcement.js';
import type { Posted } from './ports.js';
import { later } from './schedule.js';

/** Edits of one message come at most this often. */
export const EDIT_PAUSE_MS = 1_000;
/** A post whose fate is unknown may be made once more: silence is worse than a second message. */
export const POSTS_OF_UNKNOWN_FATE = 2;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** Asked to wait longer than this before a first post, we take the next way instead. */
const LONGEST_POST_WAIT_MS = 60_000;

/** The announcement after a step that did not work: again later, another way, or no more. */
export function afterFailure(
  step: Step,
  freed: Announcement,
  posted: Posted & { ok: false },
  now: Date,
): Announcement {
  const tries = freed.tries + 1;
  const again = { ...freed, tries, dueAt: later(now, pause(tries, posted.retryAfterMs)) };
  switch (step) {
    case 'edit':
      return afterFailedEdit(freed, again, posted, now);
    case 'list':
    case 'tell':
      // The message itself already says it; a thread that cannot be written to, or a second unheard try, ends it.
      return posted.why === 'refused' || posted.why === 'lost' || isSpent(posted, tries)
        ? { ...freed, listed: true, told: true, tries: 0 }
        : again;
    case 'respond':
      return reroute(freed, 'person', freed.delivery.hint, now);
    case 'post-to-person':
      return posted.why === 'refused'
        ? { ...freed, delivery: { ...freed.delivery, route: 'nowhere' } }
        : again;
    default:
      return afterFailedPost(freed, again, posted, now);
  }
}

function afterFailedPost(
  freed: Announcement,
  again: Announcement,
  posted: Posted & { ok: false },
  now: Date,
): Announcement {
  const tooLong = posted.why === 'later' && (posted.retryAfterMs ?? 0) > LONGEST_POST_WAIT_MS;
  const givesUp =
    posted.why === 'refused' || posted.why === 'misconfigured' || tooLong || isSpent(posted, again.tries);
  return givesUp ? reroute(freed, 'response', posted.hint, now) : again;
}

/** Edits may be repeated without harm, so only a message that is gone, or a closed door, changes the way. */
function afterFailedEdit(
  freed: Announcement,
  again: Announcement,
  posted: Posted & { ok: false },
  now: Date,
): Announcement {
  const anew = freed.delivery.route === 'person' ? 'person' : 'channel';
  const isDoor = posted.why === 'lost' || posted.why === 'refused';
  // Nothing new was to be read, only a button to go: that is not worth a message elsewhere.
  if (isDoor && freed.shown >= freed.wanted)
    return { ...freed, tries: 0, quietUntil: later(now, EDIT_PAUSE_MS) };
  if (posted.why === 'lost') return { ...reroute(freed, anew, null, now), place: null };
  if (posted.why === 'refused') return { ...reroute(freed, 'response', posted.hint, now), place: null };
  return again;
}

function isSpent(posted: Posted & { ok: false }, tries: number): boolean {
  return posted.why === 'unknown' && tries >= POSTS_OF_UNKNOWN_FATE;
}

function reroute(
  freed: Announcement,
  route: Delivery['route'],
  hint: Delivery['hint'],
  now: Date,
): Announcement {
  return { ...freed, delivery: { route, hint }, tries: 0, dueAt: now };
}

/** 2, 4, 8 s … up to five minutes; never less than Slack asked for. */
function pause(tries: number, retryAfterMs: number | null): number {
  const growing = Math.min(1_000 * 2 ** tries, LONGEST_PAUSE_MS);
  return Math.max(growing, retryAfterMs ?? 0);
}
