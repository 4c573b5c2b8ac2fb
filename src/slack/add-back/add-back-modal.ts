import type { KnownBlock, ModalView } from '@slack/types';
import * as z from 'zod';
import type { Change } from '../../removal/change.js';
import { chatOfAll, peopleIn } from '../../removal/people.js';
import type { ApprovalPolicy } from '../../removal/proposal.js';
import { context, plain, section } from '../blocks/blocks.js';
import { type ReasonRule, reasonInput } from '../blocks/reason-input.js';
import { bold, headed, paragraph } from '../blocks/rich.js';
import { readChosen, readInput, type SubmittedView } from '../blocks/submitted.js';
import { readable, showChat } from '../blocks/text.js';
import { CHATS_INPUT, chatOption, chatPicker, OPTION_LENGTH } from '../review/chats-blocks.js';
import { NOT_DONE } from './not-done.js';

export const ADD_BACK_MODAL = 'add_back';
export const ADD_BACK_CHATS = CHATS_INPUT;
export const ADD_BACK_REASON = 'add_back_reason';

const stateSchema = z.object({ requestId: z.string().min(1), changeId: z.string().nullable() });

export interface AddBackRules {
  readonly reason: ReasonRule;
  readonly approval: ApprovalPolicy;
}

/** Sure? Says what adding back does not do; of several removals, which are to be undone. */
export function addBackModal(
  requestId: string,
  removals: readonly Change[],
  { reason, approval }: AddBackRules,
): ModalView {
  const [only, ...others] = removals;
  const changeId = only && others.length === 0 ? only.id : null;
  return {
    type: 'modal',
    callback_id: ADD_BACK_MODAL,
    private_metadata: JSON.stringify({ requestId, changeId }),
    title: plain('Add back'),
    submit: plain(approval.when === 'always' ? 'Ask for approval' : 'Add back'),
    close: plain('Cancel'),
    blocks: [
      ...question(removals),
      ...reasonInput(reason, {
        block: ADD_BACK_REASON,
        label: 'Reason',
        hint: 'Shown in the thread and kept with the addition.',
      }),
      headed(NOT_DONE),
      ...whoDecides(approval, removals.length),
      section(plain('How it goes is told in the thread of the message.')),
    ],
  };
}

function whoDecides({ when, bulkAbove }: ApprovalPolicy, count: number): KnownBlock[] {
  if (when === 'never' || (when === 'bulk' && count <= bulkAbove)) return [];
  const which = when === 'always' ? 'This' : `More than ${bulkAbove} additions at once`;
  return [context(plain(`${which} must be approved by somebody else before anybody is added.`))];
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
