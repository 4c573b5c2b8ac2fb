import { chatIdOf, repliesIn, requestMessage, upTo } from '../support/chats.js';
import { seconds } from '../support/clock.js';
import { CHAT_ID, ENGINES, MODES, PAT, type Stage, type StageOptions, setStage } from '../support/stage.js';

const [ANN, BEN, CAT] = ['+12025550171', '+12025550172', 'cat@example.com'] as const;
const THREE = [ANN, BEN, CAT];
const OTHERS = ['+12025550181', '+12025550182', '+12025550183'];

let stage: Stage;
afterEach(() => stage.stop());

/** So many groups with all of these people in them. */
function addGroups(count: number, people: readonly string[] = THREE): void {
  for (const number of upTo(count)) {
    const id = chatIdOf(number);
    stage.linq.addChat({ id, name: `Group ${number}`, members: [...people, ...OTHERS] });
  }
}

/** Alice enters these people, and a chat where there is one. */
async function asksFor(handle: string, chat = '') {
  const { alice } = stage;
  await alice.runs('/linq-remove');
  await alice.seesModal(/Remove participant/);
  alice.fills({ Handle: handle, Chat: chat });
  return alice.submits();
}

async function reviews(handle: string, chat = ''): Promise<string> {
  await asksFor(handle, chat);
  await stage.alice.seesModal(/Review removal|Cannot be removed/);
  return stage.alice.modalText();
}

const deletes = () => stage.linq.deletes.map(({ chatId, handle }) => `${handle} ${chatId.slice(-4)}`).sort();
const group = (number: number) => `Group ${number} (…${chatIdOf(number).slice(-4)})`;
const shownAs = (handle: string) => handle.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 $1 $2 $3');

