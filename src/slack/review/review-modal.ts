import type { KnownBlock, ModalView } from '@slack/types';
import { explainImpossible } from '../../removal/outcome.js';
import type { ApprovalPolicy } from '../../removal/proposal.js';
import type { Review } from '../../removal/review.js';
import { button, context, mrkdwn, plain, section, textInput } from '../blocks/blocks.js';
import { BACK, type Origin, readOrigin, writeOrigin } from '../blocks/origin.js';
import { headed } from '../blocks/rich.js';
import { readChosen, readInput, type SubmittedView } from '../blocks/submitted.js';
import {
  clean,
  escapeMrkdwn,
  type HandleDisplay,
  showChat,
  showConversation,
  showHandle,
} from '../blocks/text.js';
import { CHATS_INPUT, chatsBlocks } from './chats-blocks.js';
import { MEMBER_MODAL, memberInput } from './members-blocks.js';
import { personBlocks, rosterOf, uncheckedBlocks } from './person-blocks.js';

export const REVIEW_MODAL = 'review';
export const NOTE_INPUT = 'note';
/** Long enough for a sentence or three, short enough to stay readable in the channel. */
const NOTE_LENGTH = 300;

/**
 * The second step, from what Linq says now: what would happen, or a choice of chats or members. Where nothing can be
 * done there is no submit button, only the reason and the way back. `approval` says when somebody else is asked first.
 */
export function reviewModal(
  review: Review,
  origin: Origin,
  display: HandleDisplay,
  approval: ApprovalPolicy = ALONE,
): ModalView {
  switch (review.kind) {
    case 'possible': {
      const kept = { ...origin, chatId: review.chat.id, handle: review.person.handle, seen: true };
      return approvalModal(personBlocks(review), kept, display, approval);
    }
    case 'unchecked':
      return origin.chatId && origin.handle
        ? approvalModal(uncheckedBlocks(origin, review.reason), { ...origin, seen: false }, display, approval)
        : noWayOn(origin, [section(plain(CANNOT_LIST))]);
    case 'chats': {
      const [first] = review.choices;
      if (!first) return noWayOn(origin, chatsBlocks(origin, review));
      // As Linq lists it: what is sent, should a chat not be readable right before.
      const kept = { ...origin, chatId: null, handle: first.person.handle, seen: true };
      return approvalModal(chatsBlocks(origin, review), kept, display, approval);
    }
    case 'members':
      return membersModal(review, origin);
    case 'impossible':
      return noWayOn(origin, impossibleBlocks(origin, review));
  }
}

const CANNOT_LIST =
  'Linq gave no usable answer, so the list cannot be shown. Nothing was removed. Go back and try again in a moment, or enter both the chat ID and the handle: then you can approve without the list.';

const ALONE: ApprovalPolicy = { when: 'never', bulkAbove: 0, expiresMs: 0 };

/** The submit button names the act, and before it stands what the channel will see. */
function approvalModal(
  blocks: KnownBlock[],
  origin: Origin,
  display: HandleDisplay,
  approval: ApprovalPolicy,
): ModalView {
  return {
    type: 'modal',
    callback_id: REVIEW_MODAL,
    private_metadata: writeOrigin(origin),
    title: plain('Review removal'),
    submit: plain(approval.when === 'always' ? 'Ask for approval' : 'Remove'),
    close: plain('Cancel'),
    blocks: [...blocks, noteInput(), ...whoDecides(approval), whatTheChannelSees(origin, display), wayBack()],
  };
}

function whoDecides({ when, bulkAbove }: ApprovalPolicy): KnownBlock[] {
  if (when === 'never') return [];
  const which = when === 'always' ? 'This' : `More than ${bulkAbove} chats at once`;
  return [context(plain(`${which} must be approved by somebody else before anything is removed.`))];
}

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

function wayBack() {
  return button(BACK, 'Change chat or person');
}

function impossibleBlocks(origin: Origin, { chat, reason }: Review & { kind: 'impossible' }): KnownBlock[] {
  const words = {
    person: clean(origin.handle ?? 'this person'),
    chat: showChat(chat?.name ?? null, chat?.id ?? origin.chatId ?? '', 'full'),
    traceId: null,
  };
  const blocks: KnownBlock[] = [section(plain(explainImpossible(reason, words)))];
  return chat && reason === 'not-a-member' ? [...blocks, headed(rosterOf(chat, null))] : blocks;
}

function noteInput() {
  return textInput({
    block: NOTE_INPUT,
    label: 'Reason',
    hint: 'Shown in the channel and kept with the removal.',
    optional: true,
    multiline: true,
    max: NOTE_LENGTH,
  });
}

function whatTheChannelSees({ channel, handle, chatId }: Origin, display: HandleDisplay) {
  const person = escapeMrkdwn(showHandle(handle ?? '', display));
  return context(
    mrkdwn(
      `${showConversation(channel)} will see your name, ${person}, the ${chatId ? 'chat' : 'chats'}, your reason and what becomes of it.`,
    ),
  );
}

/** What a submitted review approves; no chats when none was chosen. Throws when the view is not one of ours. */
export function readApproval(view: SubmittedView & { private_metadata: string }): {
  origin: Origin;
  chatIds: readonly string[];
  handle: string;
  note: string | null;
} {
  const origin = readOrigin(view);
  if (!origin.handle) throw new Error('A review was submitted that names no person');
  const chatIds = origin.chatId ? [origin.chatId] : readChosen(view, CHATS_INPUT);
  return { origin, chatIds, handle: origin.handle, note: readInput(view, NOTE_INPUT) || null };
}
