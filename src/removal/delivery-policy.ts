import type { Change } from './change.js';
import { type Delivery, isFrozen, type Place, type Route } from './delivery.js';
import { afterFailure, backoff, editPause, isUnheardOf } from './delivery-failure.js';
import type { Posted, Step } from './ports.js';
import { endedByOthers, isPending, type Proposal } from './proposal.js';
import { isAskedHere } from './reminding.js';
import type { Request } from './request.js';
import { later, laterOf } from './schedule.js';
import { addBackEnds, badEndings, hasEnded, type RequestState } from './state.js';

/*
 * How everything is told: what has to be done at Slack next so that people know what is true, and what a step's result
 * means for the next one. Pure; `delivery-steps.ts` carries it out.
 */

/** After this long a person no longer watches the message. */
const LONG_MS = 2 * 60_000;
/** Longer than any call to Slack with its timeout. */
const HOLD_MS = 15_000;
/** Slack: a `response_url` lives 30 minutes; a minute is kept back for clocks that differ. */
const RESPONSE_URL_LIFE_MS = 29 * 60_000;

/** The message names this many changes one by one; of more it names those that need attention. */
export const CHANGES_IN_MESSAGE = 30;

/**
 * Leases a due delivery for one step. Found held, its last step has an unknown fate: then for longer each time, as after
 * any other failure, so that a process that dies over each post does not use up in minutes what is meant for hours.
 */
export function takeUp(delivery: Delivery, now: Date): Delivery {
  const leased = { ...delivery, held: true, dueAt: later(now, HOLD_MS) };
  if (!delivery.held) return leased;
  const taken = afterUnheard({ ...leased, unheard: leased.unheard + 1 });
  if (taken.place || taken.route === 'nowhere') return taken;
  return { ...taken, dueAt: later(now, Math.max(HOLD_MS, backoff(taken.unheard))) };
}

/** A post may be made once more: silence is worse than a second message. After that another way is taken. */
function afterUnheard(delivery: Delivery): Delivery {
  if (delivery.place || !isUnheardOf(delivery)) return delivery;
  if (delivery.kind === 'approval') return { ...delivery, route: 'nowhere', tries: 0 };
  const hasMoreWays = delivery.kind === 'status' && !delivery.returned;
  const route: Route = hasMoreWays ? AFTER_UNHEARD[delivery.route] : 'nowhere';
  return { ...delivery, route, hint: null, unheard: 0, tries: 0 };
}

const AFTER_UNHEARD: Record<Route, Route> = {
  channel: 'response',
  response: 'person',
  person: 'nowhere',
  nowhere: 'nowhere',
};

/** What has to be done at Slack next; null: nothing. */
export function nextStep(delivery: Delivery, state: RequestState, now: Date): Step | null {
  switch (delivery.kind) {
    case 'added-back':
      return firstStep(delivery, state, now);
    case 'expiry':
      return delivery.shown < delivery.wanted && delivery.route !== 'nowhere' ? 'post-to-person' : null;
    case 'approval':
      return nextStepOfApproval(delivery, state);
    case 'status':
      return nextStepOfStatus(delivery, state, now);
  }
}

/** What was decided before it was posted is not asked any more. */
function nextStepOfApproval(delivery: Delivery, { proposal }: RequestState): Step | null {
  const { place, route, shown, wanted } = delivery;
  if (!place) return isPending(proposal) && route !== 'nowhere' && shown < wanted ? 'post' : null;
  if (shown < wanted) return 'edit';
  return mustRemind(delivery, proposal) ? 'remind' : null;
}

function mustRemind({ reminded }: Delivery, proposal: Proposal | null): boolean {
  return isPending(proposal) && reminded < proposal.reminders;
}

function nextStepOfStatus(delivery: Delivery, state: RequestState, now: Date): Step | null {
  if (!delivery.place) return firstStep(delivery, state, now);
  if (isFrozen(delivery)) {
    return hasEnded(state) && hasNews(delivery, state) ? 'follow' : afterword(delivery, state);
  }
  if (delivery.shown < delivery.wanted || hasStaleButton(delivery, state, now)) return 'edit';
  return afterword(delivery, state);
}

/** Something to read that people have not read yet. That Add back began or ended is told in a message of its own. */
function hasNews({ shown, wanted, quietUntil }: Delivery, state: RequestState): boolean {
  if (shown >= wanted) return false;
  if (state.addBacks.length === 0 || !hasEnded(state)) return true;
  const firstAddBack = Math.min(...state.addBacks.map(({ approvedAt }) => approvedAt.getTime()));
  return lastEnd(state.changes) > Math.min(firstAddBack, quietUntil?.getTime() ?? 0);
}

function firstStep(delivery: Delivery, state: RequestState, now: Date): Step | null {
  const { route, shown, wanted } = delivery;
  if (route === 'nowhere' || shown >= wanted) return null;
  if (route === 'channel')
    return belongsInThread(delivery, state) && !threadOf(delivery, state) ? 'post-to-person' : 'post';
  if (route === 'person') return 'post-to-person';
  // A response cannot be edited: the first says how it stands, the second how it ended, and nothing in between.
  if (shown > 0 && !hasEnded(state)) return null;
  return canRespond(state.request, now) ? 'respond' : 'post-to-person';
}

export function belongsInThread({ kind }: Delivery, { request }: RequestState): boolean {
  return kind === 'added-back' || (kind === 'status' && request.undoes !== null);
}

/** The message in whose thread this belongs: the request's own for a notice, the undone request's for Add back. */
export function threadOf({ kind }: Delivery, { status, thread }: RequestState): Place | null {
  return kind === 'added-back' ? status.place : thread;
}

