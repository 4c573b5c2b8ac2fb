import type { ChatAnswer, LinqFailure, SendAnswer } from '../../src/removal/answer.js';
import type { Change } from '../../src/removal/change.js';
import type { Chat, Member } from '../../src/removal/chat.js';
import type { ApprovalGiven } from '../../src/removal/decide.js';
import type { Delivery } from '../../src/removal/delivery.js';
import type { ParticipantEvent } from '../../src/removal/event.js';
import type { HistoryEntry } from '../../src/removal/history.js';
import type { Proposal } from '../../src/removal/proposal.js';
import type { Request, Wanted } from '../../src/removal/request.js';
import type { RequestState } from '../../src/removal/state.js';

/* Values of the domain with everything filled in, so that a test names only what it is about. */

export const NOW = new Date('2026-06-01T10:00:00.000Z');
export const CHAT_ID = '550e8400-e29b-41d4-a716-446655440000';
export const PAT = '+12052499136';
export const OUR_LINE = '+12052430001';

/** `at(4)` is four seconds after `NOW`. */
export function at(seconds: number, from: Date = NOW): Date {
  return new Date(from.getTime() + seconds * 1_000);
}

/** Frozen through and through: whoever changes it throws. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

export function aMember(handle: string, changes: Partial<Member> = {}): Member {
  return frozen({ handle, active: true, isUs: false, leftVoluntarily: false, ...changes });
}

/** Our line, pat and as many others as make `size` active members. */
export function membersOf(size: number, pat: Partial<Member> = {}): readonly Member[] {
  const others = Array.from({ length: size - 2 }, (_, index) => aMember(`+1205555${1000 + index}`));
  return [aMember(OUR_LINE, { isUs: true }), aMember(PAT, pat), ...others];
}

/** "Launch crew", an iMessage group of six. */
export function aChat(changes: Partial<Chat> = {}): Chat {
  return frozen({
    id: CHAT_ID,
    name: 'Launch crew',
    isGroup: true,
    service: 'iMessage',
    members: membersOf(6),
    ...changes,
  });
}

/** The chat without pat: gone from the roster, or still on it as somebody who left. */
export function withoutPat(leftVoluntarily?: boolean): Chat {
  const members = membersOf(6, { active: false, leftVoluntarily: leftVoluntarily ?? false });
  return aChat({ members: leftVoluntarily === undefined ? members.filter(({ active }) => active) : members });
}

export function aFailure(changes: Partial<LinqFailure> = {}): LinqFailure {
  return frozen({
    status: null,
    code: null,
    message: null,
    traceId: null,
    retryAfterMs: null,
    sent: 'maybe',
    ...changes,
  });
}

export const shows = (chat: Chat): ChatAnswer => frozen({ ok: true, chat });
export const fails = (changes: Partial<LinqFailure> = {}): (ChatAnswer | SendAnswer) & { ok: false } =>
  frozen({ ok: false, failure: aFailure(changes) });
export const accepts = (traceId: string | null = '9f1c'): SendAnswer => frozen({ ok: true, traceId });

export function aRequest(changes: Partial<Request> = {}): Request {
  return frozen({
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
    ...changes,
  });
}

/** Pat in "Launch crew", as the review showed them. */
export function aWanted(changes: Partial<Wanted> = {}): Wanted {
  return frozen({
    chatId: CHAT_ID,
    chatName: 'Launch crew',
    handle: PAT,
    direction: 'remove',
    wasSeen: true,
    undoes: null,
    ...changes,
  });
}

/** The fields may contradict each other as the types would not allow it: a test knows which state it means. */
export function aChange(changes: Partial<Record<keyof Change, unknown>> = {}): Change {
  return frozen({
    id: 'request-1:1',
    requestId: 'request-1',
    direction: 'remove',
    chatId: CHAT_ID,
    chatName: 'Launch crew',
    handle: PAT,
    status: 'approved',
    attempts: 0,
    mayStillAct: false,
    wasSeen: false,
    stopped: false,
    dueAt: NOW,
    version: 0,
    approvedAt: NOW,
    sentAt: null,
    notBefore: null,
    watchedSince: null,
    deadlineAt: null,
    troubleSince: null,
    settledAt: null,
    reason: null,
    linqSays: null,
    traceId: null,
    provenBy: null,
    leftVoluntarily: false,
    undoes: null,
    ...changes,
  }) as Change;
}

export function aDelivery(changes: Partial<Delivery> = {}): Delivery {
  return frozen({
    id: 'request-1',
    requestId: 'request-1',
    kind: 'status',
    recipient: null,
    changeId: null,
    eventAt: null,
    route: 'channel',
    hint: null,
    place: null,
    wanted: 1,
    shown: 0,
    held: false,
    dueAt: NOW,
    quietUntil: null,
    notBefore: null,
    tries: 0,
    unheard: 0,
    returned: false,
    shownOpen: false,
    toldBad: 0,
    toldAt: null,
    toldGood: false,
    reminded: 0,
    listed: false,
    version: 0,
    ...changes,
  });
}

/** Alice asks for pat to be removed, and it is not decided yet. */
export function aProposal(changes: Partial<Proposal> = {}): Proposal {
  return frozen({
    requestId: 'request-1',
    status: 'pending',
    wanted: [aWanted()],
    approvers: ['U0BOB'],
    needed: 1,
    approvals: [],
    outdated: [],
    lapsed: [],
    people: ['U0BOB'],
    askedIn: 'C0SUPPORT',
    remindAt: null,
    reminders: 0,
    expiresAt: at(8 * 3_600),
    decidedBy: null,
    decidedAt: null,
    declineReason: null,
    ...changes,
  });
}

/** This approver's yes to pat's removal, as everybody sees it. */
export function aYes(by: string, changes: Partial<ApprovalGiven> = {}): ApprovalGiven {
  return frozen({
    by,
    person: by,
    at: at(60),
    fingerprint: 'pat in six',
    wanted: [aWanted()],
    shown: 'Remove pat?',
    lapsed: [],
    ...changes,
  });
}

/** A message and what it speaks about: one queued removal, unless said otherwise. */
export function aState(changes: Partial<RequestState> = {}): RequestState {
  return frozen({
    request: aRequest(),
    changes: [aChange({ status: 'queued', mayStillAct: true })],
    proposal: null,
    status: aDelivery(),
    copies: [],
    addBacks: [],
    thread: null,
    pause: null,
    ...changes,
  });
}

/** Linq says that pat is out of "Launch crew", five seconds after the approval. */
export function anEvent(changes: Partial<ParticipantEvent> = {}): ParticipantEvent {
  const eventId = changes.eventId ?? 'event-1';
  return frozen({
    kind: 'removed',
    deliveryId: `delivery of ${eventId}`,
    eventId,
    chatId: CHAT_ID,
    handle: PAT,
    isUs: false,
    leftVoluntarily: false,
    at: at(5),
    traceId: null,
    ...changes,
  });
}

/** An entry that the store does not write by itself: mallory was refused. */
export function anEntry(changes: Partial<HistoryEntry> = {}): HistoryEntry {
  return frozen({
    at: NOW,
    kind: 'access-refused',
    requestId: null,
    changeId: null,
    teamId: 'T0LINQ',
    channelId: 'C0SUPPORT',
    requestedBy: 'U0MALLORY',
    decidedBy: null,
    chatId: null,
    chatName: null,
    handle: null,
    reason: 'not-allowed',
    note: null,
    shown: null,
    traceId: null,
    ...changes,
  });
}
