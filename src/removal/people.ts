import { sameChat, sameHandle } from './chat.js';

/** Each person once, in the order of the items. */
export function peopleIn(items: readonly { readonly handle: string }[]): readonly string[] {
  const people: string[] = [];
  for (const { handle } of items)
    if (!people.some((person) => sameHandle(person, handle))) people.push(handle);
  return people;
}

/** The one chat that all of them are about; null where there are several, or none. */
export function chatOfAll(items: readonly { readonly chatId: string }[]): string | null {
  const [first] = items;
  return first && items.every(({ chatId }) => sameChat(chatId, first.chatId)) ? first.chatId : null;
}
