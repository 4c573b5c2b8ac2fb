import type { RosterLie } from '../../simulator/linq/roster-lies.js';
import { minutes, seconds } from '../support/clock.js';
import { approves, BOTH, CHAT_ID, onlyMessage, PAT, type Stage, setStage } from '../support/stage.js';
import { attempt, everSaid, passesInSteps, WAYS } from '../support/truth.js';

/* Member lists that cannot be were taken for proof, counted wrongly, or showed our own line as a person to remove. */

let stage: Stage;
afterEach(() => stage.stop());

const LIES: readonly RosterLie[] = ['empty', 'one-entry', 'without-our-line', 'unknown-status'];

describe.each(WAYS)('For a change under way (%s)', (way) => {
  it.each(LIES)('a member list that cannot be (%s) was proof', async (lie) => {
    const { begins, shown, words, ...made } = await attempt(way);
    stage = made.stage;
    const since = stage.slack.said().length;
    await begins();
    for (let reading = 0; reading < 3; reading++) stage.linq.nextRead(['roster', lie]);
    await passesInSteps(stage, 7, seconds(2));
    for (const said of everSaid(stage, since)) {
      expect(said).not.toMatch(words.done);
      expect(said).not.toMatch(words.untrue);
      expect(said).not.toMatch(way === 'add back' ? /^Back:/ : /^Removed:/);
    }
    stage.linq.settles();
    await passesInSteps(stage, 6, seconds(15));
    expect(shown()).toMatch(words.done);
  });

  it.each(LIES)('a member list that cannot be (%s) right before the call was a refusal', async (lie) => {
    const { begins, shown, words, calls, ...made } = await attempt(way);
    stage = made.stage;
    const before = calls();
    const since = stage.slack.said().length;
    // An approver's window reads once before the loop does.
    for (let reading = 0; reading < 2; reading++) stage.linq.nextRead(['roster', lie]);
    await begins();
    if (way === 'remove with approval') {
      // What the approver saw could not be checked any more: they are asked again, with what is known now.
      await stage.slack.person('bob').submits();
      await stage.app.idle();
      await passesInSteps(stage, 3, seconds(2));
    }
    expect(calls()).toBe(before + 1);
    stage.linq.settles();
    await passesInSteps(stage, 4, seconds(15));
    expect(shown()).toMatch(words.done);
    for (const said of everSaid(stage, since)) expect(said).not.toMatch(words.untrue);
  });
});

it.each(LIES)(
  'A review of a member list that cannot be (%s) said who is a member and who is not',
  async (lie) => {
    stage = await setStage();
    const { alice, linq } = stage;
    linq.nextRead(['roster', lie]);
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/The chat could not be checked/);
    expect(alice.modalText()).not.toMatch(/not a member|would remain|no longer in/);
  },
);

it.each(LIES)('The end of the window beside a list that cannot be (%s) was "still lists"', async (lie) => {
  stage = await setStage({ env: { CONFIRM_WINDOW_MINUTES: '1' } });
  await approves(stage.alice);
  await stage.alice.sees(/Removal queued/);
  for (let reading = 0; reading < 60; reading++) stage.linq.nextRead(['roster', lie]);
  await passesInSteps(stage, 12, seconds(10));
  const [message] = stage.slack.messagesIn(stage.support.id);
  expect(message?.shown).toMatch(/Not confirmed.*\n.*could not be read, so there is no proof either way/);
  for (const said of everSaid(stage)) expect(said).not.toMatch(/still lists/);
});

it.each(LIES)('An outage that ended in a list that cannot be (%s) was told as lasting', async (lie) => {
  stage = await setStage({ env: { CONFIRM_WINDOW_MINUTES: '2' } });
  await approves(stage.alice);
  await stage.alice.sees(/Removal queued/);
  stage.linq.unplug();
  await passesInSteps(stage, 6, seconds(10));
  stage.linq.plug();
  for (let reading = 0; reading < 60; reading++) stage.linq.nextRead(['roster', lie]);
  await passesInSteps(stage, 12, seconds(10));
  const [message] = stage.slack.messagesIn(stage.support.id);
  expect(message?.shown).toMatch(/Not confirmed.*\n.*could not be read, so there is no proof either way/);
  for (const said of everSaid(stage)) expect(said).not.toMatch(/no usable answer about this/);
});

describe('A chat of four in which everybody is listed twice', () => {
  const SMALL = '00000000-0000-4000-8000-000000000004';
  /** Our line and two others: without one of them fewer than 3 remain. */
  const addSmall = () => stage.linq.addChat({ id: SMALL, name: 'Trio', members: [PAT, 'sam@example.com'] });

  it.each<RosterLie>(['twice-active', 'twice-with-left'])(
    '(%s) had enough people to remove one',
    async (lie) => {
      stage = await setStage();
      addSmall();
      for (let reading = 0; reading < 4; reading++) stage.linq.nextRead(['roster', lie]);
      await stage.alice.runs(`/linq-remove ${SMALL} ${PAT}`);
      await stage.alice.seesModal(/Fewer than 3 people would remain/);
      expect(stage.alice.modal?.view.submit).toBeUndefined();
    },
  );

  it.each<RosterLie>(['twice-active', 'twice-with-left'])(
    '(%s) had enough people right before the call',
    async (lie) => {
      stage = await setStage();
      addSmall();
      stage.linq.nextRead('unreadable');
      for (let reading = 0; reading < 4; reading++) stage.linq.nextRead(['roster', lie]);
      await approves(stage.alice, `/linq-remove ${SMALL} ${PAT}`);
      await stage.alice.sees(/Not removed/);
      expect(onlyMessage(stage).shown).toMatch(/Fewer than 3 people would remain .* Nobody was removed\./);
      expect(stage.linq.deletes).toEqual([]);
    },
  );
});

it('A person listed twice, once as gone, was "already gone", and had left on their own', async () => {
  stage = await setStage();
  const { alice, linq } = stage;
  for (let reading = 0; reading < 8; reading++) linq.nextRead(['roster', 'twice-with-left', PAT]);
  await approves(alice);
  await alice.sees(/Removal queued/);
  await passesInSteps(stage, 4, seconds(2));
  for (const said of everSaid(stage)) expect(said).not.toMatch(/Already gone|no longer in|^Removed/);
  linq.settles();
  await stage.passes(minutes(1));
  expect(onlyMessage(stage).shown).toMatch(/^\*Removed\*/);
});

describe('Our own line, where Linq says nowhere which it is', () => {
  beforeEach(async () => {
    stage = await setStage();
    stage.linq.hideOurLine(true);
  });

  it('was offered for removal', async () => {
    const { alice, linq } = stage;
    await alice.runs(`/linq-remove ${CHAT_ID}`);
    await alice.seesModal(/Remove participant/);
    await alice.submits();
    await alice.seesModal(/It cannot be told which member of .* is our own line/);
    expect(alice.modalText()).not.toContain(linq.ownLine);
    expect(alice.modal?.view.submit).toBeUndefined();
  });

  it('and a person who is named is removed all the same, with a word of warning', async () => {
    const { alice, linq } = stage;
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Review removal/);
    expect(alice.modalText()).toMatch(/our own line/);
    await alice.submits();
    await alice.sees(/Removal queued/);
    linq.settles();
    await stage.passes(seconds(2));
    expect(onlyMessage(stage).shown).toMatch(/^\*Removed\*/);
  });
});
