import type { CountryCode } from 'libphonenumber-js/max';
import { type Named, readNamed, withWordsAsPerson } from './named.js';
import { openLinks } from './open-links.js';
import { QUOTES, trimmed } from './plain-text.js';

/** What was typed after `/linq-remove` (DESIGN 2.1). */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'pause'; readonly reason: string | null }
  | { readonly kind: 'resume' }
  | ({ readonly kind: 'remove' } & Named)
  | ({ readonly kind: 'where' } & Named)
  /** `refused`: the refused attempts are asked for (`history refused`). */
  | ({ readonly kind: 'history'; readonly refused: boolean } & Named);

const QUOTE = new RegExp(`[\\s${QUOTES}]`, 'u');
const HELP = /^(?:[-/]*(?:help|hilfe)[.!?]*|[-/]*\?+|[-/]+h)$/iu;
const RESUME = /^resume[.!]*$/iu;
/** An email, a name that goes on (`history-fan@…`, `where's`) is no word of ours. */
const VERB = /^(?<verb>history|where|pause)(?![\p{L}\p{N}@._+'’-])["'“”`’:]*[\s,-]*/iu;
/** Small words that people put behind the verb. */
const FILLER = /^(?:is|are|of|for|in)\s+/iu;
const REFUSED = /^refused(?![\p{L}\p{N}@._+-])\s*/iu;

/** Reads a command in every shape that people paste. It rejects nothing: what it cannot read it keeps. */
export function readCommand(text: string, defaultCountry: CountryCode): Command {
  const opened = openLinks(text);
  const bare = trimmed(opened, QUOTE);
  if (HELP.test(bare)) return { kind: 'help' };
  if (RESUME.test(bare)) return { kind: 'resume' };
  const [begin = '', verb = ''] = VERB.exec(bare) ?? [];
  const command = readVerb(verb.toLowerCase(), bare.slice(begin.length), defaultCountry);
  // Quotes make a chat's name of words that begin like a command: `"History of art"`.
  if (command && !(isQuoted(opened) && hasOnlyWords(command))) return command;
  return { kind: 'remove', ...readNamed(opened, defaultCountry) };
}

function isQuoted(text: string): boolean {
  return QUOTE.test(text.charAt(0)) && QUOTE.test(text.charAt(text.length - 1));
}

/** The command that a verb begins, or null where there is no such verb. */
function readVerb(verb: string, rest: string, country: CountryCode): Command | null {
  if (verb === 'pause') return { kind: verb, reason: rest || null };
  if (verb === 'where') {
    return { kind: verb, ...withWordsAsPerson(readNamed(rest.replace(FILLER, ''), country), country) };
  }
  if (verb !== 'history') return null;
  const about = rest.replace(FILLER, '');
  const refused = REFUSED.test(about);
  return { kind: verb, refused, ...readNamed(about.replace(REFUSED, ''), country) };
}

function hasOnlyWords(command: Command): boolean {
  if (command.kind === 'pause') return command.reason !== null;
  if (command.kind !== 'where' && command.kind !== 'history') return false;
  const { people, chat } = command;
  const isWords = people.every(({ typed, problem }) => problem !== null && !/[@\d]/u.test(typed));
  return isWords && (chat.kind === 'name' || people.length > 0);
}
