import type { ModalView } from '@slack/types';
import { context, mrkdwn, plain, textInput } from '../blocks/blocks.js';
import { type Origin, writeOrigin } from '../blocks/origin.js';
import { readInput, type SubmittedView } from '../blocks/submitted.js';
import { showConversation } from '../blocks/text.js';
import type { Fields } from './asked.js';

export const REQUEST_MODAL = 'request';
export const CHAT_INPUT = 'chat';
export const HANDLE_INPUT = 'handle';

/** The first step: which chat, which person. What is known or could not be understood is filled in. */
export function requestModal(origin: Origin, typed: Fields<string | null>): ModalView {
  return {
    type: 'modal',
    callback_id: REQUEST_MODAL,
    private_metadata: writeOrigin(origin),
    title: plain('Remove participant'),
    submit: plain('Review'),
    close: plain('Cancel'),
    blocks: [
      textInput({
        block: CHAT_INPUT,
        label: 'Chat',
        placeholder: '550e8400-e29b-41d4-a716-446655440000',
        hint: 'The ID of the Linq group chat. Leave it empty to choose among the chats of the person.',
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
      context(
        mrkdwn(
          `Nothing is removed yet: you review it first. The result will be posted in ${showConversation(origin.channel)}.`,
        ),
      ),
    ],
  };
}

/** What was typed, as typed. */
export function readRequest(view: SubmittedView): Fields {
  return { chat: readInput(view, CHAT_INPUT), handle: readInput(view, HANDLE_INPUT) };
}
