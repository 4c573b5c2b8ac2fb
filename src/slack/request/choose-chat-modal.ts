import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { context, plain, section } from '../blocks/blocks.js';
import { type Origin, writeOrigin } from '../blocks/origin.js';
import { paragraph } from '../blocks/rich.js';
import { readChosen, type SubmittedView } from '../blocks/submitted.js';
import { clean, cut } from '../blocks/text.js';
import type { ChatsFound, ListedChat } from '../find/find-chats.js';
import { wayBack } from '../review/approval-modal.js';
import { chatOption } from '../review/chats-blocks.js';

export const CHAT_MODAL = 'which-chat';
export const WHICH_CHAT = 'which_chat';

/** Slack: radio buttons hold 10 options, a select 100; a description 75 code points. */
const MOST_BUTTONS = 10;
const MOST_OPTIONS = 100;
const DESCRIPTION_LENGTH = 75;
const NAME_LENGTH = 60;

/** Several chats have what was typed in their name, or there may be more than were looked through: which is meant? */
export function chooseChatModal(
  origin: Origin,
  name: string,
  { chats, looked, hasMore }: ChatsFound & { ok: true },
): ModalView {
  const shown = `“${cut(clean(name), NAME_LENGTH)}”`;
  const count = chats.length === 1 ? 'One group chat has' : `${chats.length} group chats have`;
  const notes = [
    chats.length > MOST_OPTIONS &&
      `These are the ${MOST_OPTIONS} latest of them, which is all that Slack can offer at once. For another one, go back and enter more of its name.`,
    hasMore &&
      `Linq has more chats than the ${looked} groups that were looked through. For one that is missing here, go back and enter its ID.`,
  ];
  return {
    type: 'modal',
    callback_id: CHAT_MODAL,
    private_metadata: writeOrigin(origin),
    title: plain('Choose a chat'),
    submit: plain('Go on'),
    close: plain('Cancel'),
    blocks: [
      paragraph(`${count} ${shown} in the name. Which one is it about?`),
      chatInput(chats.slice(0, MOST_OPTIONS).map(option)),
      ...notes.flatMap((note) => (note ? [context(plain(note))] : [])),
      wayBack(),
    ],
  };
}

function option(chat: ListedChat): PlainTextOption {
  const description = `${chat.service ?? 'Unknown service'}, ${chat.people} people`;
  return { ...chatOption(chat), description: plain(description, DESCRIPTION_LENGTH) };
}

function chatInput(options: PlainTextOption[]): InputBlock {
  const choice = { action_id: WHICH_CHAT, options };
  return {
    type: 'input',
    block_id: WHICH_CHAT,
    label: plain('Chat'),
    element:
      options.length > MOST_BUTTONS
        ? { type: 'static_select', ...choice, placeholder: plain('Choose a chat') }
        : { type: 'radio_buttons', ...choice },
  };
}

/** The chosen chat's ID; null when none was chosen. */
export function readChat(view: SubmittedView): string | null {
  return readChosen(view, WHICH_CHAT)[0] ?? null;
}

const NOT_SEARCHED =
  'Linq gave no usable answer, so its chats could not be looked through. Nothing was removed. Go back and try again in a moment, or enter the chat’s ID.';

/** Linq could not be asked, so whether a chat is called so is not known. */
export function notSearchedModal(origin: Origin): ModalView {
  const blocks: KnownBlock[] = [section(plain(NOT_SEARCHED)), wayBack()];
  return {
    type: 'modal',
    callback_id: CHAT_MODAL,
    private_metadata: writeOrigin(origin),
    title: plain('Chats not read'),
    close: plain('Close'),
    blocks,
  };
}
