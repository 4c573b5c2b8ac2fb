import type { KnownBlock, ModalView } from '@slack/types';
import * as z from 'zod';
import type { Change } from '../../removal/change.js';
import { chatOfAll, peopleIn } from '../../removal/people.js';
import { plain, section } from '../blocks/blocks.js';
import { type ReasonRule, reasonInput } from '../blocks/reason-input.js';
import { bold, headed, paragraph } from '../blocks/rich.js';
import { readChosen, readInput, type SubmittedView } from '../blocks/submitted.js';
import { readable, showChat } from '../blocks/text.js';
import { CHATS_INPUT, chatOption, chatPicker, OPTION_LENGTH } from '../review/chats-blocks.js';

export const ADD_BACK_MODAL = 'add_back';
export const ADD_BACK_CHATS = CHATS_INPUT;
export const ADD_BACK_REASON = 'add_back_reason';

const stateSchema = z.object({ requestId: z.string().min(1), changeId: z.string().nullable() });

const NOT_DONE = [
  'What this does not do',
  '• Nothing that was written in between is restored: they see what comes after.',
  '• Linq may refuse: an SMS group, or a chat that uses another service than the person.',
  '• It is not undone by itself: to take them out again, run /linq-remove.',
].join('\n');

/** Sure? Says what adding back does not do; of several removals, which are to be undone. */
export function addBackModal(requestId: string, removals: readonly Change[], reason: ReasonRule): ModalView {
  const [only, ...others] = removals;
  const changeId = only && others.length === 0 ? only.id : null;
  return {
    type: 'modal',
    callback_id: ADD_BACK_MODAL,
    private_metadata: JSON.stringify({ requestId, changeId }),
    title: plain('Add back'),
    submit: plain('Add back'),
    close: plain('Cancel'),
    blocks: [
      ...question(removals),
      ...reasonInput(reason, {
        block: ADD_BACK_REASON,
        label: 'Reason',
        hint: 'Shown in the thread and kept with the addition.',
      }),
      headed(NOT_DONE),
      section(plain('How it goes is told in the thread of the message.')),
    ],
  };
}

function question(removals: readonly Change[]): KnownBlock[] {
  const [first, ...others] = removals;
  if (!first) return [];
  const [person, ...people] = peopleIn(removals).map(readable);
  const chat = showChat(first.chatName, first.chatId, 'full');
  if (others.length === 0) return [paragraph('Add ', bold(person ?? ''), ' back to ', chat, '?')];
  const options = removals.map((removal) => ({
    ...chatOption({ id: removal.chatId, name: removal.chatName }),
    value: removal.id,
  }));
  if (people.length === 0) {
    const asked = paragraph('To which chats should ', bold(person ?? ''), ' be added back?');
    return [asked, chatPicker(options, false)];
  }
  const whom = removals.map(({ handle }) => readable(handle));
  if (chatOfAll(removals) !== null) {
    const named = options.map(({ value }, index) => ({
      text: plain(whom[index] ?? '', OPTION_LENGTH),
      value,
    }));
    return [paragraph('Who should be added back to ', bold(chat), '?'), chatPicker(named, false, 'People')];
  }
  const named = options.map((option, index) => ({
    ...option,
    description: plain(whom[index] ?? '', OPTION_LENGTH),
  }));
  return [paragraph('Who should be added back, and to which chats?'), chatPicker(named, false)];
}

/** Which removals are to be undone; none when none was chosen. Throws when the view is not one of ours. */
export function readAddBack(view: SubmittedView & { private_metadata: string }): {
  requestId: string;
  changeIds: readonly string[];
  note: string | null;
} {
  const { requestId, changeId } = stateSchema.parse(JSON.parse(view.private_metadata));
  const changeIds = changeId ? [changeId] : readChosen(view, ADD_BACK_CHATS);
  return { requestId, changeIds, note: readInput(view, ADD_BACK_REASON) || null };
}
