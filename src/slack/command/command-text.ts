import type { CountryCode } from 'libphonenumber-js/max';
import { findChatIds, parseHandle, straighten, unwrap } from './handle-input.js';

export const COMMAND = '/linq-remove';

/** What was typed after `/linq-remove`. */
export type CommandText =
  | { readonly kind: 'help' }
  | Named<'remove'>
  /** `refused`: the refused attempts are asked for (`history refused`). */
  | (Named<'history'> & { readonly refused: boolean });

/** To remove a person, or to look back: the chat and the person it is about, as far as they were named. */
interface Named<Kind> {
  readonly kind: Kind;
  readonly chatId: string | null;
  readonly handle: string | null;
  /** What could not be understood, kept so that it can be corrected. */
  readonly leftover: string | null;
}

const HELP = /^(?:help|hilfe|\?|-h|--help)$/iu;
const HISTORY = /^["'“”`\s]*history(?![\p{L}\p{N}@._-])["'“”`]*/iu;
const REFUSED = /^\s*refused(?![\p{L}\p{N}@._-])/iu;
const LONGEST_LEFTOVER = 300;

/** Reads a chat ID and a handle in any order, in every shape that people paste. Never rejects text: it keeps it. */
export function parseCommandText(text: string, defaultCountry: CountryCode): CommandText {
  const bare = unwrap(text);
  if (HELP.test(bare)) return { kind: 'help' };
  if (!HISTORY.test(bare)) return readNamed(text, defaultCountry);
  const about = straighten(text).replace(HISTORY, '');
  const refused = REFUSED.test(about);
  return { ...readNamed(about.replace(REFUSED, ''), defaultCountry), kind: 'history', refused };
}

function readNamed(text: string, defaultCountry: CountryCode): Named<'remove'> {
  const bare = unwrap(text);
  const [chatId, ...otherIds] = new Set(findChatIds(text));
  if (otherIds.length > 0) return remove(null, null, bare);
  const rest = chatId ? unwrap(withoutChatId(text, chatId)) : bare;
  if (!rest) return remove(chatId, null, null);
  const handle = parseHandle(rest, defaultCountry);
  return handle.ok ? remove(chatId, handle.value, null) : remove(chatId, null, rest);
}

function withoutChatId(text: string, chatId: string): string {
  return straighten(text).replace(new RegExp(`["'“”\`<]*${chatId}["'“”\`>]*`, 'giu'), ' ');
}

function remove(
  chatId: string | null | undefined,
  handle: string | null,
  leftover: string | null,
): Named<'remove'> {
  const kept = leftover === null ? null : [...leftover].slice(0, LONGEST_LEFTOVER).join('');
  return { kind: 'remove', chatId: chatId ?? null, handle, leftover: kept };
}
