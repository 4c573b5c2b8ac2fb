import type { LinqFault } from '../../simulator/linq/faults.js';
import { addChats, chatIdOf, MAX, offered } from '../support/chats.js';
import { gate } from '../support/child-gate.js';
import { seconds } from '../support/clock.js';
import { CHAT_ID, MODES, PAT, type Stage, setStage } from '../support/stage.js';

const LIST = 'GET /v3/chats';

let stage: Stage;
afterEach(() => stage.stop());

/** Alice fills in the request and goes on; what the window reads then. */
async function asksFor(fields: { Chat?: string; Handle?: string }): Promise<string> {
  const { alice } = stage;
  if (alice.modal) await alice.closes();
  await alice.runs('/linq-remove');
  await alice.seesModal(/Remove participant/);
  alice.fills(fields);
  const { errors } = await alice.submits();
  await stage.app.idle();
  return errors ? JSON.stringify(errors) : alice.modalText();
}

function choices() {
  const block = stage.alice.modal?.view.blocks.find(({ type }) => type === 'input');
  return (block?.element?.options ?? []).map(({ text, description }) => [text.text, description?.text ?? '']);
}

const typedIn = () =>
  [...(stage.alice.modal?.values.values() ?? [])].map((field) => ('value' in field && field.value) || '');
const lists = () => stage.ledger.count(LIST);

describe.each(MODES)('a chat by its name, in %s mode', (mode) => {
  beforeEach(async () => {
    stage = await setStage({ mode });
  });

  it('is found without case, accents and spacing, and leads through its members to the removal', async () => {
    stage.linq.rename(CHAT_ID, 'Läunch  Crew');
    expect(await asksFor({ Chat: 'launchcrew' })).toMatch(
      /Who should be removed from “Läunch Crew” \(…0000\)\?/,
    );
    stage.alice.fills({ Member: '+1 205 249 9136' });
    await stage.alice.submits();
    await stage.alice.seesModal(/Remove \+1 205 249 9136 from “Läunch Crew” \(…0000\)\?/);
    await stage.alice.submits();
    await stage.alice.sees(/Removal queued/);
    expect(stage.linq.deletes.map(({ chatId, handle }) => [chatId, handle])).toEqual([[CHAT_ID, PAT]]);
  });

  it('and a person in the command go straight to the review', async () => {
    await stage.alice.runs(`/linq-remove launch (205) 249-9136`);
    await stage.alice.seesModal(/Remove \+1 205 249 9136 from “Launch crew” \(…0000\)\?/);
  });

  it.each([
    [0, /None of the group chats that Linq lists has “group” in its name\. Check the spelling/, 1],
    [1, /Who should be removed from “Group 1” \(…0001\)\?/, 1],
    [7, /7 group chats have “group” in the name\. Which one is it about\?/, 1],
    [100, /100 group chats have “group” in the name\./, 2],
    [1_200, /the 100 latest of them.*Linq has more chats than the 1000 groups that were looked through/s, 10],
  ])('among %i chats is looked for on every page', async (count, words, pages) => {
    addChats(stage, count);
    expect(await asksFor({ Chat: 'group' })).toMatch(words);
    expect(lists()).toBe(pages);
    if (count > 1) expect(choices()).toHaveLength(Math.min(count, 100));
  });

  it.each([
    [0, /Linq lists no chats with \+1 202 555 0177/],
    [1, /Remove \+1 202 555 0177 from “Group 1” \(…0001\)\?/],
    [7, /From which chats should \+1 202 555 0177 be removed\?/],
    [100, /From which chats should \+1 202 555 0177 be removed\?/],
    [1_200, /the 100 latest of 1000 chats.*Linq has more chats of this person/s],
  ])('and a person with %i chats are that person’s chats of that name', async (count, words) => {
    addChats(stage, count);
    if (count > 0) stage.linq.addChat({ name: 'Elsewhere', members: [MAX, PAT, '+12025550143'] });
    const text = await asksFor({ Chat: 'group', Handle: MAX });
    expect(text).toMatch(words);
    expect(text).not.toContain('Elsewhere');
  });

  it('is chosen of several, newest first, with their people and the end of their ID', async () => {
    addChats(stage, 3, { name: () => 'Night shift' });
    await stage.passes(seconds(10));
    stage.linq.addChat({
      id: chatIdOf(9),
      name: 'NIGHT SHIFT 2',
      service: 'SMS',
      members: [PAT, MAX, '+12025550143', '+12025550144'],
    });
    await asksFor({ Chat: 'night' });
    expect(choices()[0]).toEqual(['NIGHT SHIFT 2 (…0009)', 'SMS, 5 people']);
    expect(choices().slice(1)).toContainEqual(['Night shift (…0002)', 'iMessage, 5 people']);
    stage.alice.fills({ Chat: 'Night shift (…0002)' });
    await stage.alice.submits();
    await stage.alice.seesModal(/Who should be removed from “Night shift” \(…0002\)\?/);
    await stage.alice.presses('Change chat or person');
    await stage.alice.seesModal(/Remove participant/);
    expect(typedIn()).toEqual(['night', '']);
  });
});

