import type { KnownBlock } from '@slack/types';
import { sameHandle } from '../../removal/chat.js';
import type { Choice, Obstacle } from '../../removal/choice.js';
import type { PersonReview } from '../../removal/people-review.js';
import type { Wanted } from '../../removal/request.js';
import { isUnchecked, type Review } from '../../removal/review.js';
import { plain, section } from '../blocks/blocks.js';
import { sectionsOf } from '../blocks/sections.js';
import { readable, showChat } from '../blocks/text.js';
import { choiceDetails, obstacleLine, obstacleLines } from '../review/chats-blocks.js';
import { jointDetails } from '../review/people-blocks.js';

/** One person and several chats, as they are now. */
export function chatsToDecide(
  wanted: readonly Wanted[],
  choices: readonly Choice[],
  obstacles: readonly Obstacle[],
): KnownBlock[] {
  const person = readable(wanted[0]?.handle ?? '');
  const gone = notListed(wanted, [...choices, ...obstacles]);
  return [
    section(plain(headline(person, choices.length))),
    ...sectionsOf(choices.map((choice) => `• ${nameOf(choice)}: ${choiceDetails(choice)}`)),
    ...(obstacles.length > 0 ? [section(plain(obstacleLines(person, obstacles)))] : []),
    ...(gone.length > 0 ? sectionsOf([`Linq does not list ${person} in these any more`, ...gone]) : []),
  ];
}

function headline(person: string, count: number): string {
  if (count === 0) return `${person} cannot be removed from any of these chats any more. Nobody was removed.`;
  return count === 1 ? `Remove ${person} from this chat?` : `Remove ${person} from these ${count} chats?`;
}

/** Several people, each with their chats as they are now. */
export function peopleToDecide(
  wanted: readonly Wanted[],
  { people }: Review & { readonly kind: 'people' },
): KnownBlock[] {
  const count = people.reduce((sum, { choices }) => sum + choices.length, 0);
  const question =
    count === 0
      ? 'None of these people can be removed any more. Nobody was removed.'
      : `Remove these ${people.length} people? ${count === 1 ? 'One removal is' : `${count} removals are`} possible.`;
  const unread = people.some((person) => person.unread !== null);
  return [
    section(plain(unread ? `${question} ${NOT_ALL_READ}` : question)),
    ...sectionsOf(people.flatMap((person) => ['', ...linesAbout(person, wanted)]).slice(1)),
  ];
}

const NOT_ALL_READ =
  'Linq gave no usable answer about some of them, so this cannot be approved now. Close this window and press Review again in a moment.';

function linesAbout(person: PersonReview, wanted: readonly Wanted[]): string[] {
  const name = readable(person.handle);
  const { choices, obstacles, unread } = person;
  if (unread !== null) {
    return [name, isUnchecked(unread) ? '• Linq gave no usable answer' : '• Linq does not show their chats'];
  }
  const its = wanted.filter(({ handle }) => sameHandle(handle, person.handle));
  const gone = notListed(its, [...choices, ...obstacles]);
  return [
    name,
    ...choices.map((choice) => `• ${nameOf(choice)}: ${jointDetails(choice)}`),
    ...obstacles.map((obstacle) => `${obstacleLine(name, obstacle)} Not possible.`),
    ...gone.map((line) => `${line}: Linq does not list them there any more`),
  ];
}

function nameOf({ chat }: Choice): string {
  return showChat(chat.name, chat.id, 'full');
}

/** What was asked for and is on no list now. */
function notListed(wanted: readonly Wanted[], listed: readonly (Choice | Obstacle)[]): string[] {
  const seen = new Set(listed.map(({ chat }) => chat.id));
  return wanted
    .filter(({ chatId }) => !seen.has(chatId))
    .map(({ chatId, chatName }) => `• ${showChat(chatName, chatId, 'full')}`);
}
