import type { Place } from './announcement.js';
import type { RemovalStatus } from './removal.js';

/**
 * What happened. The statuses of a removal, what came after it, and the decisions that are not about one removal: who
 * was refused, and what approvers decided.
 */
export type HistoryKind =
  | RemovalStatus
  | 'added-back'
  | 'access-refused'
  | 'approval-asked'
  | 'approval-outdated'
  | 'approval-declined'
  | 'approval-expired';

/** One decision or change of status. It is written once and never changed, except that `clearBefore` empties it. */
export interface HistoryEntry {
  readonly at: Date;
  readonly kind: HistoryKind;
  readonly requestId: string | null;
  readonly removalId: string | null;
  readonly teamId: string;
  /** Where the command was typed. */
  readonly channelId: string | null;
  /** Who asked. */
  readonly requestedBy: string;
  /** Somebody else who decided it: an approver, or whoever pressed Stop. */
  readonly decidedBy: string | null;
  readonly chatId: string | null;
  /** As Linq last showed it; untrusted, like the handle and the note. */
  readonly chatName: string | null;
  readonly handle: string | null;
  /** Why it came to this: the name of a reason (see `reasons.ts`), or why somebody was refused. */
  readonly reason: string | null;
  /** The reason that a person typed. */
  readonly note: string | null;
  /** What the review showed to whoever approved it; on the first entry of a request alone. */
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
  /** Null: any. */
  readonly chatId: string | null;
  readonly handle: string | null;
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
  /** For decisions without a change of status, which the store notes by itself. */
  record(entry: HistoryEntry): Promise<void>;
  /** The latest first; of each removal only how it stands. */
  latest(query: LatestQuery): Promise<readonly HistoryRecord[]>;
  /** Everything, in the order of time. */
  page(query: PageQuery): Promise<readonly HistoryRecord[]>;
  /**
   * Clears what tells of people and chats (handles, chat names, notes, what was shown) from up to `limit` entries
   * older than `before`, and from their requests once settled as long ago; never the fact. Answers with how many.
   */
  clearBefore(before: Date, now: Date, limit: number): Promise<number>;
}
