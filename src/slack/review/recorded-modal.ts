import type { ModalView } from '@slack/types';
import type { Recorded } from '../../removal/approve.js';
import { fingerprintOf, type Wanted } from '../../removal/request.js';
import { plain, section } from '../blocks/blocks.js';
import { mentionModal, noticeModal } from '../blocks/notice-modals.js';
import { sectionsOf } from '../blocks/sections.js';
import { clean, showChat } from '../blocks/text.js';

const RECORDED = ':white_check_mark:  *Your approval is recorded and Linq is being asked now.*';
const WHERE =
  'The result appears in the conversation where you typed the command, and stays up to date there. You can close this window.';
const ADDING =
  'This is recorded and Linq is being asked now. How it goes is told in the thread of the message. You can close this window.';
const BEFORE =
  'An acknowledgement got lost on the way, so this window was submitted more than once. Recorded from it is:';
const TO_STOP =
  'What should not happen after all can be stopped with the Stop button of its message, until it is sent.';

/** An approval is recorded, with everything else that this window has had recorded. */
export function approvedModal(recorded: Recorded, submitted: readonly Wanted[]): ModalView {
  return withEverything(mentionModal('Approved', RECORDED), WHERE, recorded, submitted);
}

/** The same where others decide first. `who` may hold mentions: our own words alone. */
export function askedModal(who: string, recorded: Recorded, submitted: readonly Wanted[]): ModalView {
  return withEverything(mentionModal('Waiting for approval', who), null, recorded, submitted);
}

/** An Add back is recorded, with everything else that this window has had recorded. */
export function addingBackModal(recorded: Recorded, submitted: readonly Wanted[]): ModalView {
  return withEverything(noticeModal('Add back', ADDING), null, recorded, submitted);
}

/** A person who pressed twice, with another choice the second time, reads both: neither is forgotten. */
function withEverything(
  modal: ModalView,
  last: string | null,
  { isNew, requests }: Recorded,
  submitted: readonly Wanted[],
): ModalView {
  const all = requests.flatMap(({ wanted }) => wanted);
  const isSame = fingerprintOf(all) === fingerprintOf(submitted);
  const isJustThis = requests.length === 1 && (isNew || isSame);
  const list = isJustThis
    ? []
    : [section(plain(BEFORE)), ...sectionsOf(all.map(lineOf)), section(plain(TO_STOP))];
  return { ...modal, blocks: [...modal.blocks, ...list, ...(last ? [section(plain(last))] : [])] };
}

function lineOf({ direction, handle, chatId, chatName }: Wanted): string {
  const way = direction === 'add' ? 'back to' : 'from';
  return `• ${clean(handle)} ${way} ${showChat(chatName, chatId, 'full')}`;
}
