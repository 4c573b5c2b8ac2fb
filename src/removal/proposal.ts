import type { Announcement } from './announcement.js';
import type { Approved } from './approve.js';
import type { Announceable } from './ports.js';
import type { Request } from './removal.js';

export type ProposalStatus = 'pending' | 'approved' | 'declined' | 'expired';

/** What one person asked for and another has to decide. Nothing is removed before that. */
export interface Proposal {
  readonly requestId: string;
  readonly status: ProposalStatus;
  readonly handle: string;
  /** With the names that Linq showed when it was asked for; untrusted. */
  readonly chats: readonly { readonly chatId: string; readonly chatName: string | null }[];
  /** Who was asked to decide, for the words alone: who may is settled when somebody does. */
  readonly approvers: readonly string[];
  readonly expiresAt: Date;
  /** Null while pending, and when nobody decided in time. */
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** Why it was declined. Untrusted text. */
  readonly declineReason: string | null;
}

export type Decision =
  | {
      readonly kind: 'approved';
      readonly by: string;
      readonly at: Date;
      /** What the approver's review showed as possible. */
      readonly chats: readonly Approved[];
      readonly shown: string;
    }
  | { readonly kind: 'declined'; readonly by: string; readonly at: Date; readonly reason: string }
  | { readonly kind: 'expired'; readonly at: Date };

export interface ProposalStore {
  /** Records what somebody asks for. False when this view was submitted before: nothing changes then. */
  propose(asked: Asked, shown: string | null): Promise<boolean>;
  /**
   * Decides a pending proposal, and in the same transaction does what follows: approved removals come to be, the
   * message is asked to follow. False when it was decided before, or had expired: nothing changes then.
   */
  decide(subject: Announceable, decision: Decision): Promise<boolean>;
  /** For the history: somebody approved what was not so any more, and was asked again. */
  noteOutdated(subject: Announceable, by: string, at: Date): Promise<void>;
  /** Pending ones whose time is over. */
  overdueProposals(now: Date, limit: number): Promise<readonly Announceable[]>;
}

export interface Asked {
  readonly request: Request;
  readonly proposal: Proposal;
  readonly announcement: Announcement;
}

export interface ApprovalPolicy {
  readonly when: 'never' | 'bulk' | 'always';
  readonly bulkAbove: number;
  readonly expiresMs: number;
}

/** Whether removing from so many chats at once takes a second person. */
export function needsApproval({ when, bulkAbove }: ApprovalPolicy, chats: number): boolean {
  return when === 'always' || (when === 'bulk' && chats > bulkAbove);
}

/** The proposal after a decision. */
export function decided(proposal: Proposal, decision: Decision): Proposal {
  return {
    ...proposal,
    status: decision.kind,
    decidedBy: decision.kind === 'expired' ? null : decision.by,
    decidedAt: decision.at,
    declineReason: decision.kind === 'declined' ? decision.reason : null,
  };
}

/** Somebody still has to decide. */
export function isPending(proposal: Proposal | null): boolean {
  return proposal?.status === 'pending';
}

/** It ended without anything being removed. */
export function endedUndone(proposal: Proposal | null): boolean {
  return proposal?.status === 'declined' || proposal?.status === 'expired';
}
