import { matchHandle } from '../../../src/slack/typed/candidate.js';
import { readChat } from '../../../src/slack/typed/chat.js';
import { matchChatName } from '../../../src/slack/typed/chat-name.js';
import { readCommand } from '../../../src/slack/typed/command.js';
import { peopleInMessage } from '../../../src/slack/typed/message.js';
import { readPeople } from '../../../src/slack/typed/people.js';
import { readPerson } from '../../../src/slack/typed/person.js';
import { explainAll } from '../../../src/slack/typed/reasons.js';
import { computed, least } from '../../support/quickest.js';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `+1205249${9100 + index}`);

describe('more people than one request takes', () => {
  it('are all kept, and counted in the sentence', () => {
    const { people, problem } = readPeople(numbers(25).join('\n'), 'US');
    expect(people.map(({ typed }) => typed)).toEqual(numbers(25));
    expect(problem).toBe(
      'There are 25 people here, and one request takes 20. Take some out and ask for them afterwards.',
    );
  });

  it('are not 20, also where one stands there twice', () => {
    expect(readPeople(numbers(20).join(' '), 'US').problem).toBeNull();
    expect(readPeople([...numbers(20), '(205) 249-9100'].join(', '), 'US').problem).toBeNull();
    expect(readPeople(numbers(21).join(' '), 'US').problem).toMatch(/^There are 21 people/u);
  });

  it('are told in a command as well, mistakes counted too', () => {
    const command = readCommand(`Launch crew ${numbers(20).join(' ')} pat@example`, 'US');
    expect(command).toMatchObject({
      kind: 'remove',
      problem: expect.stringMatching(/^There are 21 people/u),
    });
  });
});

describe('several mistakes in one field', () => {
  const problemsOf = (text: string) => readPeople(text, 'US').people.flatMap(({ problem }) => problem ?? []);

  it('are named one by one, with each advice once', () => {
    expect(explainAll(problemsOf('12345, pat@, +12052499136, bob'))).toBe(
      '“12345” is too short for a phone number with the country code +1. “pat@” has nothing after the @. ' +
        '“bob” is neither a phone number nor an email address. ' +
        'Write a number with + and the country code, like +12052499136, or an email. Write an email like pat@example.com.',
    );
  });

  it('say how many more there are', () => {
    expect(explainAll(problemsOf('a1,b2,c3,d4,e5,f6,g7'))).toMatch(/“e5” is neither .* And 2 more\. Write/u);
  });

  it('are none where there is none', () => {
    expect(explainAll([])).toBe('');
  });
});

const PIECES = [
  ...[
    '5',
    '@',
    'x',
    '-',
    '<',
    '>',
    '(',
    '+',
    '+1',
    'a@',
    '👍',
    '&amp;',
    '"',
    '‘',
    '\u202E',
    '\u200D',
    '\uFE0F',
    '.',
    '_',
    '!',
    '%2B',
  ],
  ...[
    '5 ',
    '5, ',
    '12 ',
    '205 ',
    '5/',
    '1.',
    '1!',
    '1x5',
    'x5 ',
    '1. ',
    '- ',
    '\n',
    '٣',
    '𝟗',
    'e\u0301',
    'ﷺ',
    '\uD800',
    '\uDFFF',
    '\u0000',
  ],
  ...[
    '<tel:',
    'mailto:',
    'tel:;a=',
    ';ext=5',
    ',,5#',
    '://',
    'www.',
    'Pat <',
    'Pat: ',
    'a @',
    'a@ ',
    '@a.b ',
    'a-',
    '0-',
    'chat=',
  ],
  ...[
    '5 5 5 5 5 5 5 5 5 5 5 5 5 5 5, ',
    '2052499136 ',
    '205 249 9136 ',
    '"a" <a@b.co> ',
    'a@b.co;',
    '550e8400-e29b-41d4-a716-446655440000',
  ],
];
const LONG = 3_000;

describe('3,000 characters', () => {
  it.each(PIECES)('of %j end in sentences that fit under their field', (piece) => {
    const text = piece.repeat(LONG).slice(0, LONG);
    const { people, problem } = readPeople(text, 'US');
    const chat = readChat(text);
    const sentences = [
      problem,
      ...people.map((person) => person.problem),
      chat.kind === 'problem' && chat.problem,
    ];
    for (const sentence of sentences) expect([...(sentence || 'none')].length).toBeLessThan(300);
    const all = explainAll(people.flatMap((person) => person.problem ?? []));
    expect([...all].length).toBeLessThan(1_500);
  });

  it.each(PIECES)('of %j take a moment, and eight times as many about eight times it', async (piece) => {
    const read = (length: number) => () => {
      const text = piece.repeat(length).slice(0, length);
      readCommand(text, 'US');
      readPeople(text, 'DE');
      readChat(text);
      peopleInMessage({ text }, 'US');
      matchHandle(readPerson(text, 'US'), text);
      matchChatName(text, `${text}.`);
    };
    const few = await computed(read(LONG / 4));
    // Twice the eight times, for what else the machine does; a square would be 64 times.
    const enough = Math.min(10_000, Math.max(300, 16 * few));
    expect(await least(enough, () => computed(read(2 * LONG)))).toBeLessThan(enough);
  });

  it('of a name are kept', () => {
    const name = 'crew '.repeat(LONG / 5);
    expect(readChat(name)).toEqual({ kind: 'name', name: name.trim() });
    expect(readCommand(name, 'US')).toMatchObject({
      chat: { kind: 'name', name: name.trim() },
      people: [],
    });
  });

  it('of a pause’s reason are kept', () => {
    const reason = 'because '.repeat(LONG / 8).trim();
    expect(readCommand(`pause ${reason}`, 'US')).toEqual({ kind: 'pause', reason });
  });
});

it.each([
  ['a lone surrogate', 'pat\uD800smith', 'pat\uFFFDsmith'],
  ['U+0000', 'pat\u0000smith', 'pat smith'],
  ['a bell', 'pat\u0007smith', 'pat smith'],
])('%s is nothing that the store would refuse', (_what, text, typed) => {
  expect(readPeople(text, 'US').people[0]).toMatchObject({ typed, readings: [typed] });
  expect(readChat(text)).toEqual({ kind: 'name', name: typed });
  expect(matchChatName(text, typed)).toBe(true);
});
