import { createHash } from 'node:crypto';
import type { Choice } from '../../removal/choice.js';
import { chatOfAll, peopleIn } from '../../removal/people.js';
import { withoutConflicts } from '../../removal/people-review.js';
import type { Proposal } from '../../removal/proposal.js';
import type { Wanted } from '../../removal/request.js';
import { fingerprintOfReview, type LookUp, lookUp, type Review } from '../../removal/review.js';

/**
 * What Linq says now about everything that was asked for. An approver decides about all of it, without a choice: a chat
 * from which not all of the people can go any more is impossible for each of them. Never rejects for Linq's sake.
 */
export async function reviewProposal(
  linq: LookUp,
  { wanted }: Proposal,
  signal: AbortSignal,
): Promise<Review> {
  const wish = { chatId: chatOfAll(wanted), handles: peopleIn(wanted) };
  const review = await lookUp(linq, wish, { only: wanted, signal });
  return review.kind === 'people' ? { ...review, people: withoutConflicts(review.people) } : review;
}

/** Tells two reviews apart that show something different; short enough to travel with the window. */
export function hashOfReview(review: Review): string {
  return createHash('sha256').update(fingerprintOfReview(review)).digest('hex');
}

/** What approving this review removes: what it shows as possible, and nothing else. */
export function approvable(review: Review, proposal: Proposal): readonly Wanted[] {
  const { wanted } = proposal;
  switch (review.kind) {
    case 'possible':
      return [toWanted(review)];
    case 'chats':
      return review.choices.map(toWanted);
    case 'people':
      // Whose chats could not be read would be left out without a word.
      return isWhole(review) ? review.people.flatMap(({ choices }) => choices.map(toWanted)) : [];
    case 'unchecked':
      // As without an approver: look-ups advise, Linq decides. A list that cannot be shown is not approved.
      return chatOfAll(wanted) !== null && isSameForAll(review, proposal) ? wanted : [];
    case 'members':
    case 'impossible':
      return [];
  }
}

/** Others approved what Linq showed them: while it cannot be read, it cannot be said that this is still the same. */
function isSameForAll(review: Review, { approvals }: Proposal): boolean {
  const fingerprint = hashOfReview(review);
  return approvals.every((each) => each.fingerprint === fingerprint);
}

/** Linq showed everything that was asked about: only then it can be said that something changed. */
export function isWhole(review: Review): boolean {
  if (review.kind === 'people') return review.people.every(({ unread }) => unread === null);
  return review.kind !== 'unchecked';
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
