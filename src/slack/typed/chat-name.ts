import { plainText } from './plain-text.js';

/** Letters that Unicode does not take apart, as people without that keyboard write them. */
const PLAIN_LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
};
const SPECIAL = /[ßæœøđðħłþıς]/gu;
/**
 * Accents of Latin, Greek and Cyrillic, vowel points of Hebrew and Arabic. Marks of other scripts are letters of their
 * own: without them Hindi and Japanese words would fall together.
 */
const ACCENT = /[\u0300-\u036F\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670]/gu;
const SELECTOR = /\p{Cf}|\uFE0F/gu;
const SPACE = /\s+/gu;
const PUNCTUATION = /\p{P}+/gu;

/**
 * Whether `query` is part of a chat's name, compared without case, accents, spacing and punctuation. A query of
 * nothing but punctuation is compared with it; an empty one is part of no name.
 */
export function matchChatName(query: string, name: string | null): boolean {
  const wanted = folded(query);
  const words = wanted.replace(PUNCTUATION, '');
  if (words !== '')
    return folded(name ?? '')
      .replace(PUNCTUATION, '')
      .includes(words);
  return wanted !== '' && folded(name ?? '').includes(wanted);
}

/** Decomposed for the accents, then composed again: half a Korean syllable is no part of it. */
function folded(text: string): string {
  return plainText(text)
    .normalize('NFKD')
    .toLowerCase()
    .replace(ACCENT, '')
    .replace(SPECIAL, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .replace(SELECTOR, '')
    .replace(SPACE, '')
    .normalize('NFKC');
}
