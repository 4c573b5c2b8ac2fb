import { requestMessage } from '../support/chats.js';
import { seconds } from '../support/clock.js';
import { BOTH, CHAT_ID, type Engine, type Mode, type Stage, setStage } from '../support/stage.js';

/* REASON: whether windows that change something ask why, and what becomes of a reason that is missing. */

const WAYS: readonly [Mode, Engine][] = [
  ['socket', 'sqlite'],
  ['http', 'postgres'],
];
const BOB = { APPROVAL: 'always', APPROVERS: 'U0BOB' };
/** Slack's client lets blanks pass; its own check may also be left out. */
const BLANKS = '  no  ';

let stage: Stage;
afterEach(() => stage.stop());

async function review(): Promise<void> {
  await stage.alice.runs(`/linq-remove ${BOTH}`);
  await stage.alice.seesModal(/Review removal/);
}

async function refusesWithout(label: string, typed: Record<string, string>): Promise<void> {
  const before = await stage.alice.submits();
  expect([before.outcome, Object.keys(before.errors ?? {})]).toEqual(['not_sent', [label]]);
  stage.alice.fills({ [label]: BLANKS });
  const { errors } = await stage.alice.submits();
  expect(errors).toEqual({ [label]: 'Say why, in 5 characters or more. Nothing was recorded yet.' });
  expect(stage.linq.deletes).toEqual([]);
  stage.alice.fills(typed);
}

async function removed(env: Record<string, string>): Promise<void> {
  stage = await setStage({ env });
  await review();
  if (env.REASON === 'required') stage.alice.fills({ Reason: 'has left us' });
  await stage.alice.submits();
  await stage.alice.closes();
  await stage.alice.sees(/Removal queued/);
  stage.linq.settles();
  await stage.passes(seconds(2));
  await stage.alice.presses('Add back…');
  await stage.alice.seesModal(/What this does not do/);
}

describe.each(WAYS)('A required reason, in %s mode on %s', (mode, engine) => {
  it('is asked for in the review, where what was typed stays until it is there', async () => {
    stage = await setStage({ mode, engine, env: { REASON: 'required' } });
    await review();
    await refusesWithout('Reason', { Reason: 'has left us' });
    expect((await stage.alice.submits()).errors).toBeNull();
    await stage.alice.sees(/Removal queued/);
    expect(requestMessage(stage).text).toMatch(/Reason: has left us/);
  });

  it('is asked for before others are asked, and by the one who declines', async () => {
    stage = await setStage({ mode, engine, env: { ...BOB, REASON: 'required' } });
    const bob = stage.slack.person('bob');
    stage.support.members.add(bob.id);
    await review();
    await refusesWithout('Reason', { Reason: 'has left us' });
    await stage.alice.submits();
    await stage.alice.sees(/Waiting for approval[\s\S]*Reason: has left us/);
    await bob.presses('Review');
    await bob.seesModal(/Review removal/);
    await bob.presses('Decline …');
    await bob.seesModal(/Why not\?/);
    bob.fills({ 'Why not?': 'no' });
    expect((await bob.submits()).errors).toEqual({
      'Why not?': 'Say why, in 5 characters or more. Nothing was recorded yet.',
    });
    bob.fills({ 'Why not?': 'a customer' });
    await bob.submits();
    await bob.seesModal(/Nothing is removed/);
  });
});

it('A required reason is asked for before a person is added back, and told in the thread', async () => {
  await removed({ REASON: 'required' });
  const before = await stage.alice.submits();
  expect([before.outcome, Object.keys(before.errors ?? {})]).toEqual(['not_sent', ['Reason']]);
  stage.alice.fills({ Reason: BLANKS });
  expect((await stage.alice.submits()).errors).toMatchObject({ Reason: /Say why/ });
  stage.alice.fills({ Reason: 'was a mistake' });
  await stage.alice.submits();
  await stage.alice.sees(/Adding back queued[\s\S]*Reason: was a mistake/);
});

it('A required reason is not asked of the person who takes a request back', async () => {
  stage = await setStage({ env: { ...BOB, REASON: 'required' } });
  stage.support.members.add(stage.slack.person('bob').id);
  await review();
  stage.alice.fills({ Reason: 'has left us' });
  await stage.alice.submits();
  await stage.alice.sees(/Waiting for approval/);
  await stage.alice.presses('Withdraw…');
  await stage.alice.seesModal(/Withdraw request/);
  await stage.alice.submits();
  await stage.alice.seesModal(/Your request is withdrawn/);
});

it('An optional reason may be left out everywhere', async () => {
  await removed({});
  expect(stage.alice.modalText()).toMatch(/Reason/);
  await stage.alice.submits();
  await stage.alice.sees(/Adding back queued/);
});

describe('Reasons that are off', () => {
  it('are in no window, nor promised to the channel', async () => {
    await removed({ REASON: 'off' });
    expect(stage.alice.modalText()).not.toMatch(/Reason/);
    await stage.alice.closes();
    await stage.alice.runs(`/linq-remove ${CHAT_ID} +12025550143`);
    await stage.alice.seesModal(/Review removal/);
    expect(stage.alice.modalText()).toMatch(/will see your name, .*, the chat and what becomes of it/);
    expect(stage.alice.modalText()).not.toMatch(/[Rr]eason/);
  });

  it('leave a place for what could not be recorded', async () => {
    stage = await setStage({ env: { ...BOB, APPROVERS: 'U0ALICE', REASON: 'off' } });
    await review();
    await stage.alice.submits();
    await stage.alice.seesModal(
      /Nobody else is named who may approve this|nobody approves their own request/,
    );
  });
});

it('A reason of one word is enough where none has to be given', async () => {
  stage = await setStage();
  await review();
  stage.alice.fills({ Reason: 'left' });
  await stage.alice.submits();
  await stage.alice.sees(/Reason: left/);
});
