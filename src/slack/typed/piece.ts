import type { Candidate } from './candidate.js';
import type { Confidence } from './number-readings.js';

/** What a text is made of, in the order of the text. */
export type Piece =
  | { readonly kind: 'chat'; readonly id: string }
  | { readonly kind: 'person'; readonly candidate: Candidate; readonly confidence: Confidence }
  | { readonly kind: 'word'; readonly text: string }
  /** Quotes, angle brackets and what separates people. */
  | { readonly kind: 'stop'; readonly text: string };

/** A piece before digits are put together; an email is still text. */
export type Token = Exclude<Piece, { kind: 'person' }> | { readonly kind: 'email'; readonly text: string };

/** The word at a place, or nothing where something else stands. */
export function wordAt(tokens: readonly Token[], index: number): string {
  const token = tokens[index];
  return token?.kind === 'word' ? token.text : '';
}
