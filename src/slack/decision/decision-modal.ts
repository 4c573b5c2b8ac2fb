import type { KnownBlock, ModalView } from '@slack/types';
import { hasApproved } from '../../removal/decide.js';
import { explainImpossible } from '../../removal/outcome.js';
import type { Proposal } from '../../removal/proposal.js';
import type { Choice, Review } from '../../removal/review.js';
import { context, mrkdwn, plain, section } from '../blocks/blocks.js';
import { sectionsOf } from '../blocks/sections.js';
import { clean, escapeMrkdwn, readable, showChat, showConversation } from '../blocks/text.js';
import { choiceDetails, obstacleLines } from '../review/chats-blocks.js';
import { personBlocks, uncheckedBlocks } from '../review/person-blocks.js';
import { approvalsSoFar, isLastNeeded } from './approvals-so-far.js';
import { type DecisionState, declineButton } from './decline-modal.js';
import type { ProposedRequest } from './open-proposal.js';
import { approvable, hashOfReview, onlyOne, personIn } from './proposal-review.js';

export const DECISION_MODAL = 'decision';

const CHANGED =
  '⚠ This changed after it was shown to you: the chat, the person or the members are not what they were. Nothing was removed. Please review it again.';

/**
 * The same review that the asker saw, read afresh, with who asks and why, to approve or to decline. `person` is who
 * looks at it.
 */
export function decisionModal(
  state: ProposedRequest,
  review: Review,
  person: string,
  hasChanged = false,
): ModalView {
  const { request, proposal } = state;
  const fingerprint = hashOfReview(review);
  const already = hasApproved(proposal, { person, fingerprint });
  const canApprove = !already && approvable(review, proposal).length > 0;
  const carried: DecisionState = { requestId: request.id, fingerprint };
  return {
    type: 'modal',
    callback_id: DECISION_MODAL,
    private_metadata: JSON.stringify(carried),
    title: plain('Review removal'),
    ...(canApprove && { submit: plain(isLastNeeded(proposal, fingerprint) ? 'Remove' : 'Approve') }),
    close: plain('Decide later'),
    blocks: [
      ...(hasChanged ? [section(plain(CHANGED))] : []),
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

function bodyOf(proposal: Proposal, review: Review): KnownBlock[] {
  const only = onlyOne(proposal);
  const handle = personIn(proposal);
  switch (review.kind) {
    case 'possible':
      return only ? personBlocks(review) : listBlocks(proposal, [review], []);
    case 'chats':
      return listBlocks(proposal, review.choices, review.obstacles);
    case 'unchecked':
      return only
        ? uncheckedBlocks({ chatId: only.chatId, handle }, review.reason)
        : [section(plain(CANNOT_LIST))];
    case 'impossible': {
      const chat = showChat(review.chat?.name ?? only?.chatName ?? null, only?.chatId ?? '', 'full');
      return [
        section(plain(explainImpossible(review.reason, { person: clean(handle), chat, traceId: null }))),
      ];
    }
    case 'members':
      return [];
  }
}

const CANNOT_LIST =
  'Linq gave no usable answer, so the chats cannot be shown and this cannot be approved now. Nothing was removed. Close this window and press Review again in a moment.';

type Chats = Review & { kind: 'chats' };

function listBlocks(
  proposal: Proposal,
  choices: readonly Choice[],
  obstacles: Chats['obstacles'],
): KnownBlock[] {
  const person = readable(personIn(proposal));
  const seen = new Set([...choices, ...obstacles].map(({ chat }) => chat.id));
  const missing = proposal.wanted.filter(({ chatId }) => !seen.has(chatId));
  const gone = missing.map(({ chatId, chatName }) => `• ${showChat(chatName, chatId, 'full')}`);
  return [
    section(plain(headline(person, choices.length))),
    ...sectionsOf(
      choices.map(
        (choice) => `• ${showChat(choice.chat.name, choice.chat.id, 'full')}: ${choiceDetails(choice)}`,
      ),
    ),
    ...(obstacles.length > 0 ? [section(plain(obstacleLines(person, obstacles)))] : []),
    ...(gone.length > 0 ? sectionsOf([`Linq does not list ${person} in these any more`, ...gone]) : []),
  ];
}

function headline(person: string, count: number): string {
  if (count === 0) return `${person} cannot be removed from any of these chats any more. Nobody was removed.`;
  return count === 1 ? `Remove ${person} from this chat?` : `Remove ${person} from these ${count} chats?`;
}
