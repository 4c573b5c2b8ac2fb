import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { ArgumentError } from '../export/arguments.js';
import type { ErasedPerson } from '../removal/erasing.js';
import { handleKey, meanings } from '../slack/typed/candidate.js';
import { readPerson } from '../slack/typed/person.js';

/** What stands between the digits of a number, however it is written. */
const BETWEEN = /[\s().[\]/\p{Pd}\u2212·\u200B-\u200F\u2060]+/gu;
/** Shorter numbers occur in all kinds of others. */
const FEWEST_DIGITS = 6;

/**
 * A person by the handles that were typed, as the store's texts may spell them. Throws `ArgumentError` where one of them
 * may be two people: erasing the wrong one cannot be undone.
 */
export function personOf(handles: readonly string[], country: CountryCode): ErasedPerson {
  const keys = handles.flatMap((handle) => keysOf(handle, country));
  const inText = keys.map(finderFor);
  return {
    isHandle: (handle) => keys.includes(handleKey(handle)),
    isNamedIn: (text) => inText.some((finds) => finds(text)),
  };
}

function keysOf(typed: string, country: CountryCode): readonly string[] {
  const candidate = readPerson(typed, country);
  const several = meanings(candidate);
  if (several.length > 1)
    throw new ArgumentError(
      `“${typed}” may be ${several.join(' or ')}, two different people. Write it with + and the country code.`,
    );
  return candidate.keys;
}

function finderFor(key: string): (text: string) => boolean {
  if (/^\+?\d+$/u.test(key)) return finderForNumber(key);
  const exact = new RegExp(`(?<![\\p{L}\\p{N}])${escapeRegExp(key)}(?!\\.?[\\p{L}\\p{N}])`, 'iu');
  return (text) => exact.test(text.normalize('NFKC'));
}

/** With or without its country code, and with anything between its digits. */
function finderForNumber(key: string): (text: string) => boolean {
  const digits = key.replace('+', '');
  const national = parsePhoneNumberFromString(key)?.nationalNumber ?? digits;
  const sought = national.length < FEWEST_DIGITS ? digits : national;
  const alone = new RegExp(`${sought.length < FEWEST_DIGITS ? '(?<!\\d)' : ''}${sought}(?!\\d)`, 'u');
  return (text) => alone.test(text.normalize('NFKC').replace(BETWEEN, ''));
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
}