describe.each(MODES)('several people, in %s mode', (mode) => {
  const begin = async (options: StageOptions = {}) => {
    stage = await setStage({ mode, ...options });
  };

  it('and one chat: one approval, one message, a line a person', async () => {
    await begin();
    stage.linq.addChat({ id: chatIdOf(1), name: 'Group 1', members: [...THREE, ...OTHERS] });
    const text = await reviews(THREE.join(', '), chatIdOf(1));
    expect(text).toMatch(/Remove these people from “Group 1” \(…0001\)\?/);
    expect(text).toContain('4 remain if all 3 go');
    await stage.alice.submits();
    const message = await stage.alice.sees(/3 of 3 queued/);
    expect(message.shown).toContain('Removing 3 people from “Group 1” (…0001)');
    for (const person of THREE) expect(message.shown).toContain(`• ${person}: Removal queued`);
    expect(deletes()).toEqual(THREE.map((person) => `${person} 0001`).sort());
    stage.linq.settles();
    for (const _ of upTo(4)) await stage.passes(seconds(3));
    expect(requestMessage(stage).shown).toContain('3 of 3 removed.');
    expect(stage.slack.messagesIn(stage.support.id)).toHaveLength(1);
  });

  it('typed after the command with a chat go straight to the review', async () => {
    await begin();
    await stage.alice.runs(`/linq-remove ${CHAT_ID} ${PAT} sam@example.com`);
    await stage.alice.seesModal(/Review removal/);
    await stage.alice.submits();
    await stage.alice.sees(/2 of 2 queued/);
  });

  it('in several chats: each chooses among their own, and the message names them under each person', async () => {
    await begin();
    addGroups(3);
    const text = await reviews(THREE.join('\n'));
    expect(text).toMatch(/From which chats should these 3 people be removed\?/);
    stage.alice.fills({ [shownAs(ANN)]: [group(1), group(2)], [CAT]: [group(3)] });
    await stage.alice.submits();
    const message = await stage.alice.sees(/3 of 3 queued/);
    expect(deletes()).toEqual([`${ANN} 0001`, `${ANN} 0002`, `${CAT} 0003`]);
    expect(message.shown).toMatch(
      /Removing 2 people from 3 chats[\s\S]*\+12025550171\n• “Group 1”[^\n]*\n• “Group 2”[^\n]*\ncat@example.com\n• “Group 3”/,
    );
  });

  it('who cannot all go are a choice, and the submission is held to it', async () => {
    await begin();
    stage.linq.addChat({ id: chatIdOf(1), name: 'Group 1', members: [ANN, BEN, OTHERS[0] ?? ''] });
    const text = await reviews(`${ANN} ${BEN}`, chatIdOf(1));
    expect(text).toMatch(
      /Only 1 of these 2 can be removed from “Group 1” \(…0001\), because 3 people must remain/,
    );
    const { alice } = stage;
    expect((await alice.submits()).errors).toEqual({ People: expect.any(String) });
    alice.fills({ People: [ANN, BEN].map(shownAs) });
    expect((await alice.submits()).errors).toEqual({
      People: expect.stringMatching(/^Only 1 of the people/),
    });
    expect(stage.linq.deletes).toHaveLength(0);
    alice.fills({ People: [shownAs(BEN)] });
    await alice.submits();
    await alice.sees(/Removal queued/);
    expect(deletes()).toEqual([`${BEN} 0001`]);
  });

  it('who cannot all go from one of their chats: the fields of both say so', async () => {
    await begin();
    stage.linq.addChat({ id: chatIdOf(1), name: 'Group 1', members: [ANN, BEN, OTHERS[0] ?? ''] });
    stage.linq.addChat({ id: chatIdOf(2), name: 'Group 2', members: [ANN, BEN, ...OTHERS] });
    const text = await reviews(`${ANN}; ${BEN}`);
    expect(text).toContain('⚠ only 1 of these 2 can go');
    expect(text).toContain('4 remain if both go');
    const both = { [shownAs(ANN)]: [group(1)], [shownAs(BEN)]: [group(1), group(2)] };
    stage.alice.fills(both);
    const { errors } = await stage.alice.submits();
    expect(Object.keys(errors ?? {})).toEqual([ANN, BEN].map(shownAs));
    expect(stage.linq.deletes).toHaveLength(0);
  });

  it('who cannot all go any more when the calls are to leave: the loop counts them together', async () => {
    await begin();
    stage.linq.addChat({ id: chatIdOf(1), name: 'Group 1', members: [ANN, BEN, ...OTHERS.slice(0, 2)] });
    await reviews(`${ANN} ${BEN}`, chatIdOf(1));
    stage.linq.leaves(chatIdOf(1), OTHERS[0] ?? '');
    await stage.alice.submits();
    await stage.alice.sees(/1 of 2 queued, 1 refused/);
    expect(stage.linq.deletes).toHaveLength(1);
    expect(requestMessage(stage).shown).toMatch(/Fewer than 3 people would remain/);
  });

  it('of whom one fails: it stays with them, and Retry offers only that', async () => {
    await begin();
    addGroups(2);
    await reviews(`${ANN} ${BEN}`);
    stage.alice.fills({ [shownAs(ANN)]: [group(1)], [shownAs(BEN)]: [group(2)] });
    stage.linq.nextRemoval(['refused', 2015]);
    await stage.alice.submits();
    await stage.alice.sees(/1 of 2 queued, 1 refused/);
    stage.linq.settles();
    for (const _ of upTo(4)) await stage.passes(seconds(3));
    const message = requestMessage(stage);
    expect(message.shown).toMatch(/1 of 2 removed, 1 refused\./);
    const failed = message.shown.includes(`${ANN}\n• “Group 1” (…0001): Removed`) ? BEN : ANN;
    await stage.passes(seconds(2));
    await stage.alice.closes();
    await stage.alice.presses('Retry');
    await stage.alice.seesModal(/Review removal/);
    expect(stage.alice.modalText()).toContain(`Remove ${shownAs(failed)} from`);
  });

  it('can be stopped, and added back one by one', async () => {
    await begin();
    stage.linq.addChat({ id: chatIdOf(1), name: 'Group 1', members: [...THREE, ...OTHERS] });
    await reviews(THREE.join(', '), chatIdOf(1));
    await stage.alice.submits();
    await stage.alice.sees(/3 of 3 queued/);
    stage.linq.settles();
    for (const _ of upTo(4)) await stage.passes(seconds(3));
    await stage.alice.closes();
    await stage.alice.presses('Add back…');
    await stage.alice.seesModal(/Who should be added back to “Group 1” \(…0001\)\?/);
    stage.alice.fills({ People: [shownAs(BEN)] });
    await stage.alice.submits();
    await stage.passes(seconds(2));
    expect(repliesIn(stage).map(({ text }) => text)).toEqual([
      expect.stringMatching(/Adding back queued: .*\+12025550172/),
    ]);
  });

  it('can be stopped: what is not sent yet is left undone, for each of them', async () => {
    await begin();
    stage.linq.addChat({ id: chatIdOf(1), name: 'Group 1', members: [...THREE, ...OTHERS] });
    await reviews(THREE.join(', '), chatIdOf(1));
    for (const _ of upTo(3)) stage.linq.nextRemoval(['rate-limited', 30]);
    await stage.alice.submits();
    await stage.passes(seconds(5));
    await stage.alice.sees(/3 of 3/);
    await stage.alice.closes();
    await stage.alice.presses('Stop');
    await stage.passes(seconds(2));
    const message = requestMessage(stage);
    expect(message.shown).toMatch(/stopped by @alice/);
    for (const person of THREE) expect(message.shown).toContain(`• ${person}: Not removed`);
  });

  it('are masked where HANDLE_DISPLAY says so', async () => {
    await begin({ env: { HANDLE_DISPLAY: 'masked' } });
    stage.linq.addChat({ id: chatIdOf(1), name: 'Group 1', members: [...THREE, ...OTHERS] });
    const text = await reviews(THREE.join(', '), chatIdOf(1));
    expect(text).toContain('will see your name, …0171, …0172, c…@example.com, the chat');
    await stage.alice.submits();
    const message = await stage.alice.sees(/3 of 3 queued/);
    expect(message.shown + message.text).not.toMatch(/\+1202|cat@/);
    expect(message.shown).toContain('• …0171: Removal queued');
  });

  it('are told of through the command’s answer where the bot is not', async () => {
    await begin();
    const { alice, slack } = stage;
    slack.addChannel({ name: 'random', kind: 'public', members: [alice.id], bot: false });
    await alice.runs(`/linq-remove ${CHAT_ID} ${PAT} sam@example.com`, { in: 'C0RANDOM' });
    await alice.seesModal(/Review removal/);
    await alice.submits();
    const told = await alice.sees(/2 of 2 queued/, { in: 'C0RANDOM' });
    expect(told.shown).toContain(PAT);
    expect(told.shown).toContain('sam@example.com');
  });
});

