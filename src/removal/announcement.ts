import { addBackEnds } from './addition.js';
import { afterFailure, EDIT_PAUSE_MS, POSTS_OF_UNKNOWN_FATE } from './announcement-failure.js';
import type { Announceable, Posted } from './ports.js';
import { endedUndone, isPending } from './proposal.js';
import { endedBadly, isFinal, type Request } from './removal.js';
import { later } from './schedule.js';

/** Where a message stands; both parts are needed to edit it. */
export interface Place {
  readonly channel: string;
  readonly ts: string;
}

/** How the outcome reaches people: the channel first, then the command's `response_url`, then a direct message. */
export interface Delivery {
  readonly route: 'channel' | 'response' | 'person' | 'nowhere';
  /** Why the channel was given up, for the words that go with the fallback. */
  readonly hint: 'invite' | 'closed' | 'admin' | null;
}

/** The one message of a request, and how far it has caught up with the truth. */
export interface Announcement {
  readonly requestId: string;
  readonly delivery: Delivery;
  readonly place: Place | null;
  /** How many times news asked for the message to change, and which of them it shows. */
  readonly wanted: number;
  readonly shown: number;
  /** Somebody is at Slack with it right now, until `dueAt`. Found set when due: they died, and its fate is unknown. */
  readonly held: boolean;
  readonly dueAt: Date | null;
  /** Until then no edit: Slack's limits, and eyes, take one a second. */
  readonly quietUntil: Date | null;
  /** Tries of the present step that failed or whose fate is unknown. */
  readonly tries: number;
  /** The first words were not the last: a bad ending is then also told in the thread. */
  readonly shownOpen: boolean;
  readonly told: boolean;
  /** The message was too short for every chat, and the whole list stands in its thread. */
  readonly listed: boolean;
  readonly version: number;
}

export type Step = 'post' | 'edit' | 'list' | 'tell' | 'respond' | 'post-to-person' | 'rest';

/** Before Linq has answered, nothing is said for this long: one message with an answer beats two without. */
const FIRST_WORD_AFTER_MS = 4_000;
/** Longer than any call to Slack with its timeout. */
const HOLD_MS = 15_000;
/** Slack: a `response_url` lives 30 minutes; a minute is kept back for clocks that differ. */
const RESPONSE_URL_LIFE_MS = 29 * 60_000;

/** The message names this many chats one by one; of more it names those that need attention. */
export const CHATS_IN_MESSAGE = 30;

export function announcementFor(request: Request): Announcement {
  return {
    requestId: request.id,
    delivery: { route: 'channel', hint: null },
    place: null,
    wanted: 1,
    shown: 0,
    held: false,
    dueAt: later(request.createdAt, FIRST_WORD_AFTER_MS),
    quietUntil: null,
    tries: 0,
    shownOpen: false,
    told: false,
    listed: false,
    version: 0,
  };
}

/**
 * Leases a due announcement for one step. Found held, its last step has an unknown fate: that counts as a try.
 */
export function takeUpAnnouncement(announcement: Announcement, now: Date): Announcement {
  const leased = { ...announcement, held: true, dueAt: later(now, HOLD_MS) };
  if (!announcement.held) return leased;
  const tries = announcement.tries + 1;
  const postSpent = !leased.place && leased.delivery.route === 'channel' && tries >= POSTS_OF_UNKNOWN_FATE;
  return postSpent
    ? { ...leased, tries: 0, delivery: { route: 'response', hint: null } }
    : { ...leased, tries };
}

/** What has to be done at Slack next so that people know what is true. */
export function nextStep(subject: Announceable, now: Date): Step {
  const { announcement, request } = subject;
  const { delivery, place, shown, wanted } = announcement;
  if (place) {
    if (shown < wanted || hasStaleButton(subject, now)) return 'edit';
    return afterword(announcement, subject) ?? 'rest';
  }
  if (delivery.route === 'nowhere' || shown >= wanted) return 'rest';
  if (delivery.route === 'channel') return 'post';
  if (delivery.route === 'person') return 'post-to-person';
  // A response cannot be edited: the first says how it stands, the second how it ended, and nothing in between.
  if (shown > 0 && !hasEnded(subject)) return 'rest';
  return canRespond(request, now) ? 'respond' : 'post-to-person';
}

/** What the thread still has to hold once everything has ended. */
function afterword(announcement: Announcement, subject: Announceable): 'list' | 'tell' | null {
  const { removals } = subject;
  if (!announcement.place || !hasEnded(subject)) return null;
  if (removals.length > CHATS_IN_MESSAGE && !announcement.listed) return 'list';
  return mustTell(announcement, subject) ? 'tell' : null;
}

function mustTell(announcement: Announcement, { proposal, removals }: Announceable): boolean {
  const late = announcement.shownOpen && !announcement.told;
  return late && (endedUndone(proposal) || removals.some(endedBadly));
}

/** Nothing is open any more: neither a decision nor a removal. */
function hasEnded({ proposal, removals }: Announceable): boolean {
  return !isPending(proposal) && removals.every(({ status }) => isFinal(status));
}

function canRespond(request: Request, now: Date): boolean {
  const age = now.getTime() - request.createdAt.getTime();
  return request.responseUrl !== null && age < RESPONSE_URL_LIFE_MS;
}

/** The announcement after a step: what people now see, and what comes next or again, and when. */
export function afterStep(step: Step, subject: Announceable, posted: Posted, now: Date): Announcement {
  const freed = { ...subject.announcement, held: false, dueAt: null };
  if (step === 'rest') return { ...freed, tries: 0, shown: freed.wanted };
  return posted.ok
    ? afterSuccess(step, freed, subject, posted.place, now)
    : afterFailure(step, freed, posted, now);
}

function afterSuccess(
  step: Step,
  freed: Announcement,
  subject: Announceable,
  place: Place | null,
  now: Date,
): Announcement {
  if (step === 'tell') return withAfterword({ ...freed, told: true, tries: 0 }, subject, now);
  if (step === 'list') return withAfterword({ ...freed, listed: true, tries: 0 }, subject, now);
  const shown = {
    ...freed,
    place: place ?? freed.place,
    shown: freed.wanted,
    shownOpen: freed.shownOpen || !hasEnded(subject),
    quietUntil: later(now, EDIT_PAUSE_MS),
    // A direct message that ends it is itself the telling.
    told: freed.told || (step === 'post-to-person' && hasEnded(subject)),
    tries: 0,
  };
  return withAfterword(shown, subject, now);
}

function withAfterword(shown: Announcement, subject: Announceable, now: Date): Announcement {
  if (afterword(shown, subject)) return { ...shown, dueAt: later(now, EDIT_PAUSE_MS) };
  return { ...shown, dueAt: buttonEnds({ ...subject, announcement: shown }) };
}

/** When the message shows a button that has had its time; null when it shows none. */
function buttonEnds(subject: Announceable): Date | null {
  const { place, quietUntil } = subject.announcement;
  const ends = place && hasEnded(subject) ? addBackEnds(subject.removals) : null;
  const lastShown = quietUntil && later(quietUntil, -EDIT_PAUSE_MS);
  return ends && lastShown && lastShown < ends ? ends : null;
}

function hasStaleButton(subject: Announceable, now: Date): boolean {
  const ends = buttonEnds(subject);
  return ends !== null && ends <= now;
}
