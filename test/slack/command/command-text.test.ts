import { parseCommandText } from '../../../src/slack/command/command-text.js';
import { CHAT_ID, PAT } from '../../support/build.js';
import { quickest } from '../../support/quickest.js';

const OTHER_ID = '550e8400-e29b-41d4-a716-446655440001';
const EMAIL = 'pat@example.com';
const read = (text: string) => parseCommandText(text, 'US');
const remove = (chatId: string | null, handle: string | null, leftover: string | null = null) => ({
  kind: 'remove',
  chatId,
  handle,
  leftover,
});

it.each(['help', 'HELP', ' help ', '?', '-h', '--help', '"help"', '\u2068help\u2069'])(
  '%j asks for help',
  (text) => {
    expect(read(text)).toEqual({ kind: 'help' });
  },
);

it.each(['', '   ', '\u200B', '\u2068\u2069', '""'])('%j asks for the empty modal', (text) => {
  expect(read(text)).toEqual(remove(null, null));
});

describe('a handle alone', () => {
  it.each([
    [PAT, PAT],
    ['(205) 249-9136', PAT],
    ['+1 205‑249‑9136', PAT],
    ['\u2068+1 (205) 249-9136\u2069', PAT],
    ['<tel:+12052499136|(205) 249-9136>', PAT],
    ['“+1\u00A0205\u00A0249\u00A09136”', PAT],
    [EMAIL, EMAIL],
    ['<mailto:pat@example.com|pat@example.com>', EMAIL],
    ['MAILTO:pat@example.com', EMAIL],
  ])('%j', (text, handle) => {
    expect(read(text)).toEqual(remove(null, handle));
  });
});

describe('a chat alone', () => {
  it.each([
    CHAT_ID,
    CHAT_ID.toUpperCase(),
    `"${CHAT_ID}"`,
    `<${CHAT_ID}>`,
    CHAT_ID.replaceAll('-', '‑'),
    CHAT_ID.replaceAll('-', '\u2060‑\u2060'),
    CHAT_ID.replaceAll('-', '－'),
    `${CHAT_ID} ${CHAT_ID}`,
  ])('%j', (text) => {
    expect(read(text)).toEqual(remove(CHAT_ID, null));
  });
});

describe('both, in any order', () => {
  const chats = [
    CHAT_ID,
    CHAT_ID.toUpperCase(),
    `"${CHAT_ID}"`,
    `“${CHAT_ID}”`,
    `\`${CHAT_ID}\``,
    CHAT_ID.replaceAll('-', '‑'),
    CHAT_ID.replaceAll('-', '\u2060‑\u2060'),
    `\u2068${CHAT_ID}\u2069`,
  ];
  const handles = [
    [PAT, PAT],
    ['(205) 249-9136', PAT],
    ['+1 205‑249‑9136', PAT],
    ['"+1 205 249 9136"', PAT],
    ['\u202A+1\u00A0(205)\u00A0249-9136\u202C', PAT],
    ['<tel:+12052499136|(205) 249-9136>', PAT],
    ['tel:+12052499136', PAT],
    ['<mailto:pat@example.com|pat@example.com>', EMAIL],
    ['MAILTO:pat@example.com', EMAIL],
    ["'pat@example.com'", EMAIL],
  ] as const;
  const pairs = chats.flatMap((chat) =>
    handles.flatMap(([written, handle]) =>
      [' ', '   ', '\u00A0', '\n', ', ', ' ; '].flatMap((between) => [
        { text: `${chat}${between}${written}`, handle },
        { text: `${written}${between}${chat}`, handle },
      ]),
    ),
  );

  it('are read in every combination of the shapes people paste', () => {
    const misread = pairs.filter(
      ({ text, handle }) => JSON.stringify(read(text)) !== JSON.stringify(remove(CHAT_ID, handle)),
    );
    expect(misread).toEqual([]);
  });
});

describe('what cannot be understood', () => {
  it.each([
    ['pat', null, 'pat'],
    ['pat smith', null, 'pat smith'],
    ['“12345”', null, '12345'],
    ['pat@example', null, 'pat@example'],
    ['<@U0ALICE>', null, '@U0ALICE'],
    ['+12052499136 ext 5', null, '+12052499136 ext 5'],
    [`${PAT} +12052499137`, null, `${PAT} +12052499137`],
    [`${CHAT_ID} pat`, CHAT_ID, 'pat'],
    [`pat ${CHAT_ID}`, CHAT_ID, 'pat'],
    [CHAT_ID.slice(0, -1), null, CHAT_ID.slice(0, -1)],
  ])('%j is kept, so that it can be corrected', (text, chatId, leftover) => {
    expect(read(text)).toEqual(remove(chatId, null, leftover));
  });

  it('is kept whole where two chats are named: neither is guessed', () => {
    const text = `${CHAT_ID} ${OTHER_ID} ${PAT}`;
    expect(read(text)).toEqual(remove(null, null, text));
  });

  it('is kept up to a length that fits its field, without halving an emoji', () => {
    const { leftover } = read('👍'.repeat(1_500)) as { leftover: string };
    expect([...leftover]).toHaveLength(300);
    expect(leftover).not.toMatch(/\p{Surrogate}/u);
  });

  it('takes no noticeable time', async () => {
    const readAll = () => {
      for (const piece of ['5', '-', '"', `${CHAT_ID}`, 'a@', '<tel:', '\u2060']) read(piece.repeat(2_000));
    };
    expect(await quickest(1_000, readAll)).toBeLessThan(1_000);
  });
});

describe('history', () => {
  it.each([
    ['history', null, null, null],
    ['  HISTORY ', null, null, null],
    ['"history"', null, null, null],
    [`history ${PAT}`, null, PAT, null],
    ['history (205) 249-9136', null, PAT, null],
    [`history ${CHAT_ID}`, CHAT_ID, null, null],
    [`history <mailto:${EMAIL}|${EMAIL}> ${CHAT_ID.toUpperCase()}`, CHAT_ID, EMAIL, null],
    ['history of pat', null, null, 'of pat'],
  ])('%j is looked back on', (text, chatId, handle, leftover) => {
    expect(read(text)).toEqual({ kind: 'history', refused: false, chatId, handle, leftover });
  });

  it.each([
    ['history refused', null],
    ['History Refused', null],
    [`history refused ${PAT}`, PAT],
  ])('%s asks for the refused attempts', (text, handle) => {
    expect(read(text)).toEqual({ kind: 'history', refused: true, chatId: null, handle, leftover: null });
  });

  it.each(['history@example.com', 'historybuff@example.com', 'history-fan@example.com'])(
    '%j is a person all the same',
    (text) => {
      expect(read(text)).toEqual(remove(null, text));
    },
  );
});
