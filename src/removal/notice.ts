import type { Posted } from './ports.js';
import { later } from './schedule.js';

/**
 * "Was added back": said once about one proven removal. It waits in the store until Slack has taken it, so a crash or
 * a Slack that is down only delays it.
 */
export interface Notice {
  readonly removalId: string;
  readonly requestId: string;
  readonly addedAt: Date;
  /** The thread of the request's message; where there is none, or it is closed, the person who asked. */
  readonly route: 'thread' | 'person';
  /** Somebody is at Slack with it until `dueAt`; found set when due, its fate is unknown. */
  readonly held: boolean;
  /** Null once nothing is left to do. */
  readonly dueAt: Date | null;
  readonly tries: number;
  /** How many of them may have been heard, without anybody knowing. */
  readonly unheard: number;
  readonly version: number;
}

export interface NoticeStore {
  dueNotices(now: Date, limit: number): Promise<readonly Notice[]>;
  /** Writes it if nobody wrote it since its version was read; null when somebody did. */
  saveNotice(notice: Notice): Promise<Notice | null>;
}

/** Longer than any call to Slack with its timeout. */
const HOLD_MS = 15_000;
/** A post whose fate is unknown is made once more. */
const POSTS_OF_UNKNOWN_FATE = 2;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** Slack out of reach for about a day: nobody needs to hear it any more. */
const MOST_TRIES = 300;

export function noticeFor(removal: { id: string; requestId: string }, addedAt: Date, now: Date): Notice {
  return {
    removalId: removal.id,
    requestId: removal.requestId,
    addedAt,
    route: 'thread',
    held: false,
    dueAt: now,
    tries: 0,
    unheard: 0,
    version: 0,
  };
}

/** Leases a due notice. Found held, whoever had it died, and nobody knows whether Slack took it. */
export function takeUpNotice(notice: Notice, now: Date): Notice {
  const unheard = notice.held ? notice.unheard + 1 : notice.unheard;
  return { ...notice, unheard, held: true, dueAt: later(now, HOLD_MS) };
}

/** True when telling it once more would only repeat what people have probably read. */
export function isSpent({ tries, unheard }: Notice): boolean {
  return unheard >= POSTS_OF_UNKNOWN_FATE || tries >= MOST_TRIES;
}

/** The notice after one try at telling it. */
export function afterNotice(notice: Notice, posted: Posted, now: Date): Notice {
  const ended = { ...notice, held: false, dueAt: null };
  if (posted.ok) return ended;
  const tries = notice.tries + 1;
  if (posted.why === 'refused' || posted.why === 'lost') {
    return notice.route === 'thread' ? { ...ended, route: 'person', tries: 0, dueAt: now } : ended;
  }
  const next = { ...ended, tries, unheard: notice.unheard + (posted.why === 'unknown' ? 1 : 0) };
  const pause = Math.max(Math.min(1_000 * 2 ** tries, LONGEST_PAUSE_MS), posted.retryAfterMs ?? 0);
  return isSpent(next) ? next : { ...next, dueAt: later(now, pause) };
}
