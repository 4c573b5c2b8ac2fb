import { isBrokenChatId, isLink, readChatWord } from './chat-id.js';
import { openLinks } from './open-links.js';
import { DOUBLE_QUOTES, QUOTES, trimmed } from './plain-text.js';
import { explain } from './reasons.js';

/** Which chat was named. `typed` is kept with a problem, so that it can be corrected. */
export type ChatNamed =
  | { readonly kind: 'none' }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'problem'; readonly typed: string; readonly problem: string };

const EDGE = new RegExp(`[\\s${QUOTES},;<>]`, 'u');
const BETWEEN_WORDS = new RegExp(`[\\s${DOUBLE_QUOTES},;<>|]+`, 'u');

/** Reads the Chat field: an ID wherever it stands, a link that holds one, or else part of a chat's name. */
export function readChat(text: string): ChatNamed {
  const opened = openLinks(text);
  const ids = opened.split(BETWEEN_WORDS).flatMap((word) => readChatWord(word)?.ids ?? []);
  return chatOf(ids, opened);
}

/** The chat that IDs and words name together. An ID counts before words: a pasted link often brings its title along. */
export function chatOf(ids: readonly string[], words: string): ChatNamed {
  const [id, ...others] = new Set(ids);
  if (others.length > 0) return problem('several-chats', [id, ...others].join(' '));
  if (id !== undefined) return { kind: 'id', id };
  const name = trimmed(words, EDGE).replace(/\s+/gu, ' ');
  if (name === '') return { kind: 'none' };
  if (isBrokenChatId(name)) return problem('broken-chat-id', name);
  if (isLink(name) && !name.includes(' ')) return problem('link-without-chat', name);
  return { kind: 'name', name };
}

function problem(reason: Parameters<typeof explain>[0], typed: string): ChatNamed {
  return { kind: 'problem', typed, problem: explain(reason, typed) };
}
