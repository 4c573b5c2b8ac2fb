import type { Announcement } from '../../src/removal/announcement.js';
import type { Chat, Member } from '../../src/removal/chat.js';
import type { Announceable, ChatAnswer, LinqFailure, RemoveAnswer } from '../../src/removal/ports.js';
import type { Proposal } from '../../src/removal/proposal.js';
import type { Removal, Request } from '../../src/removal/removal.js';

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
  return frozen({ handle, active: true, isUs: false, leftAlone: false, ...changes });
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
export function withoutPat(leftAlone?: boolean): Chat {
  const members = membersOf(6, { active: false, leftAlone: leftAlone ?? false });
  return aChat({ members: leftAlone === undefined ? members.filter(({ active }) => active) : members });
}

export function aFailure(changes: Partial<LinqFailure> = {}): LinqFailure {
  return frozen({
    status: null,
    code: null,
    message: null,
    traceId: null,
    retryAfterMs: null,
    ...changes,
  });
}

export const shows = (chat: Chat): ChatAnswer => frozen({ ok: true, chat });
export const fails = (changes: Partial<LinqFailure> = {}): (ChatAnswer | RemoveAnswer) & { ok: false } =>
  frozen({ ok: false, failure: aFailure(changes) });
export const accepts = (traceId: string | null = '9f1c'): RemoveAnswer => frozen({ ok: true, traceId });

export function aRequest(changes: Partial<Request> = {}): Request {
  return frozen({
    id: 'request-1',
    viewId: 'V0REVIEW',
    teamId: 'T0LINQ',
    channelId: 'C0SUPPORT',
    requestedBy: 'U0ALICE',
    note: null,
    responseUrl: 'https://hooks.slack.com/commands/T0LINQ/1/secret',
    commandHadText: false,
    createdAt: NOW,
    approvedBy: null,
    stoppedBy: null,
    ...changes,
  });
}

export function aRemoval(changes: Partial<Removal> = {}): Removal {
  return frozen({
    id: 'removal-1',
    requestId: 'request-1',
    chatId: CHAT_ID,
    chatName: 'Launch crew',
    handle: PAT,
    status: 'approved',
    attempts: 0,
    dueAt: NOW,
    version: 0,
    approvedAt: NOW,
    sentAt: null,
    notBefore: null,
    provingSince: null,
    settledAt: null,
    reason: null,
    linqSays: null,
    traceId: null,
    leftAlone: false,
    ...changes,
  });
}

export function anAnnouncement(changes: Partial<Announcement> = {}): Announcement {
  return frozen({
    requestId: 'request-1',
    delivery: { route: 'channel', hint: null },
    place: null,
    wanted: 1,
    shown: 0,
    held: false,
    dueAt: NOW,
    quietUntil: null,
    tries: 0,
    shownOpen: false,
    told: false,
    listed: false,
    version: 0,
    ...changes,
  });
}

/** Alice asks for pat to be removed, and nobody has decided yet. */
export function aProposal(changes: Partial<Proposal> = {}): Proposal {
  return frozen({
    requestId: 'request-1',
    status: 'pending',
    handle: PAT,
    chats: [{ chatId: CHAT_ID, chatName: 'Launch crew' }],
    approvers: ['U0BOB'],
    expiresAt: at(8 * 3_600),
    decidedBy: null,
    decidedAt: null,
    declineReason: null,
    ...changes,
  });
}

/** A message and what it speaks about: one queued removal, unless said otherwise. */
export function aSubject(changes: Partial<Announceable> = {}): Announceable {
  return frozen({
    announcement: anAnnouncement(),
    request: aRequest(),
    removals: [aRemoval({ status: 'queued' })],
    proposal: null,
    additions: [],
    ...changes,
  });
}