describe('a chat by its name', () => {
  beforeEach(async () => {
    stage = await setStage();
  });

  it('is of a group: a conversation of two is not offered', async () => {
    stage.linq.addChat({ name: 'Launch alone', members: [PAT], isGroup: false });
    expect(await asksFor({ Chat: 'launch' })).toMatch(/Who should be removed from “Launch crew”/);
    expect(await asksFor({ Chat: 'alone', Handle: PAT })).toMatch(
      /None of the group chats that Linq lists with \+1 205 249 9136 has “alone” in its name/,
    );
  });

  it.each([
    ['+12025550100', '+12025550100'],
    ['help', 'help'],
    ['pat@example.com', 'pat@example.com'],
    ['<mailto:pat@example.com|pat@example.com>', 'pat@example.com'],
    ['<!channel> & *bold*', '<!channel> & *bold*'],
  ])('may be %j', async (typed, name) => {
    stage.linq.rename(CHAT_ID, name);
    expect(await asksFor({ Chat: typed })).toContain(`Who should be removed from “${name}” (…0000)?`);
  });

  it('that no chat has keeps what was typed', async () => {
    expect(await asksFor({ Chat: 'Lunch', Handle: PAT })).toMatch(
      /None of the group chats that Linq lists with \+1 205 249 9136 has “Lunch” in its name/,
    );
    expect(typedIn()).toEqual(['Lunch', PAT]);
    await stage.alice.closes();
    await stage.alice.runs(`/linq-remove Lunch ${PAT}`);
    await stage.alice.seesModal(/⚠ None of the group chats .* has “Lunch” in its name/);
    expect(typedIn()).toEqual(['Lunch', PAT]);
  });

  it.each(['x'.repeat(3_000), '👩‍👩‍👧'.repeat(300), '҉'.repeat(250)])(
    'may be nonsense (%#), and what was typed stays',
    async (text) => {
      expect(await asksFor({ Chat: text.slice(0, 3_000), Handle: PAT })).toMatch(/"Chat":/);
      expect(typedIn()).toEqual([text.slice(0, 3_000), PAT]);
    },
  );

  it('is looked for again at once within a minute, and afresh after it', async () => {
    expect(await asksFor({ Chat: 'lunch' })).toMatch(/None of the group chats/);
    stage.linq.rename(CHAT_ID, 'Lunch');
    await stage.passes(seconds(59));
    expect(await asksFor({ Chat: 'lunch' })).toMatch(/None of the group chats/);
    expect(lists()).toBe(1);
    await stage.passes(seconds(2));
    expect(await asksFor({ Chat: 'lunch' })).toMatch(/Who should be removed from “Lunch”/);
    expect(lists()).toBe(2);
  });

  it('that changes between look-up and approval is shown as it is when it is decided', async () => {
    addChats(stage, 2, { name: (number) => `Shift ${number}` });
    await asksFor({ Chat: 'shift' });
    stage.linq.rename(chatIdOf(2), 'Board');
    stage.alice.fills({ Chat: 'Shift 2 (…0002)' });
    await stage.alice.submits();
    await stage.alice.seesModal(/Who should be removed from “Board” \(…0002\)\?/);
    stage.alice.fills({ Member: '+1 202 555 0177' });
    await stage.alice.submits();
    await stage.alice.seesModal(/Remove \+1 202 555 0177 from “Board” \(…0002\)\?/);
    stage.linq.rename(chatIdOf(2), 'Directors');
    await stage.alice.submits();
    await stage.alice.sees(/Removal queued/);
    expect(stage.linq.deletes.map(({ chatId }) => chatId)).toEqual([chatIdOf(2)]);
    expect(stage.slack.messagesIn(stage.support.id)[0]?.shown).toMatch(/Directors/);
  });

  it('whose chat is gone by the time it is chosen says so', async () => {
    addChats(stage, 2);
    await asksFor({ Chat: 'group' });
    stage.linq.nextRead(['refused', 2001]);
    stage.alice.fills({ Chat: offered(1) });
    await stage.alice.submits();
    expect(stage.alice.modalText()).toMatch(/Linq does not know a chat with this ID/);
  });

  it('of which there may be another among chats that could not be read is chosen, not guessed', async () => {
    addChats(stage, 1);
    stage.linq.nextRead(['roster', 'unknown-status', MAX]);
    expect(await asksFor({ Chat: 'launch' })).toMatch(/One group chat has “launch” in the name/);
  });

  describe('while Linq is slow or in trouble', () => {
    it('is looked for behind a loading view', async () => {
      addChats(stage, 150);
      stage.linq.nextRead(['slow', 2_500]);
      const { alice } = stage;
      await alice.runs('/linq-remove');
      await alice.seesModal(/Remove participant/);
      alice.fills({ Chat: 'nowhere' });
      await alice.submits();
      await alice.seesModal(/⚠ None of the group chats that Linq lists has “nowhere” in its name/);
      expect(typedIn()).toEqual(['nowhere', '']);
    });

    it.each<[string, LinqFault]>([
      ['a gateway error', ['status', 502]],
      ['a page of HTML', 'unreadable'],
      ['a connection that breaks', 'reset-before'],
      ['a request to wait', ['rate-limited', 3]],
    ])('is not said to be nowhere after %s in the middle of the pages', async (_what, fault) => {
      addChats(stage, 250);
      stage.linq.nextRead(['slow', 0]);
      stage.linq.nextRead(fault);
      expect(await asksFor({ Chat: 'nowhere' })).toMatch(
        /Linq gave no usable answer, so its chats could not be looked through\. Nothing was removed\./,
      );
      await stage.alice.presses('Change chat or person');
      await stage.alice.seesModal(/Remove participant/);
      expect(typedIn()).toEqual(['nowhere', '']);
      await stage.passes(seconds(3));
      stage.alice.fills({ Chat: 'group' });
      await stage.alice.submits();
      await stage.alice.seesModal(/250 group chats have “group” in the name/);
    });

    it('is not looked for any longer once the window is closed', async () => {
      addChats(stage, 900);
      const { open, opened } = gate();
      stage.linq.nextRead(['slow', opened]);
      const { alice } = stage;
      await alice.runs('/linq-remove');
      await alice.seesModal(/Remove participant/);
      alice.fills({ Chat: 'group' });
      await alice.submits();
      await alice.seesModal(/Asking Linq/);
      await alice.closes();
      open();
      await stage.app.idle();
      expect(lists()).toBeLessThanOrEqual(2);
    });
  });
});
