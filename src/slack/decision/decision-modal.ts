import type { KnownBlock, ModalView } from '@slack/types';
import { hasApproved } from '../../removal/decide.js';
import { explainImpossible } from '../../removal/outcome.js';
import { chatOfAll, peopleIn } from '../../removal/people.js';
import type { Proposal } from '../../removal/proposal.js';
import { directionOf } from '../../removal/request.js';
import { context, mrkdwn, plain, section } from '../blocks/blocks.js';
import { clean, escapeMrkdwn, showChat, showConversation } from '../blocks/text.js';
import { personBlocks, uncheckedBlocks } from '../review/person-blocks.js';
import { additionsToDecide } from './additions-to-decide.js';
import { approvalsSoFar, isLastNeeded } from './approvals-so-far.js';
import { type DecisionState, declineButton } from './decline-modal.js';
import type { ProposedRequest } from './open-proposal.js';
import { approvable, hashOfReview, type ProposalReview } from './proposal-review.js';
import { chatsToDecide, peopleToDecide } from './what-to-decide.js';

export const DECISION_MODAL = 'decision';

const CHANGED =
  '⚠ This changed after it was shown to you: the chat, the person or the members are not what they were.';

const WORDS = {
  remove: {
    title: 'Review removal',
    submit: 'Remove',
    changed: `${CHANGED} Nothing was removed. Please review it again.`,
  },
  add: {
    title: 'Review adding back',
    submit: 'Add back',
    changed: `${CHANGED} Nobody was added. Please review it again.`,
  },
} as const;

/**
 * The same review that the asker saw, read afresh, with who asks and why, to approve or to decline. `person` is who
 * looks at it.
 */
export function decisionModal(
  state: ProposedRequest,
  review: ProposalReview,
  person: string,
  hasChanged = false,
): ModalView {
  const { request, proposal } = state;
  const direction = directionOf(proposal.wanted);
  const words = WORDS[direction];
  const fingerprint = hashOfReview(review);
  const already = hasApproved(proposal, { person, fingerprint });
  const canApprove = !already && approvable(review, proposal).length > 0;
  const carried: DecisionState = { requestId: request.id, fingerprint, direction };
  return {
    type: 'modal',
    callback_id: DECISION_MODAL,
    private_metadata: JSON.stringify(carried),
    title: plain(words.title),
    ...(canApprove && { submit: plain(isLastNeeded(proposal, fingerprint) ? words.submit : 'Approve') }),
    close: plain('Decide later'),
    blocks: [
      ...(hasChanged ? [section(plain(words.changed))] : []),
      ...whoAsks(state),
      ...approvalsSoFar(proposal, fingerprint, already),
      ...bodyOf(proposal, review),
      context(mrkdwn(`${showConversation(request.channelId)} will see what you decide.`)),
      declineButton(),
    ],
  };
}

function whoAsks({ request }: ProposedRequest): KnownBlock[] {
  const asks = context(mrkdwn(`<@${escapeMrkdwn(request.requestedBy)}> asks for your approval.`));
  return request.note ? [asks, context(plain(`Reason: ${clean(request.note)}`))] : [asks];
}

function bodyOf({ wanted }: Proposal, review: ProposalReview): KnownBlock[] {
  const [first, ...others] = wanted;
  const people = peopleIn(wanted);
  switch (review.kind) {
    case 'possible':
      return others.length === 0 ? personBlocks(review) : chatsToDecide(wanted, [review], []);
    case 'chats':
      return chatsToDecide(wanted, review.choices, review.obstacles);
    case 'additions':
      return additionsToDecide(review);
    case 'people':
      return peopleToDecide(wanted, review);
    case 'unchecked': {
      const chatId = chatOfAll(wanted);
      return chatId ? uncheckedBlocks(chatId, people, review.reason) : [section(plain(CANNOT_LIST))];
    }
    case 'impossible': {
      const chat = showChat(review.chat?.name ?? first?.chatName ?? null, first?.chatId ?? '', 'full');
      const person = clean(people.join(', '));
      return [section(plain(explainImpossible(review.reason, { person, chat, traceId: null })))];
    }
    case 'members':
      return [];
  }
}

const CANNOT_LIST =
  'Linq gave no usable answer, so the chats cannot be shown and this cannot be approved now. Nothing was removed. Close this window and press Review again in a moment.';
