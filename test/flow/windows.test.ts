import type { NewChat } from '../../simulator/linq/chats.js';
import { BOTH, CHAT_ID, MODES, PAT, type Stage, setStage } from '../support/stage.js';

let stage: Stage;
afterEach(() => stage.stop());

/** What stands in the text fields of the window, in their order. */
const typedIn = () =>
  [...(stage.alice.modal?.values.values() ?? [])].map((field) => ('value' in field && field.value) || '');

describe('a mistake in the request', () => {
  const OTHER = '660e8400-e29b-41d4-a716-446655440000';
  beforeEach(async () => {
    stage = await setStage();
    await stage.alice.runs('/linq-remove');
    await stage.alice.seesModal(/Remove participant/);
  });

  const WRITE = 'Write a number with + and the country code, like +12052499136, or an email.';
  const AMONG_PATS = (name: string) =>
    `None of the group chats that Linq lists with +1 205 249 9136 has “${name}” in its name. Check the spelling, or enter the chat’s ID.`;
  const ONE = 'Enter a chat, a handle, or both.';

  it.each<[string, string, Record<string, string>]>([
    ['', '', { Chat: ONE, Handle: ONE }],
    ['   ', '\n', { Chat: ONE, Handle: ONE }],
    ['550e8400', PAT, { Chat: AMONG_PATS('550e8400') }],
    [
      `${CHAT_ID}0`.replace('-', ''),
      PAT,
      {
        Chat: expect.stringMatching(
          /^“550e8400e29b-41d4-a716-4466554400000” is not a whole chat ID\. A chat/,
        ),
      },
    ],
    [`${CHAT_ID} ${OTHER}`, PAT, { Chat: 'There are several chat IDs here. Enter one.' }],
    [
      'https://example.com',
      '',
      { Chat: expect.stringMatching(/^“https:.* is a link without a chat ID in it\./) },
    ],
    [CHAT_ID, '12', { Handle: `“12” is too short for a phone number with the country code +1. ${WRITE}` }],
    [
      CHAT_ID,
      '+1 205 249 9136 999 999 99',
      {
        Handle: `“999 999 99” is too short for a phone number with the country code +1. ${WRITE}`,
      },
    ],
    [
      CHAT_ID,
      '+999 205 249 9136',
      { Handle: `“+999 205 249 9136” starts with a country code that does not exist. ${WRITE}` },
    ],
    [
      CHAT_ID,
      '205 249 9100 ext 7',
      { Handle: '“205 249 9100 ext 7” has an extension, and a chat member has none. Leave it out.' },
    ],
    [CHAT_ID, 'Pat', { Handle: `“Pat” is neither a phone number nor an email address. ${WRITE}` }],
    [CHAT_ID, 'pat@', { Handle: '“pat@” has nothing after the @. Write an email like pat@example.com.' }],
    [
      CHAT_ID,
      `${PAT}, pat@`,
      { Handle: '“pat@” has nothing after the @. Write an email like pat@example.com.' },
    ],
    ['x', 'y', { Handle: expect.stringContaining('“y” is neither') }],
    ['', CHAT_ID, { Handle: `“${CHAT_ID}” is a chat’s ID, not a person. Enter it in the Chat field.` }],
    [
      'nowhere',
      '',
      {
        Chat: 'None of the group chats that Linq lists has “nowhere” in its name. Check the spelling, or enter the chat’s ID.',
      },
    ],
  ])('(%j and %j) is said on its field', async (chat, handle, errors) => {
    stage.alice.fills({ Chat: chat, Handle: handle });
    expect((await stage.alice.submits()).errors).toEqual(errors);
    expect(typedIn()).toEqual([chat, handle]);
  });

  it('of three thousand characters is cut to a sentence', async () => {
    stage.alice.fills({ Chat: '😀'.repeat(3_000), Handle: 'é'.repeat(3_000) });
    const { errors } = await stage.alice.submits();
    expect(errors?.Chat).toBe(
      `“${'😀'.repeat(59)}…” is longer than the name of any chat. Enter a part of the name, or the chat’s ID.`,
    );
    expect(errors?.Handle).toMatch(/^“é{59}…” is/);
  });

  it('can be corrected in the same window', async () => {
    stage.alice.fills({ Chat: CHAT_ID, Handle: 'pat' });
    await stage.alice.submits();
    stage.alice.fills({ Handle: '205-249-9136' });
    expect((await stage.alice.submits()).errors).toBeNull();
    expect(stage.alice.modalText()).toMatch(/Review removal/);
  });
});

