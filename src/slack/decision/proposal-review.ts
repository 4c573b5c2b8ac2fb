import { createHash } from 'node:crypto';
import type { Proposal } from '../../removal/proposal.js';
import type { Wanted } from '../../removal/request.js';
import { type Choice, fingerprintOfReview, type LookUp, lookUp, type Review } from '../../removal/review.js';

/** What Linq says now about everything that was asked for. Never rejects for Linq's sake. */
export function reviewProposal(linq: LookUp, proposal: Proposal, signal: AbortSignal): Promise<Review> {
  const only = proposal.wanted.map(({ chatId }) => chatId);
  const wish = { chatId: onlyOne(proposal)?.chatId ?? null, handle: personIn(proposal) };
  return lookUp(linq, wish, { only, signal });
}

/** Tells two reviews apart that show something different; short enough to travel with the window. */
export function hashOfReview(review: Review): string {
  return createHash('sha256').update(fingerprintOfReview(review)).digest('hex');
}

/** What approving this review removes: what it shows as possible, and nothing else. */
export function approvable(review: Review, proposal: Proposal): readonly Wanted[] {
  switch (review.kind) {
    case 'possible':
      return [toWanted(review)];
    case 'chats':
      return review.choices.map(toWanted);
    case 'unchecked': {
      // As without an approver: look-ups advise, Linq decides. A list that cannot be shown is not approved.
      const only = onlyOne(proposal);
      return only && isSameForAll(review, proposal) ? [only] : [];
    }
    default:
      return [];
  }
}

/** Others approved what Linq showed them: while it cannot be read, it cannot be said that this is still the same. */
function isSameForAll(review: Review, { approvals }: Proposal): boolean {
  const fingerprint = hashOfReview(review);
  return approvals.every((each) => each.fingerprint === fingerprint);
}

/** The one chat that was asked for; null where there are several. */
export function onlyOne({ wanted }: Proposal): Wanted | null {
  const [first, ...others] = wanted;
  return first && others.length === 0 ? first : null;
}

/** Whom it is about. */
export function personIn({ wanted }: Proposal): string {
  return wanted[0]?.handle ?? '';
}

function toWanted({ chat, person }: Choice): Wanted {
  return {
    chatId: chat.id,
    chatName: chat.name,
    handle: person.handle,
    direction: 'remove',
    wasSeen: true,
    undoes: null,
  };
}
