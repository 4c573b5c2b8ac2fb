import fc from 'fast-check';
import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { type Candidate, matchHandle } from '../../../src/slack/typed/candidate.js';
import { readChat } from '../../../src/slack/typed/chat.js';
import { matchChatName } from '../../../src/slack/typed/chat-name.js';
import { readCommand } from '../../../src/slack/typed/command.js';
import { peopleInMessage } from '../../../src/slack/typed/message.js';
import { readPeople } from '../../../src/slack/typed/people.js';
import { plainText } from '../../../src/slack/typed/plain-text.js';

const SEED = { seed: 20_261_126, numRuns: 300 };
/** Words, signs and digits that mean something to a parser, and any other text. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ...'+(<>)@.,;:|/"“-_#&%x0123456789 \n',
      ' ext ',
      'tel:',
      'mailto:',
      '<tel:',
      '|',
      '&lt;',
      '%20',
      '\u200B',
    ),
    fc.string({ unit: 'binary', maxLength: 3 }),
  ),
  maxLength: 80,
});
const storable = (value: string) => !/\p{Cs}/u.test(value) && !value.includes('\u0000');
const texts = ({ typed, readings, problem }: Candidate) => [typed, ...readings, problem ?? ''];

it('reads any text without throwing, into what can be stored and shown, and always the same', () => {
  fc.assert(
    fc.property(text, (any) => {
      const { people } = readPeople(any, 'US');
      expect(people.flatMap(texts).filter((each) => !storable(each))).toEqual([]);
      expect(readPeople(any, 'US').people).toEqual(people);
      expect(
        storable(
          JSON.stringify([readCommand(any, 'DE'), readChat(any), peopleInMessage({ text: any }, 'GB')]),
        ),
      ).toBe(true);
    }),
    SEED,
  );
});

it('gives every person one to three readings, and finds what was typed where Linq lists a reading', () => {
  fc.assert(
    fc.property(text, (any) => {
      for (const person of readPeople(any, 'US').people) {
        expect([1, 2, 3]).toContain(person.readings.length);
        expect(person.readings.filter((reading) => !matchHandle(person, reading))).toEqual([]);
      }
    }),
    SEED,
  );
});

it('loses no letter and no digit of what people typed without links', () => {
  const words = fc.array(
    fc.constantFrom('+12052499136', '(205) 249-9137', 'pat@example.com', 'jo@', 'bob', '12345', 'Ünal'),
    { maxLength: 12 },
  );
  const characters = (value: string) => [...new Set(value.replace(/[^\p{L}\p{N}@]/gu, ''))].sort();
  fc.assert(
    fc.property(words, fc.constantFrom(', ', '; ', '\n', ' | '), (typed, between) => {
      const { people } = readPeople(typed.join(between), 'US');
      expect(characters(people.map((person) => person.typed).join(''))).toEqual(characters(typed.join('')));
    }),
    SEED,
  );
});

it('reads the numbers of every country in the national form, the international one and as a link', () => {
  const misread = getCountries().flatMap((country) => {
    const example = getExampleNumber(country, examples);
    if (!example) return [`${country} has no example`];
    const spellings = [
      example.formatNational(),
      example.formatInternational(),
      example.number,
      example.format('RFC3966'),
    ];
    return spellings.filter((typed) => {
      const { people } = readPeople(typed, country);
      return (
        people.length !== 1 || !people[0]?.readings.includes(example.number) || people[0].problem !== null
      );
    });
  });
  expect(misread).toEqual([]);
});

it('finds every number of a list that only blanks separate, however each is grouped', () => {
  const groupings = [
    '+1$1$2$3',
    '$1$2$3',
    '($1) $2-$3',
    '$1 $2 $3',
    '$1.$2.$3',
    '1 $1 $2 $3',
    '+1 ($1) $2 $3',
  ];
  const number = fc.tuple(
    fc.constantFrom('205', '212', '512', '312'),
    fc.integer({ min: 2_000_000, max: 9_999_999 }),
  );
  const typed = fc.tuple(number, fc.constantFrom(...groupings));
  fc.assert(
    fc.property(fc.array(typed, { minLength: 1, maxLength: 20 }), (list) => {
      const digits = list.map(([[area, rest]]) => `${area}${rest}`);
      const spelled = list.map(([, grouping], at) => digits[at]?.replace(/^(...)(...)(....)$/u, grouping));
      const { people } = readPeople(spelled.join(' '), 'US');
      expect(people.map(({ readings }) => readings[0])).toEqual([
        ...new Set(digits.map((each) => `+1${each}`)),
      ]);
    }),
    SEED,
  );
});

it('reads the digits of every script that Unicode knows', () => {
  const scripts = Intl.supportedValuesOf('numberingSystem').flatMap((system) => {
    const digits = new Intl.NumberFormat(`en-u-nu-${system}`, { useGrouping: false }).format(9_876_543_210);
    return /^\p{Nd}{10}$/u.test(digits) ? [{ system, digits }] : [];
  });
  expect(scripts.length).toBeGreaterThan(50);
  expect(scripts.filter(({ digits }) => plainText(digits) !== '9876543210')).toEqual([]);
});

it('finds every part of a name in it, whatever the case and the blanks', () => {
  const name = fc.array(fc.constantFrom(...'abcÄéøßΣж7🎉 -’'), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(name, fc.nat(20), fc.nat(20), (letters, from, length) => {
      const part = letters.slice(from, from + length + 1).join('');
      if (part.trim() === '') return;
      expect(matchChatName(part.toUpperCase().replaceAll(' ', '  '), letters.join(''))).toBe(true);
    }),
    SEED,
  );
});
