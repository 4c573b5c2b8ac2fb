import type { CountryCode } from 'libphonenumber-js/max';
import { digitsIn, type Group, textOf } from './digit-groups.js';
import { type NumberRead, readNumber } from './number.js';
import { MOST_DIGITS } from './number-problem.js';
import { type Confidence, readingsOf, startsWithPlus } from './number-readings.js';

/** What a run of groups turned out to be: numbers, and small numbers that belong to a name (`Crew 7`). */
export type Stretch =
  | ({ readonly kind: 'number' } & NumberRead)
  | { readonly kind: 'word'; readonly text: string };

/** More groups than 20 people's numbers have: no text of a person, and every split of it would cost time. */
const MOST_GROUPS = 150;
/** `06 12 34 56 78` has five, and with a country code in front and a `(0)` there are seven. */
const MOST_GROUPS_IN_ONE = 8;
const FEWEST_DIGITS = 7;
const LONGEST_WORD = 4;
/** Two known numbers beat one that is merely possible, and everything beats digits that are left over. */
const COST: Record<Confidence | 'word', number> = { valid: 10, word: 15, possible: 30, none: 50 };
const COST_OF_LOST_DIGIT = 100;

interface Split {
  readonly cost: number;
  /** The split of everything before the last stretch. */
  readonly before: Split | null;
  readonly from: number;
  readonly to: number;
  readonly kind: Stretch['kind'];
}

/**
 * Splits digits that only blanks separate into the numbers they were meant as: a blank inside `+1 205 249 9136`
 * separates nobody, one between two numbers does. Beside words, small numbers may be words too.
 */
export function splitRun(groups: readonly Group[], country: CountryCode, besideWords: boolean): Stretch[] {
  if (isWord(groups, besideWords)) return [wordOf(groups)];
  const whole: Stretch = { kind: 'number', ...numberOf(groups, country) };
  if (whole.confidence === 'valid' || groups.length === 1 || groups.length > MOST_GROUPS) return [whole];
  const split = stretchesOf(bestSplit(groups, country, besideWords)).map(({ kind, from, to }): Stretch => {
    const part = groups.slice(from, to);
    return kind === 'word' ? wordOf(part) : { kind, ...numberOf(part, country) };
  });
  return isBelievable(split) || digitsIn(groups) < FEWEST_DIGITS ? split : [whole];
}

/** One wrong digit must not turn the rest into another person: beside digits left over only known numbers count. */
function isBelievable(split: readonly Stretch[]): boolean {
  if (split.slice(0, -1).some(isLoneCode)) return false;
  const found = split.flatMap((stretch) => (stretch.kind === 'number' ? [stretch.confidence] : []));
  return found.includes('none') ? found.includes('valid') && !found.includes('possible') : found.length > 0;
}

/** `+999 205 249 9136`: a code that no country has belongs to what follows it. */
function isLoneCode(stretch: Stretch): boolean {
  if (stretch.kind === 'word' || stretch.confidence !== 'none') return false;
  const { typed } = stretch.candidate;
  return startsWithPlus(typed) && typed.replace(/\D/gu, '').length < FEWEST_DIGITS;
}

function bestSplit(groups: readonly Group[], country: CountryCode, besideWords: boolean): Split | null {
  const best: (Split | null)[] = [null];
  for (let to = 1; to <= groups.length; to++) {
    let found: Split | null = null;
    for (let from = to - 1; from >= 0 && mayBeOne(groups, from, to); from--) {
      const part = groups.slice(from, to);
      const before = best[from] ?? null;
      const kind = isWord(part, besideWords) ? 'word' : 'number';
      const cost = (before?.cost ?? 0) + (kind === 'word' ? COST.word : costOf(part, country));
      if (found === null || cost < found.cost) found = { cost, before, from, to, kind };
    }
    best.push(found);
  }
  return best.at(-1) ?? null;
}

/** A plus begins a number, and no number has more than 15 digits; one group is always one. */
function mayBeOne(groups: readonly Group[], from: number, to: number): boolean {
  if (to - from === 1) return true;
  if (to - from > MOST_GROUPS_IN_ONE) return false;
  const hasInnerPlus = groups.slice(from + 1, to).some(({ text }) => startsWithPlus(text));
  return !hasInnerPlus && digitsIn(groups.slice(from, to)) <= MOST_DIGITS + 2;
}

/** Too few digits are not worth asking the metadata, which takes most of the time. */
function costOf(part: readonly Group[], country: CountryCode): number {
  const digits = digitsIn(part);
  const confidence = digits < FEWEST_DIGITS ? 'none' : confidenceOf(textOf(part), country);
  return COST[confidence] + (confidence === 'none' ? digits * COST_OF_LOST_DIGIT : 0);
}

function confidenceOf(text: string, country: CountryCode): Confidence {
  return readingsOf(text, text.replace(/\D/gu, ''), country).confidence;
}

function isWord(part: readonly Group[], besideWords: boolean): boolean {
  return besideWords && part.every(({ text }) => !startsWithPlus(text)) && digitsIn(part) <= LONGEST_WORD;
}

function stretchesOf(last: Split | null): Split[] {
  const splits: Split[] = [];
  for (let split = last; split !== null; split = split.before) splits.push(split);
  return splits.reverse();
}

function numberOf(groups: readonly Group[], country: CountryCode): NumberRead {
  return readNumber(textOf(groups), country);
}

function wordOf(groups: readonly Group[]): Stretch {
  return { kind: 'word', text: textOf(groups) };
}
