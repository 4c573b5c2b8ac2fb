import type { CountryCode } from 'libphonenumber-js/max';
import { isBrokenChatId, isLink, readChatWord } from './chat-id.js';
import { openLinks } from './open-links.js';
import type { Piece, Token } from './piece.js';
import { DOUBLE_QUOTES } from './plain-text.js';
import { readNumbers } from './read-numbers.js';

const STOPS = `,;|<>${DOUBLE_QUOTES}`;
const TOKEN = new RegExp(`(?<stop>[${STOPS}\\n]+)|(?<word>[^\\s${STOPS}]+)`, 'gu');
/** `- Pat`, `1. Pat`: a list's signs at the start of a line. */
const BULLET = /^ *(?:[-*•·]|\d{1,2}[.)]) +(?=[\p{L}\d+(<"])/gmu;
/** Telephone signs and envelopes say nothing about who it is. */
const PHONE_SIGN = /[\u{1F4DE}\u{1F4F1}\u{1F4F2}\u{1F4E7}\u260E\u260F\u2706\u2121\u2709]\uFE0F?/gu;
/** `Tel:+1205…` and `205…x5`, each in one word. */
const GLUED_LABEL = /^(?<label>\p{L}[\p{L}.-]*[:.])(?=[+(\d])/u;
const GLUED_EXTENSION = /(?<=\d{2}[)-]?)(?=(?:x|ext)[a-z]{0,8}[.:]?\d{1,7}$)/iu;

/** Reads a text of any shape into chat IDs, people and words. Nothing is judged and nothing is left out. */
export function readPieces(text: string, country: CountryCode): readonly Piece[] {
  const opened = openLinks(text).replace(PHONE_SIGN, ' ').replace(BULLET, '');
  const tokens = [...opened.matchAll(TOKEN)].flatMap(({ groups }) =>
    groups?.stop === undefined
      ? tokensOf(groups?.word ?? '')
      : [{ kind: 'stop', text: groups.stop } as const],
  );
  return readNumbers(joinBrokenEmails(tokens), country);
}

function tokensOf(written: string): Token[] {
  const chat = readChatWord(written);
  if (chat) return [...chat.ids.map((id): Token => ({ kind: 'chat', id })), ...chat.rest.flatMap(tokensOf)];
  if (isLink(written) || isBrokenChatId(written)) return [{ kind: 'word', text: written }];
  if (written.includes('@') && /[^@\p{P}]/u.test(written)) return [{ kind: 'email', text: written }];
  const label = GLUED_LABEL.exec(written)?.groups?.label ?? '';
  const parts = [label, ...written.slice(label.length).split(GLUED_EXTENSION)];
  return parts.filter((part) => part !== '').map((part) => ({ kind: 'word', text: part }));
}

/** `pat @example.com` and `pat@ example.com` are one email with a blank in it, not a name and half an email. */
function joinBrokenEmails(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if (last && 'text' in last && 'text' in token && isOneEmail(last, token)) {
      joined.splice(-1, 1, { kind: 'email', text: `${last.text} ${token.text}` });
    } else joined.push(token);
  }
  return joined;
}

function isOneEmail(first: Token & { text: string }, second: Token & { text: string }): boolean {
  if (first.kind === 'email') return second.kind === 'word' && first.text.endsWith('@');
  if (first.kind !== 'word' || second.kind !== 'email') return false;
  return /\p{L}$/u.test(first.text) && /^@[^@]+\.[^@]+$/u.test(second.text);
}
