import { createHash } from 'node:crypto';
import type { Approved } from '../../removal/approve.js';
import { essenceOf } from '../../removal/essence.js';
import type { LinqClient } from '../../removal/ports.js';
import type { Proposal } from '../../removal/proposal.js';
import { type Choice, lookUp, type Review } from '../../removal/review.js';

/** What Linq says now about everything that was asked for. Never rejects for Linq's sake. */
export function reviewProposal(linq: LinqClient, proposal: Proposal, signal: AbortSignal): Promise<Review> {
  const only = proposal.chats.map(({ chatId }) => chatId);
  const { handle } = proposal;
  return lookUp(linq, { chatId: onlyChat(proposal)?.chatId ?? null, handle }, { only, signal });
}

/** Tells two reviews apart that show something different; short enough to travel with the window. */
export function fingerprintOf(review: Review): string {
  return createHash('sha256').update(essenceOf(review)).digest('hex');
}

/** What approving this review removes: what it shows as possible, and nothing else. */
export function approvable(review: Review, proposal: Proposal): readonly Approved[] {
  switch (review.kind) {
    case 'possible':
      return [toApproved(review)];
    case 'chats':
      return review.choices.map(toApproved);
    case 'unchecked': {
      // As without a second person: look-ups advise, Linq decides. A list that cannot be shown is not approved.
      const only = onlyChat(proposal);
      return only ? [{ ...only, handle: proposal.handle }] : [];
    }
    default:
      return [];
  }
}

export function onlyChat({ chats }: Proposal): Proposal['chats'][number] | null {
  const [first, ...others] = chats;
  return first && others.length === 0 ? first : null;
}

function toApproved({ chat, person }: Choice): Approved {
  return { chatId: chat.id, handle: person.handle, chatName: chat.name };
}
