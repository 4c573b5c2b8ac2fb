import { BOTH, CHAT_ID, PAT, type Stage, setStage } from '../support/stage.js';

const OTHER_ID = '660e8400-e29b-41d4-a716-446655440000';

let stage: Stage;
afterEach(() => stage.stop());

/** What stands in the text fields of the window, in their order. */
const typedIn = () =>
  [...(stage.alice.modal?.values.values() ?? [])].map((field) => ('value' in field && field.value) || '');
const opened = () => stage.ledger.count('views.open');

describe('what is typed after the command', () => {
  beforeEach(async () => {
    stage = await setStage();
  });

  it.each([
    ['', '', ''],
    [' ', '', ''],
    [PAT, '', PAT],
    ['(205) 249-9136', '', PAT],
    ['+1 205\u2011249\u20119136', '', PAT],
    ['\u202A+1 (205) 249-9136\u202C', '', PAT],
    ['<tel:+12052499136|205-249-9136>', '', PAT],
    ['“+12052499136”', '', PAT],
    ['pat@example.com', '', 'pat@example.com'],
    ['<mailto:pat@example.com|pat@example.com>', '', 'pat@example.com'],
    ['MAILTO:pat@example.com', '', 'pat@example.com'],
    ['+44 20 7946 0958', '', '+442079460958'],
    [`${PAT}; (202) 555-0143`, '', `${PAT}, +12025550143`],
    [CHAT_ID, CHAT_ID, ''],
    [CHAT_ID.toUpperCase(), CHAT_ID, ''],
    [`"${CHAT_ID}"`, CHAT_ID, ''],
    [`  <${CHAT_ID}>   `, CHAT_ID, ''],
    ['<https://dash.example.com/chats/550e8400-e29b-41d4-a716-446655440000|Crew>', CHAT_ID, ''],
    ['Launch  crew', 'Launch crew', ''],
  ])('%j fills in chat %j and handle %j', async (text, chat, handle) => {
    await stage.alice.runs(`/linq-remove ${text}`);
    await stage.alice.seesModal(/Remove participant/);
    expect(typedIn()).toEqual([chat, handle]);
    expect(opened()).toBe(1);
  });

  it.each([
    BOTH,
    `${PAT} ${CHAT_ID}`,
    `  ${CHAT_ID.toUpperCase()}    (205) 249-9136 `,
    `<tel:+12052499136|(205) 249-9136> \`${CHAT_ID}\``,
  ])('%j names both and goes straight to the review', async (text) => {
    await stage.alice.runs(`/linq-remove ${text}`);
    await stage.alice.seesModal(/Remove \+1 205 249 9136 from “Launch crew” \(…0000\)\?/);
  });

  it.each(['help', 'HELP', '?', '--help', '—help', '–help', '−h', '/help'])(
    '%j is answered with a short help for this person alone',
    async (text) => {
      await stage.alice.runs(`/linq-remove ${text}`);
      const [help, ...others] = stage.alice.ephemerals;
      expect(help?.shown).toMatch(
        /takes a person out of a Linq group chat\. You review it before anything is removed/,
      );
      expect([others, opened()]).toEqual([[], 0]);
    },
  );

  it.each([
    ['asdf', 'asdf', '', null],
    ['12', '', '12', /⚠ “12” is too short for a phone number with the country code \+1\..* go on\./],
    ['+1 205', '', '+1 205', /⚠ “\+1 205” is too short for a phone number/],
    [
      'pat@',
      '',
      'pat@',
      /⚠ “pat@” has nothing after the @\..* If Linq lists it like this all the same, go on\./,
    ],
    [
      `two ${CHAT_ID} ${OTHER_ID}`,
      `${CHAT_ID} ${OTHER_ID}`,
      'two',
      /⚠ There are several chat IDs here\. Enter one\./,
    ],
    [`x`.repeat(2_900), `x`.repeat(2_900), '', /⚠ “x+…” is longer than the name of any chat/],
  ])('%j is kept to be corrected, and the window says why', async (text, chat, handle, why) => {
    await stage.alice.runs(`/linq-remove ${text}`);
    await stage.alice.seesModal(/Remove participant/);
    expect(typedIn()).toEqual([chat, handle]);
    expect(stage.alice.modalText()).toMatch(why ?? /Remove participant/);
    expect(/⚠/u.test(stage.alice.modalText())).toBe(why !== null);
    expect(stage.alice.ephemerals).toEqual([]);
  });

  it('that Linq does not list is said above what was typed, once Linq was asked', async () => {
    await stage.alice.runs(`/linq-remove ${CHAT_ID} pat@example`);
    await stage.alice.seesModal(/⚠ “pat@example” has no ending like \.com after the @\./);
    expect(typedIn()).toEqual([CHAT_ID, 'pat@example']);
  });
});
