import type { CountryCode } from 'libphonenumber-js/max';
import { groupsOf } from './digit-groups.js';
import { readEmail } from './email.js';
import { isExtension, readExtension } from './extension.js';
import { readNumber } from './number.js';
import { type Stretch, splitRun } from './number-run.js';
import { type Piece, type Token, wordAt } from './piece.js';

/** Digits and what people write between and around them. */
const DIGITS = /^[+\d()[\]./·•_*~'`‘’:!?¡¿…-]+$/u;
/** `10:30`, `5*3`: not one number. */
const CUT_THROUGH = /\d[:!?*~'`‘’…]+\d/u;
const CONNECTOR = /^[-()[\]./·•]+$/u;
const SENTENCE_END = /[.!?:]$/u;
/** A day, the year first or last. Chats are called after days, and no country groups its numbers so. */
const DAY =
  /^(?:(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|[12]\d|3[01])\2(?:19|20)\d\d)[.!?:]?$/u;

/** Turns the digits among the tokens into numbers, and the emails into people. */
export function readNumbers(tokens: readonly Token[], country: CountryCode): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < tokens.length) {
    const { read, end } = isDigits(tokens[at]) ? readRun(tokens, at, country) : readOther(tokens, at);
    pieces.push(...read);
    at = end;
  }
  return pieces;
}

interface Read {
  readonly read: readonly Piece[];
  /** The place behind what was read. */
  readonly end: number;
}

function readOther(tokens: readonly Token[], at: number): Read {
  const read = tokens
    .slice(at, at + 1)
    .map((token) => (token.kind === 'email' ? emailPiece(token.text) : token));
  return { read, end: at + 1 };
}

function readRun(tokens: readonly Token[], start: number, country: CountryCode): Read {
  const end = runEnd(tokens, start);
  const words = tokens.slice(start, end).map((token) => (token.kind === 'word' ? token.text : ''));
  const stretches = splitRun(groupsOf(words), country, isBesideWords(tokens, start, end));
  const extension = stretches.at(-1)?.kind === 'number' ? readExtension(tokens, end) : null;
  return {
    read: piecesOf(stretches, extension?.text ?? null, country),
    end: extension?.end ?? end,
  };
}

function isDigits(token: Token | undefined): boolean {
  return (
    token?.kind === 'word' &&
    DIGITS.test(token.text) &&
    /\d/u.test(token.text) &&
    !CUT_THROUGH.test(token.text) &&
    !DAY.test(token.text)
  );
}

function isBesideWords(tokens: readonly Token[], start: number, end: number): boolean {
  const next = wordAt(tokens, end);
  return /\p{L}/u.test(wordAt(tokens, start - 1)) || (/\p{L}/u.test(next) && !isExtension(next));
}

/** Where digits that only blanks and dashes separate end. */
function runEnd(tokens: readonly Token[], start: number): number {
  let end = start + 1;
  while (!SENTENCE_END.test(wordAt(tokens, end - 1))) {
    const skipped = CONNECTOR.test(wordAt(tokens, end)) ? 1 : 0;
    if (!isDigits(tokens[end + skipped])) break;
    end += skipped + 1;
  }
  return end;
}

function piecesOf(stretches: readonly Stretch[], extension: string | null, country: CountryCode): Piece[] {
  return stretches.map((stretch, index): Piece => {
    if (stretch.kind === 'word') return stretch;
    const isLast = index === stretches.length - 1;
    const { candidate, confidence } =
      isLast && extension !== null ? readNumber(stretch.candidate.typed, country, extension) : stretch;
    return { kind: 'person', candidate, confidence };
  });
}

function emailPiece(text: string): Piece {
  const candidate = readEmail(text);
  return { kind: 'person', candidate, confidence: candidate.problem === null ? 'valid' : 'none' };
}
