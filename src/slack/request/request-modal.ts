import type { KnownBlock, ModalView } from '@slack/types';
import { context, mrkdwn, plain, section, textInput } from '../blocks/blocks.js';
import { type Start, writeOrigin } from '../blocks/origin.js';
import { readInput, type SubmittedView } from '../blocks/submitted.js';
import { showConversation } from '../blocks/text.js';
import { type Fields, withoutTooMany } from './asked.js';
import { conversationInput } from './conversation-input.js';

export const REQUEST_MODAL = 'request';
export const CHAT_INPUT = 'chat';
export const HANDLE_INPUT = 'handle';

/**
 * The first step: which chat, which person. What is known or could not be understood is filled in, and `notes` say
 * above it what is wrong.
 */
export function requestModal(
  origin: Start,
  typed: Fields<string | null>,
  notes: readonly string[] = [],
): ModalView {
  return {
    type: 'modal',
    callback_id: REQUEST_MODAL,
    private_metadata: writeOrigin(withoutTooMany(origin)),
    title: plain('Remove participant'),
    submit: plain('Review'),
    close: plain('Cancel'),
    blocks: [
      ...notes.map((note) => section(plain(note))),
      textInput({
        block: CHAT_INPUT,
        label: 'Chat',
        placeholder: 'Launch crew, or 550e8400-e29b-41d4-a716-446655440000',
        hint: 'Part of the group chat’s name, its ID, or a link with it. Leave it empty to choose among the chats of the person.',
        value: typed.chat,
        optional: true,
      }),
      textInput({
        block: HANDLE_INPUT,
        label: 'Handle',
        placeholder: '+12052499136 or pat@example.com',
        hint: 'The phone number or email of the person to remove. Leave it empty to choose among the members of the chat.',
        value: typed.handle,
        optional: true,
      }),
      ...whereTo(origin),
    ],
  };
}

function whereTo({ channel, threadTs, asksWhere }: Start): KnownBlock[] {
  if (asksWhere || channel === null) return [conversationInput(channel), context(plain(NOT_YET))];
  const place = `${threadTs ? 'the thread of the message in ' : ''}${showConversation(channel)}`;
  return [context(mrkdwn(`${NOT_YET} The result will be posted in ${place}.`))];
}

const NOT_YET = 'Nothing is removed yet: you review it first.';

/** What a window further on goes back to: the name that was typed rather than the chat it led to. */
export function fieldsFrom({ chatId, chatName, handles }: Start): Fields<string | null> {
  return { chat: chatName ?? chatId, handle: handles.join(', ') || null };
}

/** What was typed, as typed. */
export function readRequest(view: SubmittedView): Fields {
  return { chat: readInput(view, CHAT_INPUT), handle: readInput(view, HANDLE_INPUT) };
}
