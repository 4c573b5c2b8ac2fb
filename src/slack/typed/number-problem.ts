import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  validatePhoneNumberLength,
} from 'libphonenumber-js/max';
import { explain, type Reason } from './reasons.js';

/** E.164 allows no more, whatever a country's metadata says. */
export const MOST_DIGITS = 15;
const LONGEST_CALLING_CODE = 3;
const CALLING_CODES: ReadonlySet<string> = new Set(
  getCountries().map((country) => getCountryCallingCode(country)),
);

type LengthProblem = NonNullable<ReturnType<typeof validatePhoneNumberLength>>;

const REASONS: Record<LengthProblem, Reason> = {
  TOO_SHORT: 'too-short',
  TOO_LONG: 'too-long',
  INVALID_LENGTH: 'wrong-length',
  INVALID_COUNTRY: 'unknown-country',
  NOT_A_NUMBER: 'neither',
};

/** Why digits that no reading makes a phone number are none, with the country code under which they were judged. */
export function numberProblem(typed: string, digits: string, defaultCountry: CountryCode): string {
  const abroad = typed.includes('+') || digits.startsWith('00');
  const dialled = digits.replace(/^00/u, '');
  const wrong = validatePhoneNumberLength(abroad ? `+${dialled}` : digits, { defaultCountry });
  const reason = dialled.length > MOST_DIGITS ? 'too-long' : REASONS[wrong ?? 'INVALID_LENGTH'];
  return explain(reason, typed, abroad ? codeOf(dialled) : `+${getCountryCallingCode(defaultCountry)}`);
}

/** The country code that digits begin with; none begins like another, so the first that fits is it. */
function codeOf(digits: string): string {
  for (let length = 1; length <= LONGEST_CALLING_CODE; length++) {
    const code = digits.slice(0, length);
    if (CALLING_CODES.has(code)) return `+${code}`;
  }
  return '';
}