describe('of several people', () => {
  beforeEach(async () => {
    stage = await setStage();
  });

  it('one whose look-up fails hides no other', async () => {
    addGroups(1);
    stage.linq.nextRead(['status', 502]);
    const text = await reviews(`${ANN} ${BEN}`);
    expect(text).toMatch(
      /Linq gave no usable answer about \+1 202 555 017[12], so their chats cannot be shown/,
    );
    expect(text).toContain(group(1));
  });

  it('whose look-ups take long are shown behind a loading view', async () => {
    addGroups(1, [ANN, BEN]);
    const opened = new Promise<void>((open) => setTimeout(open, 2_300));
    stage.linq.nextRead(['slow', opened]);
    await asksFor(`${ANN} ${BEN}`);
    await stage.alice.seesModal(/Asking Linq/);
    await stage.alice.seesModal(/From which chats should these 2 people be removed/);
  });

  it('none is shown where every look-up fails, and there is a way back with what was typed', async () => {
    for (const _ of upTo(2)) stage.linq.nextRead(['status', 502]);
    expect(await reviews(`${ANN} ${BEN}`)).toMatch(/the list cannot be shown\. Nothing was removed/);
    await stage.alice.presses('Change chat or person');
    await stage.alice.seesModal(/Remove participant/);
    expect(stage.alice.modalText()).toContain(`${ANN}, ${BEN}`);
  });

  it('all may be approved where their one chat could not be checked', async () => {
    stage.linq.nextRead(['status', 502]);
    expect(await reviews(`${PAT} sam@example.com`, CHAT_ID)).toMatch(/The chat could not be checked/);
    await stage.alice.submits();
    await stage.alice.sees(/2 of 2 queued/);
  });

  it('one typed in two spellings counts once', async () => {
    expect(await reviews(`${PAT}, (205) 249-9136`, CHAT_ID)).toMatch(/Remove \+1 205 249 9136 from/);
  });

  it('an email in two spellings counts once, as Linq lists it', async () => {
    stage.linq.addChat({ id: chatIdOf(1), name: 'Group 1', members: ['Cat@Example.com', ANN, ...OTHERS] });
    await reviews(`CAT@EXAMPLE.COM, cat@example.com, ${ANN}`, chatIdOf(1));
    await stage.alice.submits();
    await stage.alice.sees(/2 of 2 queued/);
    expect(deletes()).toEqual([`${ANN} 0001`, 'Cat@Example.com 0001']);
  });

  it('those who are not in the chat are named with the reason, and the others offered', async () => {
    const text = await reviews(`${PAT} ${ANN}`, CHAT_ID);
    expect(text).toMatch(/Not possible\n• \+1 202 555 0171 is not a member of “Launch crew”/);
    await stage.alice.submits();
    await stage.alice.sees(/Removal queued/);
    expect(stage.linq.deletes.map(({ handle }) => handle)).toEqual([PAT]);
  });

  it('none can be removed where none is in the chat', async () => {
    const text = await reviews(`${BEN} ${ANN}`, CHAT_ID);
    expect(text).toMatch(
      /None of these people can be removed from “Launch crew” \(…0000\)\. Nobody was removed/,
    );
    expect(stage.alice.modal?.view.submit).toBeUndefined();
  });

  it('25 are too many, and what was typed stays', async () => {
    const people = upTo(25).map((number) => `+120255501${String(number).padStart(2, '0')}`);
    const { errors } = await asksFor(people.join('\n'));
    expect(errors).toEqual({
      Handle: expect.stringMatching(/There are 25 people here, and one request takes 20/),
    });
    expect(stage.alice.modalText()).toContain(people[24]);
  });

  it('200 after the command are too many too: the window opens with them, and says so', async () => {
    const people = upTo(200).map((number) => `+1202555${1000 + number}`);
    await stage.alice.runs(`/linq-remove ${people.join(', ')}`);
    await stage.alice.seesModal(/There are 200 people here, and one request takes 20/);
    expect(stage.alice.modalText()).toContain(people.slice(0, 30).join(', '));
  });

  it('each mistake is named', async () => {
    const { errors } = await asksFor('205-249-91, pat@, lunch');
    expect(errors?.Handle).toMatch(/“205-249-91”[\s\S]*“pat@”[\s\S]*“lunch”/);
  });

  it('3,000 characters of nonsense are answered on the field', async () => {
    const { errors } = await asksFor('x1,'.repeat(1_000));
    expect(Object.keys(errors ?? {})).toEqual(['Handle']);
  });

  it('20 with 20 chats each fit into a window, and 100 removals are the most', async () => {
    const people = upTo(20).map((number) => `+120255501${String(number).padStart(2, '0')}`);
    addGroups(20, people);
    const text = await reviews(people.join(' '));
    expect(text).toMatch(/These are the 15 latest of 20 chats/);
    const fifteen = stage.alice.modal?.view.blocks
      .find(({ block_id }) => block_id === 'people_0')
      ?.element?.options?.map((option) => option.text.text);
    expect(fifteen).toHaveLength(15);
    stage.alice.fills(
      Object.fromEntries(people.slice(0, 7).map((person) => [shownAs(person), fifteen ?? []])),
    );
    const { errors } = await stage.alice.submits();
    expect(Object.values(errors ?? {})).toEqual([
      expect.stringMatching(/^One approval takes up to 100 removals, and these are 105/),
    ]);
    expect(stage.linq.deletes).toHaveLength(0);
  });
});

