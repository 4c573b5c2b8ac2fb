import { findChatIds, parseChatId, parseHandle, unwrap } from '../../../src/slack/command/handle-input.js';
import { CHAT_ID, PAT } from '../../support/build.js';
import { quickest } from '../../support/quickest.js';

const problemOf = (text: string, country: Parameters<typeof parseHandle>[1] = 'US') => {
  const input = parseHandle(text, country);
  if (input.ok) throw new Error(`${text} was understood as ${input.value}`);
  return input.problem;
};

describe('a phone number', () => {
  it.each([
    PAT,
    '12052499136',
    '2052499136',
    '(205) 249-9136',
    '205.249.9136',
    '205 249 9136',
    '+1 205‑249‑9136',
    '+1 205–249—9136',
    '+1\u00A0(205)\u00A0249\u20119136',
    '\u2068+1 (205) 249-9136\u2069',
    '\u202A+12052499136\u202C',
    '\u200E+12052499136\u200F',
    '\u200B+1205\u2060249\uFEFF9136',
    '＋１２０５２４９９１３６',
    'tel:+12052499136',
    'TEL:+1-205-249-9136',
    'sms:+12052499136',
    'tel://+12052499136',
    '<tel:+12052499136|(205) 249-9136>',
    '<tel:+12052499136>',
    '&lt;tel:+12052499136|(205) 249-9136&gt;',
    '"+12052499136"',
    '“(205) 249-9136”',
    '`+12052499136`',
    "'+12052499136',",
    '  +12052499136 \n',
    ', +12052499136;',
  ])('%j is read as E.164', (text) => {
    expect(parseHandle(text, 'US')).toEqual({ ok: true, value: PAT });
  });

  it.each([
    ['020 7946 0958', 'GB', '+442079460958'],
    ['+44 (0)20 7946 0958', 'GB', '+442079460958'],
    ['(+44) 20 7946 0958', 'US', '+442079460958'],
    ['030 901820', 'DE', '+4930901820'],
    [PAT, 'GB', PAT],
  ] as const)('%j with the default country %s is %s', (text, country, value) => {
    expect(parseHandle(text, country)).toEqual({ ok: true, value });
  });

  it('that is possible is accepted even where metadata does not know it', () => {
    expect(parseHandle('+1 555 010 0000', 'US')).toEqual({ ok: true, value: '+15550100000' });
  });

  it.each([
    ['12345', 'is too short'],
    ['+1205249913612345', 'is too long'],
    ['+999123456789', 'starts with a country code that does not exist'],
    ['pat', 'is neither a phone number nor an email'],
    ['1-800-FLOWERS', 'is neither a phone number nor an email'],
    ['+', 'is neither a phone number nor an email'],
    ['+12052499136 +12052499137', 'is'],
  ])('%j is refused: it %s', (text, problem) => {
    expect(problemOf(text)).toContain(`“${unwrap(text)}” ${problem}`);
    expect(problemOf(text)).toMatch(
      /Write a number with \+ and the country code, like \+12052499136, or an email\.$/,
    );
  });

  it.each(['+1 205 249 9136 x5', '205-249-9136 ext. 12', 'tel:+12052499136;ext=5'])(
    '%j is refused for its extension',
    (text) => {
      expect(problemOf(text)).toMatch(/has an extension, and a chat member has none\. Leave it out\.$/);
    },
  );
});

describe('an email', () => {
  it.each([
    ['pat@example.com', 'pat@example.com'],
    ['Pat.Smith+crew@Example.com', 'Pat.Smith+crew@Example.com'],
    ['<mailto:pat@example.com|pat@example.com>', 'pat@example.com'],
    ['<mailto:pat@example.com>', 'pat@example.com'],
    ['MAILTO:Pat@Example.com', 'Pat@Example.com'],
    ['imessage:pat@example.com', 'pat@example.com'],
    ['“pat@example.com”,', 'pat@example.com'],
    ['\u2068pat@example.com\u2069', 'pat@example.com'],
    ['2052499136@txt.example.net', '2052499136@txt.example.net'],
  ])('%j is read as written, without what pasting added', (text, value) => {
    expect(parseHandle(text, 'US')).toEqual({ ok: true, value });
  });

  it.each(['pat@example', '@pat', 'pat@', 'a@b@example.com', 'pat smith@example.com'])(
    '%j is refused with how to write one',
    (text) => {
      expect(problemOf(text)).toBe(
        `“${text}” is not a complete email address. Write it like pat@example.com.`,
      );
    },
  );
});

describe('a chat ID', () => {
  it.each([
    CHAT_ID,
    CHAT_ID.toUpperCase(),
    `"${CHAT_ID}"`,
    CHAT_ID.replaceAll('-', '‑'),
    CHAT_ID.replaceAll('-', '\u2060‑\u2060'),
    `https://dashboard.example.com/chats/${CHAT_ID}?tab=members`,
    `<https://dashboard.example.com/chats/${CHAT_ID}|${CHAT_ID.toUpperCase()}>`,
    `\u2068${CHAT_ID}\u2069`,
  ])('is found in %j', (text) => {
    expect(parseChatId(text)).toEqual({ ok: true, value: CHAT_ID });
  });

  it.each([
    ['crew', /“crew” is not a chat ID\. It looks like 550e8400-/],
    [CHAT_ID.slice(1), /is not a chat ID/],
    [`${CHAT_ID} 550e8400-e29b-41d4-a716-446655440001`, /several chat IDs here\. Enter one\./],
  ])('is not found in %j', (text, problem) => {
    expect(parseChatId(text)).toEqual({ ok: false, problem: expect.stringMatching(problem) });
  });

  it('is listed as often as it stands there', () => {
    expect(findChatIds(`${CHAT_ID} x ${CHAT_ID}`)).toEqual([CHAT_ID, CHAT_ID]);
    expect(findChatIds('')).toEqual([]);
  });
});

describe('input of 3,000 characters', () => {
  it.each(['5', '@', 'x', '-', '<', '(', '+1', 'a@', '👍', '&amp;', '"', '\u202E'])(
    'made of %j ends quickly in a problem that fits under its field',
    async (piece) => {
      const text = piece.repeat(3_000 / piece.length);
      const parse = () => {
        for (const input of [parseHandle(text, 'US'), parseChatId(text)]) {
          if (input.ok) throw new Error('It was understood');
          expect([...input.problem].length).toBeLessThan(200);
        }
      };
      expect(await quickest(500, parse)).toBeLessThan(500);
    },
  );
});
