import type { Announcement } from '../../src/removal/announcement.js';
import type { HistoryEntry } from '../../src/removal/history.js';
import type { Removal, Request } from '../../src/removal/removal.js';

const START = Date.parse('2026-11-22T10:00:00.000Z');

/** `at(4)` is four seconds after the approval. */
export function at(seconds: number): Date {
  return new Date(START + seconds * 1_000);
}

export function aRequest(id: string, changes: Partial<Request> = {}): Request {
  return {
    id,
    viewId: `V-${id}`,
    teamId: 'T0LINQ',
    channelId: 'C0SUPPORT',
    requestedBy: 'U0ALICE',
    note: null,
    responseUrl: null,
    commandHadText: false,
    createdAt: at(0),
    approvedBy: null,
    stoppedBy: null,
    ...changes,
  };
}

export function aRemoval(requestId: string, id: string, changes: Partial<Removal> = {}): Removal {
  return {
    id,
    requestId,
    chatId: `chat-${id}`,
    chatName: null,
    handle: '+12052499136',
    status: 'approved',
    attempts: 0,
    dueAt: at(0),
    version: 0,
    approvedAt: at(0),
    sentAt: null,
    notBefore: null,
    provingSince: null,
    settledAt: null,
    reason: null,
    linqSays: null,
    traceId: null,
    leftAlone: false,
    ...changes,
  };
}

export function anAnnouncement(requestId: string, changes: Partial<Announcement> = {}): Announcement {
  return {
    requestId,
    delivery: { route: 'channel', hint: null },
    place: null,
    wanted: 1,
    shown: 0,
    held: false,
    dueAt: at(4),
    quietUntil: null,
    tries: 0,
    shownOpen: false,
    told: false,
    listed: false,
    version: 0,
    ...changes,
  };
}

/** An entry that the store does not write by itself: mallory was refused. */
export function anEntry(changes: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    at: at(0),
    kind: 'access-refused',
    requestId: null,
    removalId: null,
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
  };
}
