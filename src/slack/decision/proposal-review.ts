import { createHash } from 'node:crypto';
import {
  type AdditionReview,
  fingerprintOfAdditions,
  reviewAdditions,
} from '../../removal/addition-review.js';
import type { Choice } from '../../removal/choice.js';
import { chatOfAll, peopleIn } from '../../removal/people.js';
import { withoutConflicts } from '../../removal/people-review.js';
import type { Store } from '../../removal/ports.js';
import type { Proposal } from '../../removal/proposal.js';
import { directionOf, type Wanted } from '../../removal/request.js';
import { fingerprintOfReview, type LookUp, lookUp, type Review } from '../../removal/review.js';
import { canBeAddedBack } from '../../removal/state.js';
import type { ProposedRequest } from './open-proposal.js';

/** Of removals, or of additions. */
export type ProposalReview = Review | AdditionReview;

export interface ReviewDeps {
  readonly linq: LookUp;
  readonly store: Pick<Store, 'find'>;
  readonly now: () => Date;
}

/**
 * What Linq says now about everything that was asked for. An approver decides about all of it, without a choice: a chat
 * from which not all of the people can go any more is impossible for each of them. Never rejects for Linq's sake.
 */
export async function reviewProposal(
  { linq, store, now }: ReviewDeps,
  { request, proposal: { wanted } }: ProposedRequest,
  signal: AbortSignal,
): Promise<ProposalReview> {
  if (directionOf(wanted) === 'add') {
    const undone = request.undoes === null ? null : await store.find(request.undoes);
    const undoable = undone ? canBeAddedBack(undone, now()).map(({ id }) => id) : [];
    return reviewAdditions(linq, wanted, undoable);
  }
  const wish = { chatId: chatOfAll(wanted), handles: peopleIn(wanted) };
  const review = await lookUp(linq, wish, { only: wanted, signal });
  return review.kind === 'people' ? { ...review, people: withoutConflicts(review.people) } : review;
}

/** Tells two reviews apart that show something different; short enough to travel with the window. */
export function hashOfReview(review: ProposalReview): string {
  const text = review.kind === 'additions' ? fingerprintOfAdditions(review) : fingerprintOfReview(review);
  return createHash('sha256').update(text).digest('hex');
}

/** What approving this review does: what it shows as possible, and nothing else. */
export function approvable(review: ProposalReview, proposal: Proposal): readonly Wanted[] {
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
    case 'additions':
      return additionsIn(review, proposal);
    case 'members':
    case 'impossible':
      return [];
  }
}

/** As with removals: what cannot be read may be approved in one chat, and not on a list. */
function additionsIn(review: AdditionReview, proposal: Proposal): readonly Wanted[] {
  const possible = review.additions.filter(({ obstacle }) => obstacle === null).map(({ wanted }) => wanted);
  if (isWhole(review)) return possible;
  return chatOfAll(proposal.wanted) !== null && isSameForAll(review, proposal) ? possible : [];
}

/** Others approved what Linq showed them: while it cannot be read, it cannot be said that this is still the same. */
function isSameForAll(review: ProposalReview, { approvals }: Proposal): boolean {
  const fingerprint = hashOfReview(review);
  return approvals.every((each) => each.fingerprint === fingerprint);
}

/** Linq showed everything that was asked about: only then it can be said that something changed. */
export function isWhole(review: ProposalReview): boolean {
  if (review.kind === 'additions') return review.additions.every(({ unread }) => unread === null);
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
