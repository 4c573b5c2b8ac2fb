import type { Checkboxes, InputBlock, KnownBlock, MultiStaticSelect, PlainTextOption } from '@slack/types';
import { activeMembers, type Chat, isOurLineUnknown } from '../../removal/chat.js';
import type { Choice, Obstacle } from '../../removal/choice.js';
import { REASONS } from '../../removal/reasons.js';
import type { Review } from '../../removal/review.js';
import { context, plain, section } from '../blocks/blocks.js';
import { bold, headed, paragraph } from '../blocks/rich.js';
import { clean, cut, readable, showChat } from '../blocks/text.js';
import { SHORT_WARNING } from './warnings.js';

export const CHATS_INPUT = 'chats';

/** Slack: checkboxes hold 10 options, a select 100; an option's text and description 75 code points each. */
const MOST_CHECKBOXES = 10;
const MOST_OPTIONS = 100;
export const OPTION_LENGTH = 75;
const OBSTACLES_SHOWN = 20;

/** One person's chats: those to choose from, none chosen beforehand unless there is only one, and the rest with reasons. */
export function chatsBlocks(handle: string, review: Review & { kind: 'chats' }): KnownBlock[] {
  const { choices, obstacles } = review;
  const person = readable(handle);
  if (choices.length + obstacles.length === 0 && !review.hasMore) return [section(plain(noChats(person)))];
  const blocks: KnownBlock[] = [headline(person, choices.length)];
  if (choices.length > 0) blocks.push(chatsInput(choices));
  const notes = [tooMany(choices.length), review.hasMore ? MORE_AT_LINQ : null];
  for (const note of notes) if (note) blocks.push(context(plain(note)));
  return obstacles.length > 0 ? [...blocks, headed(obstacleLines(person, obstacles))] : blocks;
}

export const MORE_AT_LINQ =
  'Linq has more chats of this person than could be read. For one that is missing here, enter its chat ID.';

/** Linq knows nobody of this name. */
export function noChats(person: string): string {
  return `Linq lists no chats with ${person}. Nobody was removed. Check the number or email, or go back and enter the chat ID.`;
}

function headline(person: string, count: number): KnownBlock {
  const who = bold(person);
  if (count === 0)
    return paragraph(who, ' cannot be removed from any chat that Linq lists. Nobody was removed.');
  return count === 1
    ? paragraph('Remove ', who, ' from this chat?')
    : paragraph('From which chats should ', who, ' be removed?');
}

function tooMany(count: number): string | null {
  if (count <= MOST_OPTIONS) return null;
  return `These are the ${MOST_OPTIONS} latest of ${count} chats, which is all that Slack can offer at once. Approve these first and run the command again for the rest, or enter a chat ID.`;
}

function chatsInput(choices: readonly Choice[]): InputBlock {
  return chatPicker(choices.map(option), choices.length === 1);
}

/** Which chats, as many as Slack can offer. */
export function chatPicker(
  all: readonly PlainTextOption[],
  chosen: boolean,
  label: Picker['label'] = 'Chats',
): InputBlock {
  const options = all.slice(0, MOST_OPTIONS);
  return picker({ block: CHATS_INPUT, label, options, chosen: chosen ? options : [] });
}

interface Picker {
  readonly block: string;
  readonly label: string;
  /** At most 100. */
  readonly options: PlainTextOption[];
  readonly chosen: PlainTextOption[];
}

/** Checkboxes for a few options, a menu for many. */
export function picker({ block, label, options, chosen }: Picker): InputBlock {
  const element = { action_id: block, options, ...(chosen.length > 0 && { initial_options: chosen }) };
  const checkboxes: Checkboxes = { type: 'checkboxes', ...element };
  const select: MultiStaticSelect = {
    type: 'multi_static_select',
    ...element,
    placeholder: plain(`Choose ${label === 'People' ? 'people' : 'chats'}`),
  };
  return {
    type: 'input',
    block_id: block,
    label: plain(label),
    element: options.length > MOST_CHECKBOXES ? select : checkboxes,
  };
}

/** The service, how many people, how many remain, and what speaks against it. */
export function choiceDetails({ chat, remaining, warnings }: Choice): string {
  const counts = `${serviceOf(chat)}, ${activeMembers(chat).length} people, ${remaining} remain`;
  return [counts, ...warnings.map((warning) => `⚠ ${SHORT_WARNING[warning]}`)].join(' · ');
}

/** Where nobody on the roster is known as our line, it is not said whether it is one of them. */
export function peopleNow(chat: Chat): string {
  const people = `${activeMembers(chat).length}`;
  return isOurLineUnknown(chat) ? people : `${people}, our line included`;
}

export function serviceOf({ service }: Pick<Chat, 'service'>): string {
  return service ?? 'Unknown service';
}

function option(choice: Choice): PlainTextOption {
  const { chat } = choice;
  return {
    ...chatOption(chat),
    description: plain(choiceDetails(choice), OPTION_LENGTH),
  };
}

/** A chat to choose; its value is its ID. */
export function chatOption(chat: Pick<Choice['chat'], 'id' | 'name'>): PlainTextOption {
  return { text: plain(optionName(chat), OPTION_LENGTH), value: chat.id };
}

/** The end of the ID must survive the cut: it tells two chats of one name apart. */
function optionName({ name, id }: Pick<Choice['chat'], 'id' | 'name'>): string {
  const tail = tailOf(id);
  return `${cut(clean(name ?? '') || UNNAMED, OPTION_LENGTH - tail.length)}${tail}`;
}

const UNNAMED = 'Unnamed chat';
const tailOf = (id: string) => ` (…${id.slice(-4)})`;

/** The name of a chosen chat as it was read: what to call a chat that is never looked at again. */
export function nameInOption(shown: string, id: string): string | null {
  const name = shown.endsWith(tailOf(id)) ? shown.slice(0, -tailOf(id).length) : UNNAMED;
  return name === UNNAMED ? null : name;
}

/** Chats from which it is not possible, with the reasons. */
export function obstacleLines(
  person: string,
  obstacles: readonly Obstacle[],
  most = OBSTACLES_SHOWN,
): string {
  const hidden = obstacles.length - most;
  const lines = obstacles.slice(0, most).map((obstacle) => obstacleLine(person, obstacle));
  return ['Not possible', ...lines, ...(hidden > 0 ? [`and ${hidden} more`] : [])].join('\n');
}

export function obstacleLine(person: string, { chat, reason }: Obstacle): string {
  const name = showChat(chat.name, chat.id, 'full');
  return `• ${REASONS[reason].happened({ person, chat: name, traceId: null })}`;
}
