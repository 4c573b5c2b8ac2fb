import type { Request, Wanted } from './request.js';
import { later } from './schedule.js';

export type ProposalStatus = 'pending' | 'approved' | 'declined' | 'expired';

/** What one person asked for and others have to decide. Nothing is sent to Linq before that. */
export interface Proposal {
  readonly requestId: string;
  readonly status: ProposalStatus;
  /** What the asker's review showed. */
  readonly wanted: readonly Wanted[];
  /** Who was asked to decide, for the words alone: who may is settled when a person does. */
  readonly approvers: readonly string[];
  readonly expiresAt: Date;
  /** Null while pending, and when it expired. */
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  /** Why it was declined. Untrusted text. */
  readonly declineReason: string | null;
}

export interface ApprovalPolicy {
  readonly when: 'never' | 'bulk' | 'always';
  readonly bulkAbove: number;
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
  { expiresMs }: ApprovalPolicy,
): Proposal {
  return {
    requestId: request.id,
    status: 'pending',
    wanted,
    approvers,
    expiresAt: later(request.createdAt, expiresMs),
    decidedBy: null,
    decidedAt: null,
    declineReason: null,
  };
}

/** A person still has to decide. */
export function isPending(proposal: Proposal | null): boolean {
  return proposal?.status === 'pending';
}

/** It ended without anything being sent. */
export function endedUndone(proposal: Proposal | null): boolean {
  return proposal?.status === 'declined' || proposal?.status === 'expired';
}
