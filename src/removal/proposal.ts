import type { Request, Wanted } from './request.js';
import { later } from './schedule.js';

export type ProposalStatus = 'pending' | 'approved' | 'declined' | 'expired' | 'withdrawn';

/** What one person asked for and others have to decide. Nothing is sent to Linq before that. */
export interface Proposal {
  readonly requestId: string;
  readonly status: ProposalStatus;
  /** What the asker's review showed. */
  readonly wanted: readonly Wanted[];
  /** Who was asked to decide, for the words alone: who may is settled when a person does. */
  readonly approvers: readonly string[];
  /** How many different people have to approve, as it was when this was asked for. */
  readonly needed: number;
  /** All of the same: an approval of something else than the latest one saw does not count any more. */
  readonly approvals: readonly Approval[];
  /** Whose approvals no longer count, because the chats changed after they were shown to them. */
  readonly outdated: readonly string[];
  readonly expiresAt: Date;
  /** Null while pending, and when it expired. Of several approvers the last one. */
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** Why it was declined or withdrawn. Untrusted text. */
  readonly declineReason: string | null;
}

/** One approver's yes to what they saw. */
export interface Approval {
  /** As Slack names the approver in the conversation. */
  readonly by: string;
  /** The approver as one person, however Slack spells their ID: nobody counts twice. */
  readonly person: string;
  readonly at: Date;
  /** Of the review that was shown to them: two with the same one saw the same. */
  readonly fingerprint: string;
}

export interface ApprovalPolicy {
  readonly when: 'never' | 'bulk' | 'always';
  readonly bulkAbove: number;
  /** How many different people have to approve, the asker never among them. */
  readonly needed: number;
  readonly expiresMs: number;
}

/** Whether so many changes at once take a second person. */
export function needsApproval({ when, bulkAbove }: ApprovalPolicy, changes: number): boolean {
  return when === 'always' || (when === 'bulk' && changes > bulkAbove);
}

export function proposalFor(
  request: Request,
  wanted: readonly Wanted[],
  approvers: readonly string[],
  { needed, expiresMs }: ApprovalPolicy,
): Proposal {
  return {
    requestId: request.id,
    status: 'pending',
    wanted,
    approvers,
    needed,
    approvals: [],
    outdated: [],
    expiresAt: later(request.createdAt, expiresMs),
    decidedBy: null,
    decidedAt: null,
    declineReason: null,
  };
}

/** A person still has to decide. */
export function isPending(proposal: Proposal | null): proposal is Proposal {
  return proposal?.status === 'pending';
}

/** Until it expires people decide, then they no longer do: the loop may be a moment late to write that down. */
export function isUndecided(proposal: Proposal | null, now: Date): proposal is Proposal {
  return isPending(proposal) && now < proposal.expiresAt;
}

/** How many more people have to approve. */
export function stillNeeded({ needed, approvals }: Proposal): number {
  return Math.max(0, needed - approvals.length);
}

/** It ended undone by something else than the asker's own act: that is news to the asker. */
export function endedByOthers(proposal: Proposal | null): boolean {
  return endedUndone(proposal) && proposal?.status !== 'withdrawn';
}

/** It ended without anything being sent. */
export function endedUndone(proposal: Proposal | null): boolean {
  return proposal !== null && proposal.status !== 'pending' && proposal.status !== 'approved';
}
