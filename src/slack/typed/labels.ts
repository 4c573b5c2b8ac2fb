import type { Piece } from './piece.js';
import { DOUBLE_QUOTES } from './plain-text.js';

/** Names of fields that contact cards and forms put beside an address: `Mobile: +1205…`, `+1205… (work)`. */
const FIELD =
  /^[([]?(?:tel|telephone|telefon|phone|mobile|mobil|mob|cell|handy|home|work|sms|imessage|whatsapp|e-?mail|mail|contact|handle|number)(?<end>[:.]*)[)\]]?$/iu;
const QUOTE = new RegExp(`[${DOUBLE_QUOTES}]`, 'u');

/** Pieces without what mail programs and contact cards put around an address: `Pat Smith <pat@…>`, `Mobile: …`. */
export function withoutLabels(pieces: readonly Piece[]): readonly Piece[] {
  const kept: Piece[] = [];
  // Outlook separates people by semicolons and writes their names with a comma: `Smith, Pat <pat@…>; Doe, Jo <jo@…>`.
  const commasInside = pieces.some((piece) => piece.kind === 'stop' && piece.text.includes(';'));
  for (const [index, piece] of pieces.entries()) {
    if (isAngled(pieces, index)) kept.splice(labelStart(kept, commasInside));
    else if (piece.kind === 'person' && isField(kept.at(-1))) kept.pop();
    kept.push(piece);
  }
  return kept;
}

/** The person at this place stands in angle brackets, and is an email or a number that could be read. */
function isAngled(pieces: readonly Piece[], index: number): boolean {
  const [before, piece, after] = [pieces[index - 1], pieces[index], pieces[index + 1]];
  return (
    piece?.kind === 'person' &&
    before?.kind === 'stop' &&
    before.text.endsWith('<') &&
    after?.kind === 'stop' &&
    after.text.startsWith('>')
  );
}

/** Where the name in front of the bracket begins: at its opening quote, or behind the person before. */
function labelStart(kept: readonly Piece[], commasInside: boolean): number {
  const last = kept.length - 2;
  const closing = kept[last];
  if (isQuote(closing)) {
    const opening = kept.slice(0, last).findLastIndex((piece) => isQuote(piece));
    if (opening >= 0) return opening + 1;
  }
  let start = last + 1;
  while (isNamePart(kept[start - 1], commasInside)) start--;
  return start;
}

function isQuote(piece: Piece | undefined): boolean {
  return piece?.kind === 'stop' && QUOTE.test(piece.text);
}

function isNamePart(piece: Piece | undefined, commasInside: boolean): boolean {
  if (piece?.kind === 'word') return true;
  return commasInside && piece?.kind === 'stop' && piece.text === ',';
}

/** Only with its colon: without one, a chat may be called so. */
function isField(piece: Piece | undefined): boolean {
  return piece?.kind === 'word' && /./u.test(FIELD.exec(piece.text)?.groups?.end ?? '');
}

/** The name of a field beside an address, with or without its colon. It is no one's handle. */
export function isFieldName(word: string): boolean {
  return FIELD.test(word);
}