describe.each(ENGINES)('several people whom others approve, on %s', (engine) => {
  const APPROVALS = { APPROVAL: 'always', APPROVERS: 'U0BOB' };

  async function isAsked(): Promise<Stage['alice']> {
    stage = await setStage({ engine, env: APPROVALS });
    const bob = stage.slack.person('bob');
    stage.support.members.add(bob.id);
    addGroups(2);
    await reviews(`${ANN} ${BEN}`);
    stage.alice.fills({ [shownAs(ANN)]: [group(1)], [shownAs(BEN)]: [group(1), group(2)] });
    await stage.alice.submits();
    await stage.passes(0);
    await bob.sees(/Waiting for approval[\s\S]*Remove 2 people from 2 chats\?/);
    await bob.presses('Review');
    await bob.seesModal(/Review removal/);
    return bob;
  }

  it('are shown to the approver with all their chats, and removed', async () => {
    const bob = await isAsked();
    expect(bob.modalText()).toMatch(
      /Remove these 2 people\? 3 removals are possible[\s\S]*\+1 202 555 0171\n• “Group 1”[\s\S]*\+1 202 555 0172\n• “Group 1”[^\n]*\n• “Group 2”/,
    );
    await bob.submits();
    for (const _ of upTo(2)) await stage.passes(seconds(2));
    await bob.sees(/3 of 3 queued/);
    expect(deletes()).toEqual([`${ANN} 0001`, `${BEN} 0001`, `${BEN} 0002`]);
  });

  it('are not removed from a chat that not all of them can leave any more', async () => {
    const bob = await isAsked();
    for (const other of OTHERS.slice(0, 2)) stage.linq.leaves(chatIdOf(1), other);
    stage.linq.leaves(chatIdOf(1), CAT);
    await bob.submits();
    await bob.seesModal(/This changed after it was shown to you[\s\S]*One removal is possible/);
    expect(stage.linq.deletes).toHaveLength(0);
    await bob.submits();
    for (const _ of upTo(2)) await stage.passes(seconds(2));
    await bob.sees(/Removal queued/);
    expect(deletes()).toEqual([`${BEN} 0002`]);
  });

  it('are not approved while one of them cannot be looked up', async () => {
    const bob = await isAsked();
    stage.linq.nextRead(['status', 502]);
    await bob.submits();
    await bob.seesModal(/Linq gave no usable answer about some of them, so this cannot be approved now/);
    expect(stage.linq.deletes).toHaveLength(0);
  });
});
