import type { KnownBlock, ModalView } from '@slack/types';
import * as z from 'zod';
import type { ApprovalPolicy } from '../../removal/proposal.js';
import type { Wanted } from '../../removal/request.js';
import { backButton } from '../blocks/back-button.js';
import { context, mrkdwn, plain } from '../blocks/blocks.js';
import { type Origin, readOrigin } from '../blocks/origin.js';
import { type ReasonRule, reasonInput } from '../blocks/reason-input.js';
import { readChosenOptions, readInput, type SubmittedView } from '../blocks/submitted.js';
import { escapeMrkdwn, type HandleDisplay, showConversation, showHandle } from '../blocks/text.js';
import { CHATS_INPUT, nameInOption } from './chats-blocks.js';
import { peopleFields, readPeopleChosen } from './people-chosen.js';
import { nameShown } from './person-blocks.js';

export const REVIEW_MODAL = 'review';
export const NOTE_INPUT = 'note';

/** What a review rests on, beside its origin: a reading that showed the person in each of its chats, or none. */
const basisSchema = z.object({ wasSeen: z.boolean().catch(false) });

type Reviewed = Origin & z.infer<typeof basisSchema>;

/** The submit button names the act, and before it stands what the channel will see. */
export function approvalModal(
  blocks: KnownBlock[],
  reviewed: Reviewed,
  display: HandleDisplay,
  approval: ApprovalPolicy,
  reason: ReasonRule,
): ModalView {
  return {
    type: 'modal',
    callback_id: REVIEW_MODAL,
    private_metadata: JSON.stringify(reviewed),
    title: plain('Review removal'),
    submit: plain(approval.when === 'always' ? 'Ask for approval' : 'Remove'),
    close: plain('Cancel'),
    blocks: [
      ...blocks,
      ...noteInput(reason),
      ...whoDecides(approval),
      whatTheChannelSees(reviewed, display, reason),
      wayBack(),
    ],
  };
}

function whoDecides({ when, bulkAbove }: ApprovalPolicy): KnownBlock[] {
  if (when === 'never') return [];
  const which = when === 'always' ? 'This' : `More than ${bulkAbove} removals within an hour`;
  return [context(plain(`${which} must be approved by somebody else before anything is removed.`))];
}

export function wayBack() {
  return backButton('Change chat or person');
}

function noteInput(rule: ReasonRule) {
  const hint = 'Shown in the channel and kept with the removal.';
  return reasonInput(rule, { block: NOTE_INPUT, label: 'Reason', hint });
}

function whatTheChannelSees({ channel, handles, chatId }: Origin, display: HandleDisplay, rule: ReasonRule) {
  const reason = rule === 'off' ? '' : ', your reason';
  const people = escapeMrkdwn(namesOf(handles, display));
  return context(
    mrkdwn(
      `${showConversation(channel)} will see your name, ${people}, the ${chatId ? 'chat' : 'chats'}${reason} and what becomes of it.`,
    ),
  );
}

const PEOPLE_NAMED = 5;

function namesOf(handles: readonly string[], display: HandleDisplay): string {
  const names = handles.slice(0, PEOPLE_NAMED).map((handle) => showHandle(handle, display));
  const hidden = handles.length - names.length;
  return hidden > 0 ? `${names.join(', ')} and ${hidden} more` : names.join(', ');
}

type ReviewView = SubmittedView & { private_metadata: string; readonly blocks?: readonly unknown[] };

/**
 * What a submitted review approves; nothing when nothing was chosen. Throws when the view is not one of ours. Of the
 * metadata, which is not to be trusted, `wasSeen` decides no more than how an end is worded.
 */
export function readApproval(view: ReviewView): {
  origin: Origin;
  wanted: readonly Wanted[];
  note: string | null;
} {
  const origin = readOrigin(view);
  if (origin.handles.length === 0) throw new Error('A review was submitted that names no person');
  const { wasSeen } = basisSchema.parse(JSON.parse(view.private_metadata));
  const wanted = pairsIn(view, origin).map(({ handle, chatId, chatName }) => {
    if (handle === undefined) throw new Error('A person was chosen whom the review does not name');
    return { chatId, chatName, handle, direction: 'remove' as const, wasSeen, undoes: null };
  });
  return { origin, wanted, note: readInput(view, NOTE_INPUT) || null };
}

type Named = Pick<Wanted, 'chatId' | 'chatName'> & { readonly handle: string | undefined };

/** Chosen among people and chats, among one person's chats, or without a choice: everybody, from the one chat. */
function pairsIn(view: ReviewView, { chatId, handles }: Origin): readonly Named[] {
  const chatName = nameShown(view);
  if (peopleFields(view).length > 0) {
    return readPeopleChosen(view).map((chosen) => ({
      chatId: chosen.chatId,
      chatName: chatId ? chatName : chosen.chatName,
      handle: handles[chosen.index],
    }));
  }
  if (chatId) return handles.map((handle) => ({ chatId, chatName, handle }));
  return readChosenOptions(view, CHATS_INPUT).map(({ value: id, text }) => ({
    chatId: id,
    chatName: nameInOption(text?.text ?? '', id),
    handle: handles[0],
  }));
}
