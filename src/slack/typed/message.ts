import type { CountryCode } from 'libphonenumber-js/max';
import { type Candidate, withoutRepeats } from './candidate.js';
import { textsOf } from './message-text.js';
import { startsWithPlus } from './number-readings.js';
import type { Piece } from './piece.js';
import { readPieces } from './pieces.js';
import { MOST_PEOPLE } from './reasons.js';

export interface Found {
  /** At most 20, in the order of the message. */
  readonly people: readonly Candidate[];
  readonly chatIds: readonly string[];
  /** The message names more people or chats than are given here. */
  readonly hasMore: boolean;
}

/** `<@U…>`, `<#C…|name>`, `<!date^…>`: people, channels and times of Slack, no one of Linq. */
const MENTION = /<[@#!][^<>]*>/gu;

/**
 * The numbers, emails and chat IDs that a Slack message names, for the shortcut on messages. Digits without a plus
 * count only when metadata knows them: messages are full of other numbers. Takes any value and never throws.
 */
export function peopleInMessage(message: unknown, defaultCountry: CountryCode): Found {
  const candidates: Candidate[] = [];
  const ids = new Set<string>();
  for (const text of textsOf(message)) {
    for (const piece of readPieces(text.replace(MENTION, ' '), defaultCountry)) {
      if (piece.kind === 'chat') ids.add(piece.id);
      if (isPerson(piece)) candidates.push(piece.candidate);
    }
  }
  const people = withoutRepeats(candidates);
  return {
    people: people.slice(0, MOST_PEOPLE),
    chatIds: [...ids].slice(0, MOST_PEOPLE),
    hasMore: people.length > MOST_PEOPLE || ids.size > MOST_PEOPLE,
  };
}

function isPerson(piece: Piece): piece is Piece & { kind: 'person' } {
  if (piece.kind !== 'person' || piece.candidate.problem !== null) return false;
  return piece.confidence === 'valid' || startsWithPlus(piece.candidate.typed);
}
