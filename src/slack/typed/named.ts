import type { CountryCode } from 'libphonenumber-js/max';
import { type ChatNamed, chatOf } from './chat.js';
import { withoutLabels } from './labels.js';
import { limited, type People } from './people.js';
import { readPerson } from './person.js';
import type { Piece } from './piece.js';
import { readPieces } from './pieces.js';

/**
 * The chat and the people that a command or a window is about, as far as they were named. A person whom no rule of ours
 * knows is one of `people` with what is wrong: Linq may list them all the same.
 */
export interface Named extends People {
  readonly chat: ChatNamed;
}

/** Numbers, emails and IDs in any order; the words around them are part of a chat's name. */
export function readNamed(text: string, country: CountryCode): Named {
  const pieces = withoutLabels(readPieces(text, country));
  const ids = pieces.flatMap((piece) => (piece.kind === 'chat' ? [piece.id] : []));
  const words = wordsIn(pieces);
  const candidates = pieces.flatMap((piece) => (piece.kind === 'person' ? [piece.candidate] : []));
  // Beside an ID, words are no chat's name: they are kept where they can be corrected.
  const lost = ids.length > 0 && /[\p{L}\p{N}]/u.test(words) ? [readPerson(words, country)] : [];
  return { chat: chatOf(ids, words), ...limited([...candidates, ...lost]) };
}

/** `where` asks for a person's chats: words are a person whom no rule of ours knows, not a chat. */
export function withWordsAsPerson(named: Named, country: CountryCode): Named {
  if (named.chat.kind !== 'name') return named;
  const words = readPerson(named.chat.name, country);
  return { ...named, chat: { kind: 'none' }, people: [...named.people, words] };
}

/** The words as they were typed, with the commas between them and without what was taken out of their middle. */
function wordsIn(pieces: readonly Piece[]): string {
  let words = '';
  let between = '';
  for (const piece of pieces) {
    if (piece.kind === 'word') {
      words += words === '' ? piece.text : `${between} ${piece.text}`;
      between = '';
    } else if (piece.kind === 'stop') between += /^[,;]/u.exec(piece.text)?.[0] ?? '';
    else between = '';
  }
  return words.replace(/:$/u, '');
}
