import { type CountryCode, type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { MOST_DIGITS } from './number-problem.js';

/** How sure the metadata is that digits are a phone number: a known range, a known length, or neither. */
export type Confidence = 'valid' | 'possible' | 'none';

/** No country's numbers are shorter, and asking the metadata takes most of the time of reading. */
const FEWEST_DIGITS = 4;
/** Mexican mobiles had a 1 after the country code until 2019: both spellings are one line, and Linq may list either. */
const OLD_MEXICAN = /^\+521(\d{10})$/u;
const NEW_MEXICAN = /^\+52(\d{10})$/u;

export interface NumberReadings {
  /** What the digits may mean, the likeliest first; none when no country has such numbers. */
  readonly numbers: readonly PhoneNumber[];
  readonly confidence: Confidence;
}

const NONE: NumberReadings = { numbers: [], confidence: 'none' };

/**
 * With a plus, what it says. Without one, a number of `defaultCountry`, and also one whose plus was left out where the
 * digits begin with a country's code: when both are possible, both are readings. Possible is enough even where
 * metadata does not know the number, because Linq knows its members better.
 */
export function readingsOf(typed: string, digits: string, defaultCountry: CountryCode): NumberReadings {
  if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS * 2) return NONE;
  if (startsWithPlus(typed)) return sure([withPlus(digits)]);
  const national = parsePhoneNumberFromString(digits, { defaultCountry, extract: false });
  const foreign = withPlus(digits);
  if (!isKnown(national)) {
    const { numbers, confidence } = sure([foreign]);
    return { numbers, confidence: foreign && isGroupedFor(foreign, typed) ? confidence : 'none' };
  }
  const isClear = national.isValid() && !(foreign?.isValid() && isGroupedFor(foreign, typed));
  return sure(isClear ? [national] : [national, foreign]);
}

export function startsWithPlus(text: string): boolean {
  return /^\D*\+/u.test(text);
}

/** `00` is what most of the world dials for the plus, whatever the default country dials. */
function withPlus(digits: string): PhoneNumber | undefined {
  return parsePhoneNumberFromString(`+${digits.replace(/^00/u, '')}`, { extract: false });
}

/**
 * Nearly every national number is also a possible one somewhere. Whether the digits have no blank, or one behind the
 * country code and none within it, tells how likely that is.
 */
function isGroupedFor({ countryCallingCode }: PhoneNumber, typed: string): boolean {
  const [first = '', ...others] = typed.match(/\d+/gu) ?? [];
  return others.length === 0 || first.replace(/^00/u, '') === countryCallingCode;
}

function sure(parsed: readonly (PhoneNumber | undefined)[]): NumberReadings {
  const numbers = parsed.flatMap(bothMexican).filter(isKnown);
  const isValid = numbers.some((number) => number.isValid());
  return { numbers, confidence: isValid ? 'valid' : numbers.length > 0 ? 'possible' : 'none' };
}

function bothMexican(number: PhoneNumber | undefined): (PhoneNumber | undefined)[] {
  const written = number?.number ?? '';
  const [, oldLine] = OLD_MEXICAN.exec(written) ?? [];
  if (oldLine !== undefined) return [number, withPlus(`52${oldLine}`)];
  const [, newLine] = NEW_MEXICAN.exec(written) ?? [];
  return newLine === undefined ? [number] : [number, withPlus(`521${newLine}`)];
}

function isKnown(number: PhoneNumber | undefined): number is PhoneNumber {
  if (number === undefined || number.number.length > MOST_DIGITS + '+'.length) return false;
  return number.isPossible() || OLD_MEXICAN.test(number.number);
}
