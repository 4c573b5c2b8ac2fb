import { type CountryCode, getCountryCallingCode, type PhoneNumber } from 'libphonenumber-js/max';
import { type Candidate, handleKey } from './candidate.js';
import { numberProblem } from './number-problem.js';
import { type Confidence, readingsOf, startsWithPlus } from './number-readings.js';
import { explain } from './reasons.js';

export interface NumberRead {
  readonly candidate: Candidate;
  readonly confidence: Confidence;
}

/** Shorter digits that are no number are not looked for with a plus: they are short codes. */
const FEWEST_WITH_PLUS = 8;

/** Reads digits, with what people write between them, as a phone number. `extension` is what was typed behind it. */
export function readNumber(
  typed: string,
  defaultCountry: CountryCode,
  extension: string | null = null,
): NumberRead {
  const digits = typed.replace(/\D/gu, '');
  const { numbers, confidence } = readingsOf(typed, digits, defaultCountry);
  const known = [...new Set(numbers.map(({ number }) => number))];
  const readings = known.length > 0 ? known : asTyped(typed, digits);
  const keys = keysOf(readings, numbers, digits, defaultCountry);
  const candidate = { typed, readings, keys, problem: null };
  if (extension !== null) return { candidate: withExtension(candidate, extension), confidence };
  const problem = known.length > 0 ? null : numberProblem(typed, digits, defaultCountry);
  return { candidate: { ...candidate, problem }, confidence };
}

function withExtension(candidate: Candidate, extension: string): Candidate {
  const typed = `${candidate.typed} ${extension}`;
  return { ...candidate, typed, problem: explain('extension', typed) };
}

/** Linq may list what no rule of ours knows, a short code for example: it is looked for as it was typed. */
function asTyped(typed: string, digits: string): string[] {
  if (startsWithPlus(typed)) return [`+${digits}`];
  return digits.length < FEWEST_WITH_PLUS ? [digits] : [digits, `+${digits}`];
}

/** With and without plus, and as the default country writes its own numbers, with and without the trunk's zero. */
function keysOf(
  readings: readonly string[],
  numbers: readonly PhoneNumber[],
  digits: string,
  defaultCountry: CountryCode,
): string[] {
  const home = getCountryCallingCode(defaultCountry);
  const national = numbers
    .filter(({ countryCallingCode }) => countryCallingCode === home)
    .flatMap(({ nationalNumber }) => [nationalNumber, `0${nationalNumber}`]);
  const keys = [...readings, `+${digits}`].map(handleKey);
  return [...new Set([...keys, ...keys.map((key) => key.replace('+', '')), ...national])];
}
