import { type Token, wordAt } from './piece.js';

const WORD = /^(?:x|ext|extn|extension)[.:]?(?<digits>\d{1,7})?$/iu;
const DIGITS = /^\d{1,7}[.!?]?$/u;

export interface Extension {
  readonly text: string;
  /** The place behind it. */
  readonly end: number;
}

export function isExtension(word: string): boolean {
  return WORD.test(word);
}

/** `x5`, `ext. 12` or `, extension 12` at this place, behind a number. */
export function readExtension(tokens: readonly Token[], after: number): Extension | null {
  const comma = tokens[after];
  const at = comma?.kind === 'stop' && /^[,;]$/u.test(comma.text) ? after + 1 : after;
  const word = wordAt(tokens, at);
  const found = WORD.exec(word);
  if (!found) return null;
  if (found.groups?.digits !== undefined) return { text: word, end: at + 1 };
  const digits = wordAt(tokens, at + 1);
  return DIGITS.test(digits) ? { text: `${word} ${digits}`, end: at + 2 } : null;
}
