import type { KnownBlock, ModalView } from '@slack/types';
import { explainImpossible } from '../../removal/outcome.js';
import type { ApprovalPolicy } from '../../removal/proposal.js';
import type { Review } from '../../removal/review.js';
import { plain, section } from '../blocks/blocks.js';
import { type Origin, writeOrigin } from '../blocks/origin.js';
import type { ReasonRule } from '../blocks/reason-input.js';
import { headed } from '../blocks/rich.js';
import { clean, type HandleDisplay, showChat } from '../blocks/text.js';
import { approvalModal, REVIEW_MODAL, wayBack } from './approval-modal.js';
import { chatsBlocks } from './chats-blocks.js';
import { MEMBER_MODAL, memberInput } from './members-blocks.js';
import { peopleBlocks } from './people-blocks.js';
import { personBlocks, rosterOf, uncheckedBlocks } from './person-blocks.js';

/**
 * The second step, from what Linq says now: what would happen, or a choice of chats or members. Where nothing can be
 * done there is no submit button, only the reason and the way back. `approval` says when others are asked first, `reason` whether a reason is.
 */
export function reviewModal(
  review: Review,
  origin: Origin,
  display: HandleDisplay,
  approval: ApprovalPolicy = ALONE,
  reason: ReasonRule = 'optional',
): ModalView {
  switch (review.kind) {
    case 'possible': {
      const kept = { ...origin, chatId: review.chat.id, handles: [review.person.handle], areListed: true };
      return approvalModal(personBlocks(review), { ...kept, wasSeen: true }, display, approval, reason);
    }
    case 'unchecked':
      return origin.chatId && origin.handles.length > 0
        ? approvalModal(
            uncheckedBlocks(origin.chatId, origin.handles, review.reason),
            { ...origin, wasSeen: false },
            display,
            approval,
            reason,
          )
        : noWayOn(origin, [section(plain(CANNOT_LIST))]);
    case 'chats': {
      const [first] = review.choices;
      const [person = ''] = origin.handles;
      if (!first) return noWayOn(origin, chatsBlocks(person, review));
      // As Linq lists it: what is sent, should a chat not be readable right before.
      const handles = [first.person.handle];
      const kept = { ...origin, chatId: null, handles, areListed: true, wasSeen: true };
      return approvalModal(chatsBlocks(person, review), kept, display, approval, reason);
    }
    case 'people': {
      const handles = review.people.map(({ handle }) => handle);
      const kept = { ...origin, chatId: review.chat?.id ?? null, handles, areListed: true };
      const blocks = peopleBlocks(review);
      if (!blocks.some(({ type }) => type === 'input')) return noWayOn(kept, blocks);
      return approvalModal(blocks, { ...kept, wasSeen: true }, display, approval, reason);
    }
    case 'members':
      return membersModal(review, origin);
    case 'impossible':
      return noWayOn(origin, impossibleBlocks(origin, review));
  }
}

const CANNOT_LIST =
  'Linq gave no usable answer, so the list cannot be shown. Nothing was removed. Go back and try again in a moment, or enter both the chat ID and the handle: then you can approve without the list.';

const ALONE: ApprovalPolicy = { when: 'never', bulkAbove: 0, needed: 1, expiresMs: 0 };

function membersModal(review: Review & { kind: 'members' }, origin: Origin): ModalView {
  const blocks = memberInput(review);
  if (!blocks.some(({ type }) => type === 'input')) return noWayOn(origin, blocks);
  return {
    type: 'modal',
    callback_id: MEMBER_MODAL,
    private_metadata: writeOrigin(origin),
    title: plain('Choose a member'),
    submit: plain('Review'),
    close: plain('Cancel'),
    blocks: [...blocks, wayBack()],
  };
}

function noWayOn(origin: Origin, blocks: KnownBlock[]): ModalView {
  return {
    type: 'modal',
    callback_id: REVIEW_MODAL,
    private_metadata: writeOrigin(origin),
    title: plain('Cannot be removed'),
    close: plain('Close'),
    blocks: [...blocks, wayBack()],
  };
}

function impossibleBlocks(origin: Origin, { chat, reason }: Review & { kind: 'impossible' }): KnownBlock[] {
  const words = {
    person: clean(origin.handles.join(', ') || 'this person'),
    chat: showChat(chat?.name ?? null, chat?.id ?? origin.chatId ?? '', 'full'),
    traceId: null,
  };
  const blocks: KnownBlock[] = [section(plain(explainImpossible(reason, words)))];
  return chat && reason === 'not-a-member' ? [...blocks, headed(rosterOf(chat))] : blocks;
}