/** What the thread still has to hold: reminders while approvers decide, and more once everything has ended. */
function afterword(delivery: Delivery, state: RequestState): 'list' | 'tell' | 'remind' | null {
  if (!delivery.place) return null;
  if (delivery.kind === 'approval' || isPending(state.proposal))
    return asksOthers(delivery, state) && mustRemind(delivery, state.proposal) ? 'remind' : null;
  if (!hasEnded(state)) return null;
  if (state.changes.length > CHANGES_IN_MESSAGE && !delivery.listed) return 'list';
  return mustTell(delivery, state) ? 'tell' : null;
}

/** A good ending that the asker may be waiting for, a bad one that came late, and one that turned out otherwise. */
function mustTell(delivery: Delivery, state: RequestState): boolean {
  const bad = countBad(state);
  if (bad !== delivery.toldBad) return true;
  return bad === 0 && delivery.shownOpen && !delivery.toldGood && isAwaited(state);
}

function countBad(state: RequestState): number {
  return badEndings(state).length + (endedByOthers(state.proposal) ? 1 : 0);
}

/** The asker may have gone on to other things: approvers decided, or it took a while. */
function isAwaited({ request, changes }: RequestState): boolean {
  return request.approvedBy.length > 0 || lastEnd(changes) - request.createdAt.getTime() > LONG_MS;
}

function lastEnd(changes: readonly Change[]): number {
  return Math.max(...changes.map(({ settledAt }) => settledAt?.getTime() ?? 0));
}

function asksOthers({ kind, route }: Delivery, state: RequestState): boolean {
  return kind === 'approval' || (isAskedHere(state) && route === 'channel');
}

function canRespond({ createdAt, responseUrl }: Request, now: Date): boolean {
  return responseUrl !== null && now.getTime() - createdAt.getTime() < RESPONSE_URL_LIFE_MS;
}

/** The delivery after a step: what people now see, and what comes next or again, and when. */
export function afterStep(
  step: Step | null,
  delivery: Delivery,
  state: RequestState,
  posted: Posted,
  now: Date,
): Delivery {
  const freed = { ...delivery, held: false, dueAt: null };
  if (step === null) return { ...freed, tries: 0, shown: freed.wanted, dueAt: buttonToGo(freed, state, now) };
  if (posted.ok) return afterSuccess(step, freed, state, posted.place, now);
  const told = step === 'remind' ? remindedNow(freed, state) : toldNow(freed, state, null);
  return afterFailure(step, freed, { told, isNews: hasNews(freed, state) }, posted, now);
}

function afterSuccess(
  step: Step,
  freed: Delivery,
  state: RequestState,
  place: Place | null,
  now: Date,
): Delivery {
  const heard = { ...freed, tries: 0, unheard: 0, notBefore: null };
  if (step === 'tell') return withAfterword(toldNow(heard, state, now), state, now);
  if (step === 'remind') return withAfterword(remindedNow(heard, state), state, now);
  if (step === 'list') return withAfterword({ ...heard, listed: true }, state, now);
  if (freed.kind === 'added-back' || freed.kind === 'expiry') return { ...heard, place, shown: freed.wanted };
  const shown = {
    ...heard,
    place: place ?? freed.place,
    shown: freed.wanted,
    shownOpen: freed.shownOpen || !hasEnded(state),
    quietUntil: later(now, editPause(state.changes.length)),
  };
  // A first message that already says how it ended, and a direct message that ends it, are themselves the telling.
  const isTold = step === 'post-to-person' || step === 'follow' || (step !== 'edit' && !shown.shownOpen);
  return withAfterword(isTold && hasEnded(state) ? toldNow(shown, state, null) : shown, state, now);
}

function toldNow(delivery: Delivery, state: RequestState, at: Date | null): Delivery {
  return {
    ...delivery,
    toldBad: countBad(state),
    toldGood: true,
    toldAt: at ?? delivery.toldAt,
  };
}

function remindedNow(delivery: Delivery, { proposal }: RequestState): Delivery {
  return { ...delivery, reminded: proposal?.reminders ?? delivery.reminded };
}

function withAfterword(shown: Delivery, state: RequestState, now: Date): Delivery {
  if (afterword(shown, state)) return { ...shown, dueAt: laterOf(later(now, editPause(1)), shown.notBefore) };
  return { ...shown, dueAt: buttonEnds(shown, state) };
}

/** When the message shows a button that has had its time; null when it shows none. */
function buttonEnds(delivery: Delivery, state: RequestState): Date | null {
  const { place, quietUntil, kind } = delivery;
  const ends = place && kind === 'status' && hasEnded(state) ? addBackEnds(state.changes) : null;
  return ends && quietUntil && quietUntil < ends ? ends : null;
}

/** Taken up before that, because a clock that was set back moved every plan, it is planned anew. */
function buttonToGo(delivery: Delivery, state: RequestState, now: Date): Date | null {
  const ends = buttonEnds(delivery, state);
  return ends && ends > now ? ends : null;
}

function hasStaleButton(delivery: Delivery, state: RequestState, now: Date): boolean {
  const ends = buttonEnds(delivery, state);
  return ends !== null && ends <= now;
}

/** Slack has no place for this step before then; whatever news comes meanwhile, it waits until it. */
export function waitForSlot(delivery: Delivery, slot: Date): Delivery {
  return {
    ...delivery,
    notBefore: laterOf(slot, delivery.notBefore),
    dueAt: laterOf(slot, delivery.notBefore),
  };
}
