import type { KnownBlock } from '@slack/types';
import {
  type Addition,
  type AdditionObstacle,
  type AdditionReview,
  peopleAfter,
} from '../../removal/addition-review.js';
import { activeMembers } from '../../removal/chat.js';
import { explainImpossible } from '../../removal/outcome.js';
import { chatOfAll } from '../../removal/people.js';
import { NOT_DONE } from '../add-back/not-done.js';
import { fields, plain, section } from '../blocks/blocks.js';
import { bold, headed, paragraph } from '../blocks/rich.js';
import { sectionsOf } from '../blocks/sections.js';
import { clean, readable, showChat } from '../blocks/text.js';
import { peopleNow } from '../review/chats-blocks.js';
import { rosterOf } from '../review/person-blocks.js';

/** People who are to be added back, and their chats, as they are now. */
export function additionsToDecide(review: AdditionReview): KnownBlock[] {
  const [first, ...others] = review.additions;
  if (!first) return [];
  const possible = review.additions.some(({ obstacle }) => obstacle === null);
  return [
    ...(others.length === 0 ? oneAddition(first, review) : severalAdditions(review)),
    ...(possible ? [headed(NOT_DONE)] : []),
  ];
}

function oneAddition(addition: Addition, review: AdditionReview): KnownBlock[] {
  const { wanted, chat, obstacle, unread } = addition;
  const [person, name] = [readable(wanted.handle), chatOf(addition)];
  if (obstacle) return [section(plain(why(obstacle, addition)))];
  const question = paragraph('Add ', bold(person), ' back to ', bold(name), '?');
  if (unread || !chat) return [question, section(plain(`⚠ ${UNREAD} ${STILL_POSSIBLE}`))];
  return [
    question,
    section(plain(`${person} is not in the chat now.`)),
    fields(
      ['Person', clean(wanted.handle)],
      ['Service', chat.service ?? 'unknown'],
      ['People now', peopleNow(chat)],
      ['People after', `${peopleAfter(chat, review)}`],
    ),
    headed(rosterOf(chat), 2),
  ];
}

function severalAdditions(review: AdditionReview): KnownBlock[] {
  const { additions } = review;
  const possible = additions.filter(({ obstacle }) => obstacle === null);
  const obstacles = additions.flatMap((each) => (each.obstacle ? [why(each.obstacle, each)] : []));
  const unread = possible.some((each) => each.unread !== null);
  const isOneChat = chatOfAll(additions.map(({ wanted }) => wanted)) !== null;
  return [
    section(plain(headline(possible.length))),
    ...(unread ? [section(plain(`⚠ ${UNREAD} ${isOneChat ? STILL_POSSIBLE : NOT_NOW}`))] : []),
    ...sectionsOf(possible.map((each) => line(each, review))),
    ...sectionsOf(obstacles.map((words) => `✕ ${words}`)),
  ];
}

function headline(count: number): string {
  if (count === 0) return 'None of this can be added back any more. Nobody was added.';
  return count === 1
    ? 'One addition is possible. Add them back?'
    : `Add back? ${count} additions are possible.`;
}

function line(addition: Addition, review: AdditionReview): string {
  const { wanted, chat } = addition;
  const who = `• ${readable(wanted.handle)} back to ${chatOf(addition)}`;
  if (!chat) return `${who}: not read`;
  const now = activeMembers(chat).length;
  return `${who}: not in it now, ${now} people now, ${peopleAfter(chat, review)} after`;
}

const UNREAD = 'Linq gave no usable answer, so it could not be checked who is in the chat now.';
const STILL_POSSIBLE =
  'You can still approve. The chat is read again before anything is sent, and Linq decides.';
const NOT_NOW = 'So this cannot be approved now. Close this window and press Review again in a moment.';

function why(obstacle: AdditionObstacle, addition: Addition): string {
  const [person, chat] = [readable(addition.wanted.handle), chatOf(addition)];
  switch (obstacle) {
    case 'back-already':
      return `${person} is in ${chat} again. Nothing is left to be done.`;
    case 'no-longer-ours':
      return `${person} cannot be added back to ${chat} from here any more: another request does it already, or the 24 hours for it are over. Nobody was added by this.`;
    default:
      return explainImpossible(obstacle, { person, chat, traceId: null }, 'add');
  }
}

function chatOf({ chat, wanted }: Addition): string {
  return showChat(chat?.name ?? wanted.chatName, wanted.chatId, 'full');
}
