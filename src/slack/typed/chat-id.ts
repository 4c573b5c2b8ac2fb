import { percentDecoded } from './open-links.js';

const HEX = '[0-9a-f]';
const UUID = new RegExp(`(?<!${HEX})${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}(?!${HEX})`, 'giu');
/** Links may also hold the workspace's ID; the one behind `chat` is meant. */
const BEHIND_CHAT = /chats?(?:[_-]?id)?(?:\/|=|:)+$/iu;
/** Three or more groups of hex digits, or 24 digits and more in a row: an ID that lost or won a character. */
const BROKEN = /^(?:[0-9a-f]{2,}-){3,6}[0-9a-f]{2,}$|^[0-9a-f]{24,}$/iu;

export function isLink(word: string): boolean {
  return word.includes('://') || /^www\./iu.test(word);
}

/** Whether a word was meant as a chat's ID but is none: 20 characters and more that only an ID has. */
export function isBrokenChatId(word: string): boolean {
  return word.length >= 20 && BROKEN.test(word);
}

/** What one word says about chats, and what is left of it: an ID alone, within brackets, or inside a link. */
export interface ChatWord {
  readonly ids: readonly string[];
  readonly rest: readonly string[];
}

/** The chat IDs (UUIDs, lower case) in one word without blanks, or null when there is none. */
export function readChatWord(written: string): ChatWord | null {
  const word = written.includes('%') ? percentDecoded(written) : written;
  const found = [...word.matchAll(UUID)];
  const [first] = found;
  const last = found.at(-1);
  if (!first || !last) return null;
  const before = word.slice(0, first.index);
  const after = word.slice(last.index + last[0].length);
  const linked = /[/=:]/u.test(before);
  const ids = found.map(([id]) => id.toLowerCase());
  const meant = found.filter(({ index }) => BEHIND_CHAT.test(word.slice(0, index).slice(-12)));
  return {
    ids: linked && meant.length > 0 ? meant.map(([id]) => id.toLowerCase()) : ids,
    rest: linked ? [] : [before, after].filter((part) => /[\p{L}\p{N}]/u.test(part)),
  };
}
