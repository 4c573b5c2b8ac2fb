import type { Direction } from '../../removal/request.js';

/** “remove pat from the launch crew”, “add pat back to the launch crew”. */
export function wishWords(direction: Direction, person: string, chat: string): string {
  return direction === 'add' ? `add ${person} back to ${chat}` : `remove ${person} from ${chat}`;
}

/** What a message is about, where its other sentences do not say so. */
export function askedFor(direction: Direction, person: string, chat: string): string {
  return `Asked for was to ${wishWords(direction, person, chat)}.`;
}
