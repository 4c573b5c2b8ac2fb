import { sameChat, sameHandle } from '../../removal/chat.js';
import { type HandleDisplay, showChat, showHandle } from '../blocks/text.js';

/** One person and chat, of a change or of what is asked for. */
interface Item {
  readonly chatId: string;
  readonly chatName: string | null;
  readonly handle: string;
}

export function isOnePerson(items: readonly Item[]): boolean {
  return peopleIn(items).length === 1;
}

/** Whom it is about: the person, or how many. */
export function who(items: readonly Item[], display: HandleDisplay): string {
  const [person = '', ...others] = peopleIn(items);
  return others.length === 0 ? showHandle(person, display) : `${others.length + 1} people`;
}

/** Which chats it is about: the chat, or how many. */
export function where(items: readonly Item[], display: HandleDisplay): string {
  const [first, ...others] = items;
  if (first && others.every(({ chatId }) => sameChat(chatId, first.chatId)))
    return showChat(first.chatName, first.chatId, display);
  return `${new Set(items.map(({ chatId }) => chatId.toLowerCase())).size} chats`;
}

/** A line an item; where `all` are about several people, under the name of each. */
export function linesByPerson<I extends Item>(
  items: readonly I[],
  all: readonly Item[],
  display: HandleDisplay,
  lineOf: (item: I) => string,
): string[] {
  const people = peopleIn(all);
  if (people.length === 1) return items.map(lineOf);
  return people.flatMap((person, index) => {
    const lines = items.filter(({ handle }) => sameHandle(handle, person)).map(lineOf);
    // Where no one is named, a number tells them apart.
    const name = display === 'hidden' ? `Person ${index + 1}` : showHandle(person, display);
    return lines.length > 0 ? [name, ...lines] : [];
  });
}

/** Each person once, in the order of the review. */
function peopleIn(items: readonly Item[]): readonly string[] {
  const people: string[] = [];
  for (const { handle } of items)
    if (!people.some((person) => sameHandle(person, handle))) people.push(handle);
  return people;
}
