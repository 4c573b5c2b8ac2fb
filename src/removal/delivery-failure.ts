import type { Delivery, Hint, Route } from './delivery.js';
import type { Posted, Step } from './ports.js';
import { later } from './schedule.js';

type Failed = Posted & { readonly ok: false };

/** A post whose fate is unknown may be made once more: silence is worse than a second message. */
export const POSTS_OF_UNKNOWN_FATE = 2;
/** After the last way there is only silence, so it is tried for some hours: Slack may be out of reach for that long. */
const LAST_POSTS_OF_UNKNOWN_FATE = 60;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** Asked to wait longer than this before a first post, the next way is taken instead. */
const LONGEST_POST_WAIT_MS = 60_000;
/** Slack out of reach for about a day: a reply in a thread need not be made any more. */
const MOST_TRIES = 300;

/** Edits of one message come at most this often; a message about many chats changes too often for more. */
export function editPause(changes: number): number {
  return changes > 10 ? 4_000 : 1_000;
}

/** Posted so often without hearing what became of it that another way is taken. */
export function isUnheardOf(delivery: Delivery): boolean {
  return delivery.unheard >= (isLastWay(delivery) ? LAST_POSTS_OF_UNKNOWN_FATE : POSTS_OF_UNKNOWN_FATE);
}

function isLastWay({ kind, route, place, returned }: Delivery): boolean {
  if (place !== null) return false;
  return kind === 'approval' || kind === 'expiry' || (kind === 'status' && (route === 'person' || returned));
}

/**
 * The delivery after a step that did not work: again later, another way, or no more. `told` is the delivery as if the
 * thread had been told: the message itself already says it. `isNews`: an edit would have said something new.
 */
export function afterFailure(
  step: Step,
  freed: Delivery,
  { told, isNews }: { readonly told: Delivery; readonly isNews: boolean },
  posted: Failed,
  now: Date,
): Delivery {
  const tries = freed.tries + 1;
  const wait = pause(tries, posted);
  const dueAt = later(now, wait);
  const unheard = freed.unheard + (posted.why === 'unknown' ? 1 : 0);
  const again = {
    ...freed,
    tries,
    unheard,
    dueAt,
    notBefore: posted.why === 'later' ? dueAt : freed.notBefore,
  };
  switch (step) {
    case 'edit':
      // Edits may be repeated without harm.
      return isDoor(posted)
        ? afterClosedEdit(freed, isNews, posted, now)
        : { ...again, unheard: freed.unheard };
    case 'follow':
      return isOver(again, posted) ? { ...reroute(freed, 'person', 'deleted', now), place: null } : again;
    case 'list':
      // The message names no more than what needs attention: the asker gets the list with another one.
      if (isDoor(posted) && freed.route !== 'person')
        return { ...reroute(freed, 'person', posted.hint ?? 'deleted', now), place: null, shown: 0 };
      return isOver(again, posted) ? { ...told, listed: true, tries: 0, unheard: 0 } : again;
    case 'tell':
    case 'remind':
      return isOver(again, posted) ? { ...told, tries: 0, unheard: 0 } : again;
    case 'respond':
      return reroute(freed, 'person', freed.hint, now);
    case 'post-to-person':
      return isOver(again, posted) ? afterLastWay(freed, posted, now) : again;
    case 'post':
      return afterFailedPost(freed, again, posted, now);
  }
}

/** The way is closed, or the words have probably been heard twice. */
function isOver(again: Delivery, failed: Failed): boolean {
  return isDoor(failed) || isUnheardOf(again) || again.tries >= MOST_TRIES;
}

/** The conversation may have fallen silent only for a while, and is tried once more; one that refused is not. */
function afterLastWay(freed: Delivery, posted: Failed, now: Date): Delivery {
  const fellSilent = freed.kind === 'status' && freed.route !== 'channel' && freed.hint === null;
  if (isDoor(posted) && fellSilent && !freed.returned)
    return { ...reroute(freed, 'channel', null, now), returned: true };
  return { ...freed, route: 'nowhere' };
}

function afterFailedPost(freed: Delivery, again: Delivery, posted: Failed, now: Date): Delivery {
  if (freed.kind === 'approval') return afterFailedRequest(again, posted);
  if (freed.returned) return isOver(again, posted) ? { ...freed, route: 'nowhere' } : again;
  const tooLong = posted.why === 'later' && (posted.retryAfterMs ?? 0) > LONGEST_POST_WAIT_MS;
  const givesUp = posted.why === 'misconfigured' || tooLong || isOver(again, posted);
  if (!givesUp) return again;
  // A notice has no `response_url` of its own.
  return reroute(freed, freed.kind === 'status' ? 'response' : 'person', posted.hint, now);
}

/** There is no other way to the one who is asked: it is tried as long as Slack does not refuse. */
function afterFailedRequest(again: Delivery, posted: Failed): Delivery {
  if (posted.why !== 'misconfigured' && !isOver(again, posted)) return again;
  return { ...again, route: 'nowhere', hint: posted.hint, tries: 0, notBefore: null, dueAt: null };
}

/** A message that is gone, or takes no edit, or stands behind a closed door. */
function isDoor({ why }: Failed): boolean {
  return why === 'lost' || why === 'frozen' || why === 'refused';
}

function afterClosedEdit(freed: Delivery, isNews: boolean, posted: Failed, now: Date): Delivery {
  // It stood there once: that it was never read cannot be said.
  if (freed.kind === 'approval')
    return { ...reroute(freed, 'nowhere', posted.hint, now), place: null, shown: freed.wanted, unheard: 1 };
  // Nothing new was to be read, only a button to come or go: said elsewhere it may be outdated, and is not worth it.
  if (!isNews) return { ...freed, tries: 0, shown: freed.wanted, quietUntil: later(now, editPause(1)) };
  // People go on reading it: what it no longer says is told under it. A direct message is simply written anew.
  if (posted.why === 'frozen') {
    return freed.route === 'channel'
      ? { ...freed, tries: 0, hint: 'deleted', dueAt: now }
      : { ...reroute(freed, freed.route, freed.hint, now), place: null };
  }
  // A message that people deleted is not posted again for all to see.
  if (posted.why === 'lost') {
    return {
      ...reroute(freed, freed.route === 'person' ? 'nowhere' : 'person', 'deleted', now),
      place: null,
    };
  }
  return {
    ...reroute(freed, freed.route === 'person' ? 'nowhere' : 'response', posted.hint, now),
    place: null,
  };
}

function reroute(freed: Delivery, route: Route, hint: Hint, now: Date): Delivery {
  return {
    ...freed,
    route,
    hint,
    tries: 0,
    unheard: 0,
    notBefore: null,
    dueAt: route === 'nowhere' ? null : now,
  };
}

/** 2, 4, 8 s … up to five minutes, in milliseconds. */
export function backoff(tries: number): number {
  return Math.min(1_000 * 2 ** Math.min(tries, 20), LONGEST_PAUSE_MS);
}

/** What Slack asked for, or what grows by itself. */
function pause(tries: number, { why, retryAfterMs }: Failed): number {
  if (why === 'later' && retryAfterMs !== null) return Math.max(retryAfterMs, 1_000);
  return Math.max(backoff(tries), retryAfterMs ?? 0);
}
