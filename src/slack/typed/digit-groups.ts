import { trimmed } from './plain-text.js';

/** Digits without a blank, as they stand between blanks, with what separates them from the group before. */
export interface Group {
  readonly text: string;
  readonly between: string;
}

/** Words are separate groups. A slash and a plus separate as well: `030/901820` is one number, `+1205…/+1206…` two. */
export function groupsOf(words: readonly string[]): Group[] {
  const groups: Group[] = [];
  let between = '';
  for (const word of words) {
    between += ' ';
    for (const part of word.split(/(\/+)|(?<=\d\D{0,3})(?=\+)/u)) {
      if (/\d/u.test(part ?? '')) {
        groups.push({ text: part, between });
        between = '';
      } else between += part ?? '';
    }
  }
  return groups;
}

const BEFORE = /[^\d+([]/u;
const AFTER = /[^\d)\]]/u;

/** The groups as they were typed, without the sentence's or the list's punctuation around them. */
export function textOf(groups: readonly Group[]): string {
  const text = groups.map(({ text, between }, index) => (index === 0 ? text : between + text)).join('');
  const number = trimmed(text, BEFORE, AFTER);
  return /[([]/u.test(number) ? number : trimmed(number, BEFORE, /\D/u);
}

export function digitsIn(groups: readonly Group[]): number {
  return groups.reduce((sum, { text }) => sum + text.replace(/\D/gu, '').length, 0);
}
