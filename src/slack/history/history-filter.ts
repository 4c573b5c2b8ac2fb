import type { CountryCode } from 'libphonenumber-js/max';
import type { LatestQuery } from '../../removal/history.js';
import { clean, cut } from '../blocks/text.js';
import { meanings, spellings } from '../typed/candidate.js';
import { type Named, readNamed } from '../typed/named.js';

/** A person, a chat or both to look for; or why that cannot be read. */
export type HistoryFilter =
  | (Pick<LatestQuery, 'chatId' | 'handles'> & {
      readonly ok: true;
      /** In words; null for no filter. */
      readonly about: string | null;
    })
  | { readonly ok: false; readonly problem: string };

export function readFilter(typed: string, country: CountryCode): HistoryFilter {
  return filterOf(readNamed(typed, country));
}

export function filterOf({ chat, people }: Named): HistoryFilter {
  if (chat.kind === 'problem') return { ok: false, problem: chat.problem };
  if (chat.kind === 'name') return { ok: false, problem: notUnderstood(chat.name) };
  const chatId = chat.kind === 'id' ? chat.id : null;
  const persons = people.flatMap(meanings).map((each) => cut(clean(each), 60));
  const about = [persons.join(' or '), chatId && `chat …${chatId.slice(-4)}`].filter(Boolean).join(' in ');
  return {
    ok: true,
    chatId,
    handles: people.length > 0 ? people.flatMap(spellings) : null,
    about: about === '' ? null : cut(about, 200),
  };
}

/** What was read, written so that it is read the same again. */
export function typedOf({ chat, people }: Named): string {
  const id = chat.kind === 'id' ? [chat.id] : [];
  return [...people.map(({ typed }) => typed), ...id].join(', ');
}

function notUnderstood(words: string): string {
  return `“${cut(clean(words), 100)}” is not a phone number, an email or a chat ID, so there is nothing to look for. Write one like +12052499136, or leave it empty for the latest of all.`;
}
