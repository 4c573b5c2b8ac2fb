import type { CountryCode } from 'libphonenumber-js/max';
import { type Candidate, withoutRepeats } from './candidate.js';
import { isFieldName, withoutLabels } from './labels.js';
import { readMisplacedId, readPerson, readWords } from './person.js';
import type { Piece } from './piece.js';
import { readPieces } from './pieces.js';
import { explain, MOST_PEOPLE } from './reasons.js';

export interface People {
  /** Everyone who was named, in order and without repeats, also beyond the limit and with their mistakes. */
  readonly people: readonly Candidate[];
  /** What is wrong with the list as a whole, or null. */
  readonly problem: string | null;
}

/**
 * Reads the people of the Handle field: separated by commas, semicolons, lines or blanks, up to 20. A mistake of one
 * person is in their `problem`. An empty text names no one and is no mistake here.
 */
export function readPeople(text: string, defaultCountry: CountryCode): People {
  const pieces = withoutNames(withoutLabels(readPieces(text, defaultCountry)));
  return limited(candidatesOf(pieces, defaultCountry));
}

export function limited(candidates: readonly Candidate[]): People {
  const people = withoutRepeats(candidates);
  const tooMany = people.length > MOST_PEOPLE;
  return { people, problem: tooMany ? explain('too-many-people', '', String(people.length)) : null };
}

/** What separates people, as opposed to quotes and brackets. */
const SEPARATOR = /[,;|\n]/u;
const AND = /^(?:and|&|\+)$/iu;

/** `Pat Smith: +1205…`: a name with a colon directly in front of a person. */
function withoutNames(pieces: readonly Piece[]): readonly Piece[] {
  const kept: Piece[] = [];
  for (const piece of pieces) {
    const last = kept.at(-1);
    if (piece.kind === 'person' && last?.kind === 'word' && last.text.endsWith(':')) {
      while (kept.at(-1)?.kind === 'word') kept.pop();
    }
    kept.push(piece);
  }
  return kept;
}

function isDecoration(word: string): boolean {
  return !/[\p{L}\p{N}]/u.test(word) || AND.test(word) || isFieldName(word);
}

/** Words that stand together are one mistake; what only decorates people is one where it stands alone. */
function candidatesOf(pieces: readonly Piece[], country: CountryCode): Candidate[] {
  const candidates: Candidate[] = [];
  const decoration: string[] = [];
  let words: string[] = [];
  const endWords = () => {
    if (words.length > 0) candidates.push(readPerson(words.join(' '), country));
    words = [];
  };
  for (const piece of pieces) {
    if (piece.kind === 'word') {
      (isDecoration(piece.text) ? decoration : words).push(piece.text);
    } else if (piece.kind !== 'stop' || SEPARATOR.test(piece.text)) endWords();
    if (piece.kind === 'person') candidates.push(piece.candidate);
    if (piece.kind === 'chat') candidates.push(readMisplacedId(piece.id));
  }
  endWords();
  return candidates.length > 0 || decoration.length === 0 ? candidates : [readWords(decoration.join(' '))];
}
