import type { Change, Status } from './change.js';
import type { Place } from './delivery.js';
import type { Proposal } from './proposal.js';
import type { Request } from './request.js';

/**
 * What happened. The statuses of a removal (`removed` for done) and of an addition (`added-back` for done), what came
 * after, and the decisions that are not about one change: who was refused, and what approvers decided.
 */
export type HistoryKind =
  | Exclude<Status, 'done'>
  | 'removed'
  | `add-${Exclude<Status, 'done'>}`
  | 'added-back'
  | 'access-refused'
  /** A person's chats were looked up, and nothing else. */
  | 'looked-up'
  | ApprovalKind
  | `add-${ApprovalKind}`;

/** What others decide, or do not; before an addition `add-` stands before it. */
export type ApprovalKind =
  | 'approval-asked'
  /** One of several that are needed. */
  | 'approval-given'
  | 'approval-outdated'
  | 'approval-declined'
  | 'approval-withdrawn'
  | 'approval-undelivered'
  | 'approval-expired';

/** One decision or change of status. It is written once and never changed, except that `clearBefore` empties it. */
export interface HistoryEntry {
  readonly at: Date;
  readonly kind: HistoryKind;
  readonly requestId: string | null;
  readonly changeId: string | null;
  readonly teamId: string;
  /** Where the command was typed. */
  readonly channelId: string | null;
  /** Who asked. */
  readonly requestedBy: string;
  /** Another person who decided it: an approver, or who pressed Stop. */
  readonly decidedBy: string | null;
  readonly chatId: string | null;
  /** As Linq last showed it; untrusted, like the handle and the note. */
  readonly chatName: string | null;
  readonly handle: string | null;
  /** Why it came to this: the name of a reason (see `reasons.ts`), or why a person was refused. */
  readonly reason: string | null;
  /** The reason that a person typed. */
  readonly note: string | null;
  /** What the review showed to the person who approved it; on the first entry of a request alone. */
  readonly shown: string | null;
  readonly traceId: string | null;
}

/** An entry as it is kept. */
export interface HistoryRecord extends HistoryEntry {
  /** Grows in the order of writing. */
  readonly id: number;
  /** When handle, chat name, note and what was shown were cleared. */
  readonly clearedAt: Date | null;
  /** The request's message, where there is one. */
  readonly place: Place | null;
}

export interface LatestQuery {
  readonly teamId: string;
  /** What was asked for and became of it, or the attempts of people who were refused. */
  readonly what: 'requests' | 'refused';
  /** Only what this person asked for, and what was asked for in this conversation; null: everything, looks included. */
  readonly only: { readonly requestedBy: string; readonly channelId: string } | null;
  /** Null: any. */
  readonly chatId: string | null;
  /** Of any of these, compared without case, digits also without what stands between them. Null: any. */
  readonly handles: readonly string[] | null;
  /** Only what is older or newer than this record; null: from the newest on. */
  readonly beyond: (Pick<HistoryRecord, 'at' | 'id'> & { readonly order: 'older' | 'newer' }) | null;
  readonly limit: number;
}

export interface PageQuery {
  readonly since: Date | null;
  /** Not included. */
  readonly until: Date | null;
  /** The last record of the page before. */
  readonly after: Pick<HistoryRecord, 'at' | 'id'> | null;
  readonly limit: number;
}

/** Every method rejects when the store does not answer. */
export interface History {
  /** For facts that are no change of status, which the store notes by itself. */
  record(entries: readonly HistoryEntry[]): Promise<void>;
  /** The latest first, next to `beyond` where that is given; of each change only how it stands. */
  latest(query: LatestQuery): Promise<readonly HistoryRecord[]>;
  /** All of one request, the oldest first. */
  ofRequest(requestId: string): Promise<readonly HistoryRecord[]>;
  /** Everything, in the order of time. */
  page(query: PageQuery): Promise<readonly HistoryRecord[]>;
  /**
   * Clears what tells of people and chats (handles, chat names, notes, what was shown) from up to `limit` entries
   * older than `before`, and from their requests once settled as long ago; never the fact. Answers with how many.
   */
  clearBefore(before: Date, now: Date, limit: number): Promise<number>;
}

/** How a change's status is called in the history. */
export function kindOf({ status, direction }: Change): HistoryKind {
  if (status === 'done') return direction === 'add' ? 'added-back' : 'removed';
  return direction === 'add' ? `add-${status}` : status;
}

/** The entry for a change as it stands. `shown` is what the review showed, where this entry is to keep it. */
export function entryOfChange(
  change: Change,
  request: Request,
  at: Date,
  shown: string | null = null,
  kind: HistoryKind = kindOf(change),
): HistoryEntry {
  return {
    ...aboutRequest(request),
    at,
    kind,
    changeId: change.id,
    decidedBy: change.reason === 'stopped' ? request.stoppedBy : deciderOf(request, change),
    chatId: change.chatId,
    chatName: change.chatName,
    handle: change.handle,
    reason: change.reason,
    note: request.note,
    shown,
    traceId: change.traceId,
  };
}

function deciderOf(request: Request, { direction }: Change): string | null {
  return request.approvedBy.at(-1) ?? (direction === 'add' ? request.requestedBy : null);
}

/** One entry for each change that was asked for, so that each chat's history has it; what was shown on the first alone. */
export function entriesOfProposal(
  kind: ApprovalKind,
  request: Request,
  { wanted }: Proposal,
  { shown = null, ...facts }: Pick<HistoryEntry, 'at'> & Partial<HistoryEntry>,
): readonly HistoryEntry[] {
  return wanted.map(({ chatId, chatName, handle, direction }, index) => ({
    ...aboutRequest(request),
    kind: direction === 'add' ? (`add-${kind}` as const) : kind,
    changeId: null,
    decidedBy: null,
    chatId,
    chatName,
    handle,
    reason: null,
    note: request.note,
    traceId: null,
    ...facts,
    shown: index === 0 ? shown : null,
  }));
}

function aboutRequest({ id, teamId, channelId, requestedBy }: Request) {
  return { requestId: id, teamId, channelId, requestedBy };
}
