import { sameHandle } from '../../removal/chat.js';
import { chatOfAll, peopleIn } from '../../removal/people.js';
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
  const [first] = items;
  if (first && chatOfAll(items) !== null) return showChat(first.chatName, first.chatId, display);
  return `${new Set(items.map(({ chatId }) => chatId.toLowerCase())).size} chats`;
}

/**
 * A line an item, which `lineOf` makes from the name that tells it apart: the chat of one person, the person in one
 * chat. Where `all` are about several people and chats, each person's chats stand under their name.
 */
export function linesByPerson<I extends Item>(
  items: readonly I[],
  all: readonly Item[],
  display: HandleDisplay,
  lineOf: (item: I, name: string) => string,
): string[] {
  const people = peopleIn(all);
  const chat = ({ chatName, chatId }: Item) => showChat(chatName, chatId, display);
  if (people.length === 1) return items.map((item) => lineOf(item, chat(item)));
  const isOneChat = chatOfAll(all) !== null;
  return people.flatMap((person, index) => {
    const its = items.filter(({ handle }) => sameHandle(handle, person));
    // Where no one is named, a number tells them apart.
    const name = display === 'hidden' ? `Person ${index + 1}` : showHandle(person, display);
    if (isOneChat) return its.map((item) => lineOf(item, name));
    return its.length > 0 ? [name, ...its.map((item) => lineOf(item, chat(item)))] : [];
  });
}
