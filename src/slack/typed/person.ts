import type { CountryCode } from 'libphonenumber-js/max';
import { type Candidate, handleKey } from './candidate.js';
import { isLink } from './chat-id.js';
import { readEmail } from './email.js';
import { readNumber } from './number.js';
import { openLinks } from './open-links.js';
import { readPieces } from './pieces.js';
import { QUOTES, trimmed } from './plain-text.js';
import { explain } from './reasons.js';

const EDGE = new RegExp(`[\\s${QUOTES}*_~,;:.!?<>]`, 'u');

/** One person, whatever separates the words: for a text that names one, or is compared with one. */
export function readPerson(text: string, country: CountryCode): Candidate {
  const [piece, ...others] = readPieces(text, country).filter(({ kind }) => kind !== 'stop');
  if (piece?.kind === 'person' && others.length === 0) return piece.candidate;
  if (piece?.kind === 'chat' && others.length === 0) return readMisplacedId(piece.id);
  const bare = openLinks(text);
  if (bare.includes('@')) return readEmail(bare);
  if (/\p{L}/u.test(bare) || !/\d/u.test(bare)) return readWords(bare);
  return readNumber(bare, country).candidate;
}

/** Words in a person's place: no rule of ours takes them, but Linq may list them (a sender with a name). */
export function readWords(text: string): Candidate {
  const typed = trimmed(text, EDGE).normalize('NFC') || text;
  return {
    typed,
    readings: [typed],
    problem: explain(isLink(typed) ? 'link' : 'neither', typed),
    keys: [...new Set([typed, text].map(handleKey))],
  };
}

/** A chat's ID in a person's place. */
export function readMisplacedId(id: string): Candidate {
  return { typed: id, readings: [id], problem: explain('chat-id', id), keys: [handleKey(id)] };
}
