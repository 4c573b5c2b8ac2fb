import { changesFor } from './approve.js';
import { applyStop, isStoppable } from './lifecycle.js';
import type { Update } from './ports.js';
import { isPending, type Proposal, type ProposalStatus } from './proposal.js';
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

/** Others approved what was shown to them. Null: it was decided before, or its time is over. */
export function approveProposal(
  state: RequestState,
  decision: {
    readonly by: string;
    readonly at: Date;
    readonly wanted: readonly Wanted[];
    readonly shown: string;
  },
): Update | null {
  const { by, at, wanted, shown } = decision;
  const proposal = decided(state, 'approved', at, by);
  if (!proposal) return null;
  const request = { ...state.request, approvedBy: [...state.request.approvedBy, by] };
  return { request, proposal, changes: changesFor(request, wanted, at), shown, news: true };
}

export function declineProposal(state: RequestState, by: string, reason: string, at: Date): Update | null {
  const proposal = decided(state, 'declined', at, by);
  return proposal && { proposal: { ...proposal, declineReason: reason }, news: true };
}

/** Ends a proposal that was not decided in time. */
export function expireProposal(state: RequestState, at: Date): Update | null {
  const { proposal } = state;
  if (!proposal || !isPending(proposal) || proposal.expiresAt > at) return null;
  return { proposal: { ...proposal, status: 'expired', decidedAt: at }, news: true };
}

/** Until it expires people decide, then they no longer do. */
function decided({ proposal }: RequestState, status: ProposalStatus, at: Date, by: string): Proposal | null {
  if (!proposal || !isPending(proposal) || at >= proposal.expiresAt) return null;
  return { ...proposal, status, decidedBy: by, decidedAt: at };
}
