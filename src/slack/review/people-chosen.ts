import { sameChat } from '../../removal/chat.js';
import { isConflict, type JointChoice } from '../../removal/people-review.js';
import { MOST_REMOVALS } from '../../removal/review.js';
import { readChosenOptions, type SubmittedView } from '../blocks/submitted.js';
import { showChat } from '../blocks/text.js';
import { nameInOption } from './chats-blocks.js';

/** One person and one chat that were chosen together with others. */
export interface Chosen {
  /** The field in which they were chosen. */
  readonly block: string;
  /** Which of the window's people. */
  readonly index: number;
  readonly chatId: string;
  readonly chatName: string | null;
  /** How many of the people in the window can leave this chat together, where that is not all of them. */
  readonly most: number | null;
}

/** An option's value, which Slack gives back: which person and which chat, and how many may go where not all can. */
export function writeChoice(index: number, choice: JointChoice): string {
  return [index, choice.chat.id, ...(isConflict(choice) ? [choice.most] : [])].join(' ');
}

const FIELD = /^people(?:_\d+)?$/u;

/** The fields in which people and chats are chosen; none in a window about one person, or about what could not be read. */
export function peopleFields(view: SubmittedView): readonly string[] {
  return Object.keys(view.state.values).filter((block) => FIELD.test(block));
}

export function readPeopleChosen(view: SubmittedView): readonly Chosen[] {
  return peopleFields(view).flatMap((block) =>
    readChosenOptions(view, block).map(({ value, text }) => {
      const [index = '', chatId = '', most] = value.split(' ');
      return {
        block,
        index: Number(index),
        chatId,
        chatName: nameInOption(text?.text ?? '', chatId),
        most: most === undefined ? null : Number(most),
      };
    }),
  );
}

/**
 * What is wrong with a choice, by field; null where nothing is. What the window said about a chat's minimum holds when
 * it is submitted, and the loop counts again before it sends.
 */
export function mistakesInChoice(view: SubmittedView): Record<string, string> | null {
  const chosen = readPeopleChosen(view);
  const [field = ''] = peopleFields(view);
  if (chosen.length === 0) return { [field]: 'Choose at least one.' };
  if (chosen.length > MOST_REMOVALS) {
    return {
      [chosen[0]?.block ?? field]:
        `One approval takes up to ${MOST_REMOVALS} removals, and these are ${chosen.length}. Take some out and ask for them afterwards.`,
    };
  }
  const overfull = chosen.filter(
    ({ chatId, most }) =>
      most !== null && chosen.filter((each) => sameChat(each.chatId, chatId)).length > most,
  );
  if (overfull.length === 0) return null;
  return Object.fromEntries(overfull.map((choice) => [choice.block, tooMany(choice)]));
}

function tooMany({ chatName, chatId, most }: Chosen): string {
  const chat = chatName === null ? 'this chat' : showChat(chatName, chatId, 'full');
  return `Only ${most} of the people chosen can be removed from ${chat}, because 3 must remain. Take the others out.`;
}
