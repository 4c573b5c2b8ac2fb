import type { Request, Wanted } from './request.js';
import { later } from './schedule.js';

/** `undelivered`: none of those who may decide could be told of it. */
export type ProposalStatus = 'pending' | 'approved' | 'declined' | 'expired' | 'withdrawn' | 'undelivered';

/** What the asker wants and approvers have to decide on. Nothing is sent to Linq before that. */
export interface Proposal {
  readonly requestId: string;
  readonly status: ProposalStatus;
  /** What the asker's review showed. */
  readonly wanted: readonly Wanted[];
  /** Who was asked to decide, for the words alone: who may is settled when a person does. */
  readonly approvers: readonly string[];
  /** Who they are one by one, as far as Slack told: the first to be asked or reminded directly. */
  readonly people: readonly string[];
  /** The conversation in which it is asked; null: each of them is asked in a direct message. */
  readonly askedIn: string | null;
  /** How many different people have to approve, as it was when this was asked for. */
  readonly needed: number;
  /** All of the same: an approval of something else than the latest one saw does not count any more. */
  readonly approvals: readonly Approval[];
  /** Whose approvals no longer count, because the chats changed after they were shown to them. */
  readonly outdated: readonly string[];
  /** Whose approvals no longer count, because they may not approve any more. */
  readonly lapsed: readonly string[];
  readonly expiresAt: Date;
  /** When people are reminded next, and how often they have been. */
  readonly remindAt: Date | null;
  readonly reminders: number;
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

/** Who is asked to decide, and where. */
export interface Asked {
  /** People and groups, as they were named. */
  readonly approvers: readonly string[];
  readonly people: readonly string[];
  readonly askedIn: string | null;
}

/** Nobody is bothered directly beyond this many. */
export const MOST_ASKED_DIRECTLY = 20;

export function proposalFor(
  request: Request,
  wanted: readonly Wanted[],
  { approvers, people, askedIn }: Asked,
  { needed, expiresMs }: ApprovalPolicy,
): Proposal {
  const expiresAt = later(request.createdAt, expiresMs);
  return {
    requestId: request.id,
    status: 'pending',
    wanted,
    approvers,
    people,
    askedIn,
    needed,
    approvals: [],
    outdated: [],
    lapsed: [],
    expiresAt,
    remindAt: nextReminder(request.createdAt, expiresAt, request.createdAt),
    reminders: 0,
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

const LAST_REMINDER_MS = 30 * 60_000;

/** People are reminded at half of the time and 30 minutes before its end; null when both are over. */
export function nextReminder(askedAt: Date, expiresAt: Date, now: Date): Date | null {
  const half = later(askedAt, (expiresAt.getTime() - askedAt.getTime()) / 2);
  const last = later(expiresAt, -LAST_REMINDER_MS);
  return [half, last].find((at) => at > now) ?? null;
}
