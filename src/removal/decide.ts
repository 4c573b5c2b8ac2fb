import { changesFor } from './approve.js';
import { applyStop, isStoppable } from './lifecycle.js';
import type { Update } from './ports.js';
import { type Approval, isUndecided, type Proposal, stillNeeded } from './proposal.js';
import type { Wanted } from './request.js';
import type { RequestState } from './state.js';

/*
 * What a person's decision makes of a request, as a pure function of how it stands: the store runs it inside the
 * transaction that writes the result, so each decision is taken once and beats every call that has not left.
 */

/** Null: there is nothing left that Stop could keep from being sent. */
export function stopRequest(state: RequestState, by: string, at: Date): Update | null {
  const { request, changes } = state;
  if (request.stoppedBy !== null || !changes.some(isStoppable)) return null;
  return {
    request: { ...request, stoppedBy: by },
    changes: changes.map((change) => applyStop(change, at)),
    news: true,
  };
}

/** An approver said yes to what was shown to them. */
export interface ApprovalGiven extends Approval {
  /** What that is. */
  readonly wanted: readonly Wanted[];
  /** In words, for the history. */
  readonly shown: string;
  /** Who approved before and may not any more: theirs do not count. */
  readonly lapsed: readonly string[];
}

/**
 * Counts an approval, and lets the request go on when it was the last one needed. Approvals of something else than this
 * one saw do not count any more. Null: it was decided before, its time is over, or this person has approved the same.
 */
export function approveProposal(state: RequestState, given: ApprovalGiven): Update | null {
  const { wanted, shown, lapsed, ...approval } = given;
  const { by, at, person, fingerprint } = approval;
  const { proposal, request } = state;
  if (!isUndecided(proposal, at) || hasApproved(proposal, approval)) return null;
  const current = withoutLapsed(withoutOutdated(proposal, fingerprint), lapsed, by);
  const approvals = [...current.approvals.filter((each) => each.person !== person), approval];
  const counted: Proposal = { ...current, approvals };
  if (stillNeeded(counted) > 0) return { proposal: counted, shown, news: true };
  return {
    request: { ...request, approvedBy: approvals.map((each) => each.by) },
    proposal: { ...counted, status: 'approved', decidedBy: by, decidedAt: at },
    changes: changesFor(request, wanted, at),
    shown,
    news: true,
  };
}

/** The chats are not what was approved: such approvals do not count any more. Null: there are none. */
export function dropOutdated({ proposal }: RequestState, fingerprint: string, at: Date): Update | null {
  if (!isUndecided(proposal, at)) return null;
  const current = withoutOutdated(proposal, fingerprint);
  return current === proposal ? null : { proposal: current, news: true };
}

function withoutOutdated(proposal: Proposal, fingerprint: string): Proposal {
  const approvals = proposal.approvals.filter((each) => each.fingerprint === fingerprint);
  if (approvals.length === proposal.approvals.length) return proposal;
  const outdated = proposal.approvals.filter((each) => !approvals.includes(each)).map(({ by }) => by);
  return { ...proposal, approvals, outdated };
}

/** The approver who approves now may: an earlier lapse of theirs is over. */
function withoutLapsed(proposal: Proposal, found: readonly string[], approvesNow: string): Proposal {
  const approvals = proposal.approvals.filter(({ by }) => !found.includes(by));
  const lapsed = new Set([...proposal.lapsed, ...found]);
  lapsed.delete(approvesNow);
  return { ...proposal, approvals, lapsed: [...lapsed] };
}

export function hasApproved(
  { approvals }: Proposal,
  { person, fingerprint }: Pick<Approval, 'person' | 'fingerprint'>,
): boolean {
  return approvals.some((each) => each.person === person && each.fingerprint === fingerprint);
}

export function declineProposal(state: RequestState, by: string, reason: string, at: Date): Update | null {
  return endUndone(state, 'declined', by, reason, at);
}

/** The asker takes it back, before it is decided. `reason` is optional. */
export function withdrawProposal(
  state: RequestState,
  by: string,
  reason: string | null,
  at: Date,
): Update | null {
  return by === state.request.requestedBy ? endUndone(state, 'withdrawn', by, reason, at) : null;
}

function endUndone(
  { proposal }: RequestState,
  status: 'declined' | 'withdrawn',
  by: string,
  declineReason: string | null,
  at: Date,
): Update | null {
  if (!isUndecided(proposal, at)) return null;
  return { proposal: { ...proposal, status, decidedBy: by, decidedAt: at, declineReason }, news: true };
}
