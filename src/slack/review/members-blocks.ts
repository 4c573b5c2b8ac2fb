import type { InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import type { Review } from '../../removal/review.js';
import { context, plain } from '../blocks/blocks.js';
import { bold, paragraph } from '../blocks/rich.js';
import { clean, readable, showChat } from '../blocks/text.js';

export const MEMBER_MODAL = 'member';
export const MEMBER_INPUT = 'member';

/** Slack: a select holds 100 options, and an option's text and value 75 code points. */
const MOST_OPTIONS = 100;
const OPTION_LENGTH = 75;

/** One chat's members, our own line never among them, to choose one from; no input where none can be offered. */
export function memberInput({ chat, members }: Review & { kind: 'members' }): KnownBlock[] {
  const offered = members.filter(({ handle }) => [...handle].length <= OPTION_LENGTH).slice(0, MOST_OPTIONS);
  const hidden = members.length - offered.length;
  const options: PlainTextOption[] = offered.map(({ handle }) => ({
    text: plain(readable(clean(handle)), OPTION_LENGTH),
    value: handle,
  }));
  return [
    paragraph('Who should be removed from ', bold(showChat(chat.name, chat.id, 'full')), '?'),
    ...(options.length > 0 ? [selectOf(options)] : []),
    ...(hidden > 0
      ? [context(plain(`${hidden} more cannot be offered here: go back and enter the handle.`))]
      : []),
  ];
}

function selectOf(options: PlainTextOption[]): InputBlock {
  return {
    type: 'input',
    block_id: MEMBER_INPUT,
    label: plain('Member'),
    element: {
      type: 'static_select',
      action_id: MEMBER_INPUT,
      options,
      placeholder: plain('Choose a member'),
    },
  };
}