describe.each(MODES)('what cannot be removed, in %s mode', (mode) => {
  const OTHER = '660e8400-e29b-41d4-a716-446655440000';
  const four = [PAT, '+12025550143', '+12025550144'];

  it.each<[string, Partial<NewChat>, string, (stage: Stage) => void, string]>([
    [
      'a one-to-one chat',
      { members: [PAT] },
      PAT,
      () => {},
      '“Other” (…0000) is a one-to-one chat, and Linq removes people only from groups. Nobody was removed. Choose a group chat.',
    ],
    [
      'a stranger',
      {},
      '+12025550199',
      () => {},
      '+12025550199 is not a member of “Other” (…0000). Nobody was removed. Check the person and the chat: handles must match what Linq lists.',
    ],
    [
      'somebody who left',
      {},
      PAT,
      ({ linq }) => linq.leaves(OTHER, PAT),
      `${PAT} is no longer in “Other” (…0000). There is nothing left to remove. Nothing needs to be done, unless you meant someone else.`,
    ],
    [
      'one of three',
      { members: four.slice(0, 2) },
      PAT,
      () => {},
      `Fewer than 3 people would remain in “Other” (…0000), and Linq does not allow that. Nobody was removed. Start a new chat without ${PAT} instead.`,
    ],
    [
      'our own line',
      {},
      '+12052430001',
      () => {},
      '+12052430001 is our own line in “Other” (…0000). Nobody was removed. Choose another member. To leave a chat with our line, use Linq itself.',
    ],
    [
      'anybody once our line has left',
      {},
      PAT,
      ({ linq }) => linq.ourLineLeaves(OTHER),
      `Our line is no longer in “Other” (…0000), so we cannot change it. Nobody was removed. Ask a member of the chat to remove ${PAT} from their phone.`,
    ],
    [
      'anybody from an unknown chat',
      { id: '770e8400-e29b-41d4-a716-446655440000' },
      PAT,
      () => {},
      'Linq does not know a chat with this ID, or it belongs to another account. Nobody was removed. Copy the chat ID from Linq once more and try again.',
    ],
    [
      'anybody with a refused key',
      {},
      PAT,
      ({ linq }) => linq.revokeKey(),
      "The app could not sign in to Linq. Nobody was removed. Ask the app's owner to check the Linq API key.",
    ],
  ])('(%s) is said with a way back and nothing to submit', async (_who, chat, handle, happens, sentence) => {
    stage = await setStage({ mode });
    const { alice, linq } = stage;
    linq.addChat({ id: OTHER, name: 'Other', members: four, ...chat });
    happens(stage);
    await alice.runs(`/linq-remove ${OTHER} ${handle}`);
    await alice.seesModal(/Cannot be removed/);
    expect(alice.modalText()).toContain(sentence);
    expect(alice.modal?.view.submit).toBeUndefined();

    await alice.presses('Change chat or person');
    await alice.seesModal(/Remove participant/);
    expect(typedIn()).toEqual([OTHER, handle]);
    expect(linq.deletes).toHaveLength(0);
  });
});

describe('a review', () => {
  beforeEach(async () => {
    stage = await setStage();
  });

  it.each<[string, Partial<NewChat>, string]>([
    [
      'an SMS chat',
      { service: 'SMS' },
      'This looks like an SMS chat. Linq may refuse: members of SMS groups can usually not be removed.',
    ],
    [
      'an RCS chat',
      { service: 'RCS' },
      'This looks like an RCS chat. Linq may refuse, or accept and not confirm.',
    ],
    [
      'an unknown service',
      { service: null },
      'Linq does not say which service this chat uses. It may refuse.',
    ],
    [
      'exactly three who would remain',
      { members: [PAT, '+12025550143', '+12025550144'] },
      'Only 3 would remain, our line included. That may be too few for Linq, which then refuses.',
    ],
  ])('warns of %s, and can still be approved', async (_what, chat, warning) => {
    const { alice, linq } = stage;
    const { id } = linq.addChat({
      name: 'Other',
      members: [PAT, '+12025550143', '+12025550144', 'sam@example.com'],
      ...chat,
    });
    await alice.runs(`/linq-remove ${id} ${PAT}`);
    await alice.seesModal(/Review removal/);
    expect(alice.modalText()).toContain(`⚠ ${warning}`);
    expect(alice.modalText().match(/⚠/g)).toHaveLength(1);
    await alice.submits();
    await alice.sees(/Asked for by/);
    expect(linq.deletes).toHaveLength(1);
  });

  it('leads back to the request with what was typed, and on again', async () => {
    const { alice } = stage;
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Review removal/);
    await alice.presses('Change chat or person');
    await alice.seesModal(/Remove participant/);
    expect(typedIn()).toEqual([CHAT_ID, PAT]);
    alice.fills({ Handle: 'SAM@example.com' });
    await alice.submits();
    expect(alice.modalText()).toContain('Remove sam@example.com from “Launch crew”');
  });
});
