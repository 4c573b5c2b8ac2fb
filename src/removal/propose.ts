import { announcementFor } from './announcement.js';
import { removalFor } from './approve.js';
import type { ApprovalPolicy, Decision, Proposal, ProposalStore } from './proposal.js';
import type { Removal, Request } from './removal.js';
import { later } from './schedule.js';

/** Asks for somebody else's approval. False when this view was submitted before. Rejects when the store does not answer. */
export function propose(
  store: Pick<ProposalStore, 'propose'>,
  request: Request,
  wish: Pick<Proposal, 'handle' | 'chats' | 'approvers'>,
  { expiresMs }: ApprovalPolicy,
  shown: string | null = null,
): Promise<boolean> {
  const proposal: Proposal = {
    ...wish,
    requestId: request.id,
    status: 'pending',
    expiresAt: later(request.createdAt, expiresMs),
    decidedBy: null,
    decidedAt: null,
    declineReason: null,
  };
  // People wait for this message, so it does not wait for Linq.
  const announcement = { ...announcementFor(request), dueAt: request.createdAt };
  return store.propose({ request, proposal, announcement }, shown);
}

/** The removals that an approval brings about: approved when it was, not when it was asked for. */
export function approvedRemovals(
  request: Request,
  { chats, at }: Decision & { kind: 'approved' },
): Removal[] {
  return chats.map((chat) => removalFor(request, chat, at));
}
