import {
  clean,
  cut,
  escapeMrkdwn,
  maskHandle,
  readable,
  showChat,
  showConversation,
  showHandle,
  showText,
  slackTime,
} from '../../../src/slack/blocks/text.js';
import { CHAT_ID, PAT } from '../../support/build.js';
import { computed, least } from '../../support/quickest.js';

const FAMILY = '👨‍👩‍👧‍👦';
const RAINBOW = '🏳️‍🌈';
const WAVE = '👋🏽';

describe('cleaning text from outside', () => {
  it.each([
    ['control characters', 'a\u0000b\u0007c\u009Fd', 'a b c d'],
    ['line breaks of every kind', 'a\r\nb\u2028c\u2029d', 'a b c d'],
    ['runs of odd blanks', '  a \u00A0\u3000 b\t', 'a b'],
    ['zero-width characters', 'a\u200Bb\u200Cc\u2060d\uFEFFe\u00ADf', 'abcdef'],
    ['marks that turn the reading direction', '\u202Eevil\u202C \u2067x\u2069 \u200Fy\u200E', 'evil x y'],
    ['a joiner that joins nothing', 'p\u200Da\u200Dt', 'pat'],
    ['nothing but invisible marks', '\u200B\u2060\u202E', ''],
  ])('removes %s', (_what, given, cleaned) => {
    expect(clean(given)).toBe(cleaned);
  });

  it.each([FAMILY, RAINBOW, WAVE, 'Zoë', '日本語', 'שלום', 'a‑b', '<!channel> & *b*'])('keeps %s', (text) => {
    expect(clean(text)).toBe(text);
  });
});

describe('escaping for mrkdwn', () => {
  it('disarms exactly three characters, each once', () => {
    expect(escapeMrkdwn('<!channel> & &lt; <https://x|y> *_~`')).toBe(
      '&lt;!channel&gt; &amp; &amp;lt; &lt;https://x|y&gt; *_~`',
    );
  });
});

describe('cutting', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['ab cd', 4, 'ab…'],
    ['👍👍👍', 3, '👍👍👍'],
    ['👍👍👍👍', 3, '👍👍…'],
    ['', 3, ''],
  ])('%j at %d code points gives %j', (text, max, short) => {
    expect(cut(text, max)).toBe(short);
  });

  it('never leaves half of an emoji behind', () => {
    for (let max = 1; max < 12; max++) expect(cut('a👍b👍c👍d👍e👍f', max)).not.toMatch(/\p{Surrogate}/u);
  });
});

describe('masking', () => {
  it.each([
    [PAT, '…9136'],
    ['pat@example.com', 'p…@example.com'],
    ['éric@example.com', 'é…@example.com'],
    ['😀@example.com', '😀…@example.com'],
  ])('%s reads %s', (handle, masked) => {
    expect(maskHandle(handle)).toBe(masked);
    expect(showHandle(handle, 'masked')).toBe(masked);
    expect(showHandle(handle, 'full')).toBe(handle);
  });

  it.each([
    '+12052499136, +12052499137',
    '+1 205 249 9136 & (205) 249-9136',
    '+1 205‑249‑9136',
    '+1\u00A0(205)\u00A0249\u20119136',
    '205.249.9136/205–249–9136',
    '１２０５２４９９１３６',
    'Pat <pat@example.com>, pat.smith+crew@mail.example.com',
    'tel:+12052499136|mailto:pat@example.com',
  ])('reaches into any text: %s', (name) => {
    for (const shown of [showChat(name, CHAT_ID, 'masked'), showText(name, 'masked')]) {
      expect(shown.normalize('NFKC')).not.toMatch(/249|pat@|smith/);
      expect(shown).toMatch(/…/);
    }
    expect(showText(name, 'full')).toBe(clean(name));
  });

  it.each(['Launch crew 2026', 'Room 12-3', 'Team 1234', 'The 3 of us'])('leaves %s alone', (name) => {
    expect(showText(name, 'masked')).toBe(name);
  });

  it('takes no noticeable time over hostile names', async () => {
    const hostile = [
      '1-'.repeat(1_500),
      '👍'.repeat(3_000),
      '1('.repeat(1_500),
      `1${'('.repeat(3_000)}`,
      'a'.repeat(3_000),
      'a@'.repeat(1_500),
      '+ ('.repeat(1_000),
    ];
    const showAll = () => hostile.map((name) => showText(name, 'masked'));
    expect(await least(250, () => computed(showAll))).toBeLessThan(250);
  });
});

describe('naming a chat', () => {
  it.each([
    ['Launch crew', '“Launch crew” (…0000)'],
    ['  Launch\n crew ', '“Launch crew” (…0000)'],
    [null, 'the chat …0000'],
    ['', 'the chat …0000'],
    ['\u200B\u202E', 'the chat …0000'],
    ['x'.repeat(3_000), `“${'x'.repeat(79)}…” (…0000)`],
  ])('%j reads %s', (name, shown) => {
    expect(showChat(name, CHAT_ID, 'full')).toBe(shown);
  });
});

describe('a handle for reading', () => {
  it.each([
    [PAT, '+1 205 249 9136'],
    ['+442079460958', '+44 20 7946 0958'],
    ['pat@example.com', 'pat@example.com'],
    ['pat+12052499137@example.com', 'pat+12052499137@example.com'],
    ['+12052499137@sms.example.com', '+12052499137@sms.example.com'],
    ['urn:biz:+12052499137', 'urn:biz:+12052499137'],
    ['p\u202Eat@example.com', 'pat@example.com'],
  ])('%s reads %s: never somebody else', (handle, shown) => {
    expect(readable(handle)).toBe(shown);
  });
});

describe("Slack's own markup", () => {
  it('shows a time to each reader in their zone, with words for clients that cannot', () => {
    expect(slackTime(new Date('2026-06-01T10:15:04.900Z'))).toMatch(
      /^<!date\^1780308904\^[^|]*\|.*10:15:04 UTC>$/,
    );
  });

  it.each([
    ['C0SUPPORT', '<#C0SUPPORT>'],
    ['G0PRIVATE', 'this conversation'],
    ['D0ALICE', 'this conversation'],
    ['C0><!channel>', '<#C0&gt;&lt;!channel&gt;>'],
  ])('shows the conversation %s as %s', (channel, shown) => {
    expect(showConversation(channel)).toBe(shown);
  });
});
