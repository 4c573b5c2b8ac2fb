import { type Candidate, matchHandle, meanings } from '../../../src/slack/typed/candidate.js';
import { type ChatNamed, readChat } from '../../../src/slack/typed/chat.js';
import { matchChatName } from '../../../src/slack/typed/chat-name.js';
import { type Command, readCommand } from '../../../src/slack/typed/command.js';
import { readPeople } from '../../../src/slack/typed/people.js';
import { readPerson } from '../../../src/slack/typed/person.js';
import { CHATS, COMMANDS, LISTED, MISTAKES, NAMES, PEOPLE, type Row } from './what-is-typed.js';

/* Each table says what was typed, how it is understood and why; what it is understood as is one line of text. */

const people = (candidates: readonly Candidate[]) => candidates.map(({ readings }) => readings.join(' or '));

function chat(named: ChatNamed): string[] {
  if (named.kind === 'none') return [];
  if (named.kind === 'id') return [named.id];
  return [named.kind === 'name' ? `name “${named.name}”` : `chat? “${named.typed}”`];
}

function shown(command: Command): string {
  if (command.kind === 'help' || command.kind === 'resume') return command.kind;
  if (command.kind === 'pause')
    return command.reason === null ? 'pause' : `pause because “${command.reason}”`;
  const verb = command.kind === 'history' && command.refused ? 'history of refused' : command.kind;
  const known = command.people.filter(({ problem }) => problem === null);
  const leftover = command.people.filter(({ problem }) => problem !== null);
  return [
    verb,
    ...chat(command.chat),
    ...people(known),
    ...leftover.map(({ typed }) => `leftover ${typed}`),
  ].join(' · ');
}

/** The sentence without what was typed and without the advice at its end. */
const mistake = ({ readings, problem }: Candidate) => {
  const wrong = problem
    ?.replace(/^“.*”(?= (?:is|has|starts|are) )/u, '')
    .split(/[.,] (?:Write|Leave|Put|which)|\.$/u)[0];
  return [readings.join(' or '), ...(wrong === undefined ? [] : [wrong.trim()])].join(' ! ');
};

const named = (table: readonly Row[]) =>
  table.map(([typed, understood, because, country = 'US']) => ({ typed, understood, because, country }));

it.each(named(COMMANDS))(
  '$typed behind the command is $understood: $because',
  ({ typed, understood, country }) => {
    expect(shown(readCommand(typed, country))).toBe(understood);
  },
);

it.each(named(PEOPLE))(
  '$typed in the Handle field is $understood: $because',
  ({ typed, understood, country }) => {
    const read = readPeople(typed, country);
    expect(people(read.people).join(' · ')).toBe(understood);
    expect(read.people.map(({ problem }) => problem)).toEqual(read.people.map(() => null));
  },
);

it.each(named(MISTAKES))(
  '$typed in the Handle field is $understood: $because',
  ({ typed, understood, country }) => {
    expect(readPeople(typed, country).people.map(mistake).join(' · ')).toBe(understood);
  },
);

it.each(named(CHATS))('$typed in the Chat field is $understood: $because', ({ typed, understood }) => {
  expect(chat(readChat(typed))[0] ?? 'none').toBe(understood);
});

it.each(
  LISTED.map(([typed, is, listed, because, country = 'US']) => ({ typed, is, listed, because, country })),
)('$typed $is Linq’s $listed: $because', ({ typed, is, listed, country }) => {
  expect(matchHandle(readPerson(typed, country), listed)).toBe(is === 'is');
});

it.each(NAMES)('%j %s the chat’s name %j: %s', (query, is, name) => {
  expect(matchChatName(query, name)).toBe(is === 'is in');
});

it('reads at least 150 rows, none twice', () => {
  for (const table of [COMMANDS, PEOPLE, MISTAKES, CHATS]) {
    const rows = table.map(([typed, , , country]) => `${typed} ${country}`);
    expect(rows).toEqual([...new Set(rows)]);
  }
  expect(COMMANDS.length + PEOPLE.length + MISTAKES.length + CHATS.length).toBeGreaterThanOrEqual(150);
});

it('finds no name in a chat without one', () => {
  expect(matchChatName('crew', null)).toBe(false);
});

/** One handle, and spellings of it. */
const COMMON = [
  [
    '+12052499136',
    '+12052499136',
    '(205) 249-9136',
    '+1 205‑249‑9136',
    '"+1 205 249 9136"',
    '205.249.9136',
    'tel:+12052499136',
  ],
  [
    '+12052499136',
    '\u202A+1\u00A0(205)\u00A0249-9136\u202C',
    '<tel:+12052499136|(205) 249-9136>',
    '+1 205 249 9136',
  ],
  [
    'pat@example.com',
    'pat@example.com',
    '<mailto:pat@example.com|pat@example.com>',
    'MAILTO:pat@example.com',
    "'pat@example.com'",
  ],
] as const;

describe('two readings', () => {
  it.each([
    ['Pat@Example.com', ['Pat@Example.com'], 'of one email are one person'],
    ['ﬁona@example.com', ['fiona@example.com'], 'in two of Unicode’s forms as well'],
    ['12052499136', ['+4912052499136', '+12052499136'], 'of digits may be two people'],
  ])('%j may be %j: they are %s', (typed, expected) => {
    expect(meanings(readPerson(typed, 'DE'))).toEqual(expected);
  });
});

it('reads a chat and a person in every combination of the shapes that people paste', () => {
  const id = '550e8400-e29b-41d4-a716-446655440000';
  const link = `https://dash.example.com/chats/${id}`;
  const chats = [
    id,
    id.toUpperCase(),
    `"${id}"`,
    `\u2068${id}\u2069`,
    `<${link}|Crew>`,
    id.replaceAll('-', '‑'),
  ];
  const handles = COMMON.flatMap(([value, ...spellings]) => spellings.map((typed) => ({ value, typed })));
  const texts = chats.flatMap((written) =>
    handles.flatMap(({ typed, value }) =>
      [' ', '   ', '\u00A0', '\n', ', ', ' ; '].flatMap((between) => [
        { text: `${written}${between}${typed}`, value },
        { text: `${typed}${between}${written}`, value },
      ]),
    ),
  );
  const misread = texts.filter(
    ({ text, value }) => shown(readCommand(text, 'US')) !== `remove · ${id} · ${value}`,
  );
  expect(texts.length).toBeGreaterThan(500);
  expect(misread).toEqual([]);
});

it.each([...PEOPLE, ...MISTAKES].map(([typed, , , country = 'US']) => [typed, country] as const))(
  '%j is read the same when its people are read again one by one',
  (text, country) => {
    const first = readPeople(text, country).people;
    const meant = ({ readings, problem }: Candidate) => [readings, problem];
    expect(first.map(({ typed }) => meant(readPerson(typed, country)))).toEqual(first.map(meant));
  },
);
