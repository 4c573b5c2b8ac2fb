import { plainText } from './plain-text.js';

/**
 * A person as typed, before anyone was asked: not a verdict. Rosters decide first (`matchHandle`); only when no roster
 * lists them is `problem` shown.
 */
export interface Candidate {
  /** What was typed, without what pasting added. */
  readonly typed: string;
  /** The handles to look for in Linq, one or two. With two, whose look-up finds a person decides, or the asker. */
  readonly readings: readonly string[];
  /** A sentence saying why this is no phone number and no email, or null when it is one. */
  readonly problem: string | null;
  /** Every spelling in which Linq may list this person, as `handleKey` writes it. */
  readonly keys: readonly string[];
}

const NUMBER = /^[+\d\s().[\]/-]*$/u;

/**
 * A handle in the spelling that comparisons use: numbers as digits with their plus, emails without case and in
 * Unicode's compatibility form, anything else as it is.
 */
export function handleKey(handle: string): string {
  const plain = plainText(handle);
  if (plain.includes('@')) return plain.normalize('NFKC').toLowerCase();
  if (!NUMBER.test(plain) || !/\d/u.test(plain)) return plain.normalize('NFC');
  return (/^\D*\+/u.test(plain) ? '+' : '') + plain.replace(/\D/gu, '');
}

/** Whether Linq's handle `listed` is what was typed, however either of them is spelled. */
export function matchHandle(candidate: Candidate, listed: string): boolean {
  return candidate.keys.includes(handleKey(listed));
}

/** The readings that may be different people: two spellings of one email are one. */
export function meanings({ readings }: Candidate): readonly string[] {
  return [
    ...new Map([...readings].reverse().map((reading) => [handleKey(reading), reading])).values(),
  ].reverse();
}

/** All that Linq's handle for this person may look like, for a search that compares text without case. */
export function spellings({ typed, readings, keys }: Candidate): readonly string[] {
  const composed = [typed, ...readings, ...keys];
  return [...new Set([...composed, ...composed.map((each) => each.normalize('NFD'))])];
}

/** Candidates without those typed before in another spelling. One that may be two people is not one of the two. */
export function withoutRepeats(candidates: readonly Candidate[]): readonly Candidate[] {
  const seen = new Set<string>();
  return candidates.filter((candidate) => {
    const key = JSON.stringify([...new Set(candidate.readings.map(handleKey))].sort());
    return !seen.has(key) && seen.add(key);
  });
}
