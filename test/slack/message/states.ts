import type { Change } from '../../../src/removal/change.js';
import type { Delivery } from '../../../src/removal/delivery.js';
import type { Proposal } from '../../../src/removal/proposal.js';
import type { Request, Wanted } from '../../../src/removal/request.js';
import type { RequestState } from '../../../src/removal/state.js';

/* Requests as they stand, with everything filled in, so that a test names only what it is about. */

export const NOW = new Date('2026-06-01T10:00:00.000Z');
export const CHAT_ID = '550e8400-e29b-41d4-a716-446655440000';
export const PAT = '+12052499136';
export const SAM = '+442079460958';

/** `at(4)` is four seconds after `NOW`. */
export function at(seconds: number): Date {
  return new Date(NOW.getTime() + seconds * 1_000);
}

export function aRequest(facts: Partial<Request> = {}): Request {
  return {
    id: 'request-1',
    viewId: 'V0REVIEW',
    teamId: 'T0LINQ',
    channelId: 'C0SUPPORT',
    threadTs: null,
    requestedBy: 'U0ALICE',
    note: null,
    responseUrl: 'https://hooks.slack.com/commands/T0LINQ/1/secret',
    commandHadText: false,
    createdAt: NOW,
    approvedBy: [],
    stoppedBy: null,
    undoes: null,
    ...facts,
  };
}

/** What a test says of a change, whatever its status; `aChange` makes a member of the union of it. */
export type ChangeFacts = { readonly [K in keyof Change]?: Change[K] };

/** Pat is to leave "Launch crew", in which a reading showed them. */
export function aChange(facts: ChangeFacts = {}): Change {
  const change = {
    id: 'request-1:1',
    requestId: 'request-1',
    direction: 'remove',
    chatId: CHAT_ID,
    chatName: 'Launch crew',
    handle: PAT,
    status: 'queued',
    attempts: 1,
    mayStillAct: false,
    wasSeen: true,
    stopped: false,
    dueAt: null,
    version: 0,
    approvedAt: NOW,
    sentAt: NOW,
    notBefore: null,
    watchedSince: null,
    deadlineAt: null,
    troubleSince: null,
    settledAt: null,
    reason: null,
    linqSays: null,
    traceId: null,
    leftVoluntarily: false,
    undoes: null,
    // A refusal has its reason and `gone` was seen: by the type, and in every test that makes one.
    ...(facts.status === 'refused' && { reason: 'other-refusal' }),
    ...facts,
  };
  return change as Change;
}

export function aDelivery(facts: Partial<Delivery> = {}): Delivery {
  return {
    id: 'request-1',
    requestId: 'request-1',
    kind: 'status',
    changeId: null,
    eventAt: null,
    route: 'channel',
    hint: null,
    place: null,
    wanted: 1,
    shown: 0,
    held: true,
    dueAt: NOW,
    quietUntil: null,
    notBefore: null,
    tries: 0,
    unheard: 0,
    shownOpen: false,
    toldBad: 0,
    toldAt: null,
    listed: false,
    version: 0,
    ...facts,
  };
}

export function aWanted(facts: Partial<Wanted> = {}): Wanted {
  return {
    chatId: CHAT_ID,
    chatName: 'Launch crew',
    handle: PAT,
    direction: 'remove',
    wasSeen: true,
    undoes: null,
    ...facts,
  };
}

/** Alice asks for pat to be removed, and bob has not decided yet. */
export function aProposal(facts: Partial<Proposal> = {}): Proposal {
  return {
    requestId: 'request-1',
    status: 'pending',
    wanted: [aWanted()],
    approvers: ['U0BOB'],
    expiresAt: at(8 * 3_600),
    decidedBy: null,
    decidedAt: null,
    declineReason: null,
    ...facts,
  };
}

/** One queued removal, unless said otherwise. */
export function aState(facts: Partial<RequestState> = {}): RequestState {
  return {
    request: aRequest(),
    changes: [aChange()],
    proposal: null,
    status: aDelivery(),
    addBacks: [],
    thread: null,
    ...facts,
  };
}

/** One change. */
export function about(facts: ChangeFacts, request = aRequest()): RequestState {
  return aState({ request, changes: [aChange(facts)] });
}

/** So many changes, each in a chat of its own. */
export function many(...changes: readonly ChangeFacts[]): RequestState {
  return aState({
    changes: changes.map((facts, index) =>
      aChange({ id: `${index}`, chatId: `chat-${1000 + index}`, ...facts }),
    ),
  });
}

export const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
