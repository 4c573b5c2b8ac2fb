import type { Person } from '../../simulator/slack/person.js';
import { requestMessage } from '../support/chats.js';
import { minutes, seconds } from '../support/clock.js';
import { approves, BOTH, type Stage, type StageOptions, setStage } from '../support/stage.js';

/* Stop and Decline keep something from happening: they work when the checks that guard a removal cannot be made. */

let stage: Stage;
afterEach(() => stage.stop());

function comes(name: string): Person {
  const person = stage.slack.person(name);
  stage.support.members.add(person.id);
  return person;
}

/** Linq asks to wait, and a minute later Slack's answers about people are not remembered any more. */
async function waits(
  options: StageOptions = {},
  prepare: (stage: Stage) => unknown = () => {},
): Promise<void> {
  stage = await setStage(options);
  prepare(stage);
  stage.linq.nextRemoval(['rate-limited', 300]);
  await approves(stage.alice);
  await stage.alice.sees(/Trying again soon/);
  await stage.app.idle();
  stage.clock.advance(minutes(2));
}

async function isStopped(by: string): Promise<void> {
  await stage.passes(seconds(1));
  expect(requestMessage(stage).text).toMatch(/Not removed: This was stopped before it was sent to Linq/);
  expect(requestMessage(stage).text).toContain(`Stopped by <@${by}>.`);
  await stage.passes(minutes(10));
  expect(stage.linq.deletes).toHaveLength(1);
}

describe('Stop by the asker', () => {
  it.each<[string, () => void]>([
    ['does not say who they are', () => stage.slack.next('users.info', { rateLimited: 30 })],
    ['is out of reach', () => stage.slack.next('users.info', 'reset')],
    ['knows them as a guest by now', () => void Object.assign(user('U0ALICE'), { isRestricted: true })],
    ['shares the conversation by now', () => void Object.assign(stage.support, { shared: 'external' })],
    ['lacks a scope', () => stage.slack.scopes.delete('users:read')],
  ])('works while Slack %s', async (_what, happens) => {
    await waits();
    happens();
    await stage.alice.presses('Stop');
    await isStopped('U0ALICE');
    expect(stage.alice.ephemerals).toEqual([]);
  });

  it('works for one who is not in the group any more that may', async () => {
    const ops = new Set(['U0ALICE']);
    await waits({ env: { ALLOWED_USERGROUPS: 'S0OPS' } }, ({ slack }) => slack.usergroups.set('S0OPS', ops));
    ops.clear();
    await stage.alice.presses('Stop');
    await isStopped('U0ALICE');
  });
});

function user(id: string) {
  const found = stage.slack.users.get(id);
  if (!found) throw new Error(`${id} is not there`);
  return found;
}

describe('Stop by an approver', () => {
  it('named by ID works without a question to Slack', async () => {
    await waits({ env: { APPROVERS: 'U0BOB' } });
    stage.slack.next('users.info', { rateLimited: 30 });
    await comes('bob').presses('Stop');
    await isStopped('U0BOB');
  });

  it('of a group works by the last answer where Slack has none now', async () => {
    await waits({ env: { APPROVERS: 'S0LEADS' } });
    const carol = comes('carol');
    stage.slack.usergroups.set('S0LEADS', new Set([carol.id]));
    // An earlier question about the group, of a request that has ended since.
    const dan = comes('dan');
    await dan.presses('Stop');
    await dan.sees(/Only @alice, or somebody who may approve removals, can stop this/);
    stage.clock.advance(minutes(2));
    stage.slack.next('usergroups.users.list', { rateLimited: 30 });
    await carol.presses('Stop');
    await isStopped(carol.id);
  });

  it('of a group works where Slack is asked for the first time and has no answer: the start has asked', async () => {
    const env = { APPROVERS: 'S0LEADS' };
    await waits({ env }, ({ slack }) => slack.usergroups.set('S0LEADS', new Set([slack.person('carol').id])));
    await stage.restarts();
    const carol = comes('carol');
    stage.slack.next('usergroups.users.list', { rateLimited: 30 });
    stage.clock.advance(minutes(2));
    await carol.presses('Stop');
    await isStopped(carol.id);
  });

  it('of a group that Slack never told about is refused with the true reason', async () => {
    await waits({ env: { APPROVERS: 'S0LEADS' } });
    const carol = comes('carol');
    stage.slack.next('usergroups.users.list', { rateLimited: 30 });
    await carol.presses('Stop');
    await carol.sees(
      /^It cannot be told whether you are in a group that may do this: Slack is busy\. Nothing was stopped\. Please try again in a minute\.$/,
    );
    await stage.passes(minutes(5));
    expect(stage.linq.deletes).toHaveLength(2);
  });
});

describe('Decline', () => {
  /** The request waits, and Slack's answers are not remembered any more. */
  async function asked(env: Record<string, string>): Promise<void> {
    stage = await setStage({ env: { APPROVAL: 'always', ...env } });
    // An approver in the conversation: the request is posted there.
    comes('bob');
    await stage.alice.runs(`/linq-remove ${BOTH}`);
    await stage.alice.seesModal(/Review removal/);
    await stage.alice.submits();
    await stage.alice.sees(/Waiting for approval/);
    await stage.app.idle();
    stage.clock.advance(minutes(2));
  }

  async function declines(person: Person): Promise<void> {
    await person.presses('Decline …');
    await person.seesModal(/Nobody is removed when you decline/);
    person.fills({ 'Why not?': 'a customer' });
    await person.submits();
    await person.seesModal(/Nothing is removed/);
    await stage.passes(seconds(1));
    expect(requestMessage(stage).text).toMatch(/^Declined: Nothing was removed/);
    expect(stage.linq.deletes).toEqual([]);
  }

  it('works for an approver while Slack does not say who they are, without showing them the chat', async () => {
    await asked({ APPROVERS: 'U0BOB' });
    const bob = comes('bob');
    for (let time = 0; time < 3; time++) stage.slack.next('users.info', 'reset');
    await bob.presses('Review');
    await bob.seesModal(
      /Slack gave no answer\. Nothing was decided, and nothing is removed\..*\nYou can still decline this request\./s,
    );
    expect(bob.modalText()).not.toMatch(/Launch crew/);
    await declines(bob);
  });

  it('works from an open review while the conversation has become shared', async () => {
    await asked({ APPROVERS: 'U0BOB' });
    const bob = comes('bob');
    await bob.presses('Review');
    await bob.seesModal(/Review removal/);
    stage.clock.advance(minutes(2));
    stage.support.shared = 'external';
    await declines(bob);
  });

  it('is not offered to a person who is no approver', async () => {
    await asked({ APPROVERS: 'U0BOB' });
    const mallory = comes('mallory');
    await mallory.presses('Review');
    await mallory.seesModal(
      /You are not among the people who may do this\. Nothing was decided, and nothing is removed\./,
    );
    expect(mallory.modalText()).not.toMatch(/Decline/);
  });
});

describe('Pause', () => {
  const paused = () =>
    stage.slack.messagesIn(stage.support.id).filter(({ text }) => text.includes('has paused this app:'));

  async function pauses(person: Person): Promise<void> {
    await person.runs('/linq-remove pause');
    await stage.app.idle();
    // Not a question was asked that could have failed; or it did.
    stage.slack.forgetFaults();
    await approves(stage.alice);
    await stage.passes(minutes(5));
    expect(stage.linq.deletes).toEqual([]);
  }

  it.each<[string, () => void]>([
    ['does not say who they are', () => stage.slack.next('users.info', { rateLimited: 30 })],
    ['is out of reach for it', () => stage.slack.next('users.info', 'reset')],
    ['knows them as a guest by now', () => void Object.assign(user('U0BOB'), { isRestricted: true })],
    ['lacks a scope', () => stage.slack.scopes.delete('usergroups:read')],
  ])('by an approver named by ID works while Slack %s', async (_what, happens) => {
    stage = await setStage({ env: { APPROVERS: 'U0BOB,S0LEADS', ALLOWED_USERS: 'U0ALICE' } });
    const bob = comes('bob');
    happens();
    await pauses(bob);
    expect(paused()).toHaveLength(1);
  });

  it('works in a conversation that is shared by now, and shows no reason there', async () => {
    stage = await setStage({ env: { APPROVERS: 'U0BOB' } });
    const bob = comes('bob');
    stage.support.shared = 'external';
    await bob.runs('/linq-remove pause because of +12052499136');
    await stage.app.idle();
    expect(paused().map(({ text }) => text)).toEqual([expect.not.stringMatching(/because|9136/)]);
  });

  it('by an approver of a group works by the last answer where Slack has none now', async () => {
    stage = await setStage({ env: { APPROVERS: 'S0LEADS' } });
    const [carol, dan] = [comes('carol'), comes('dan')];
    stage.slack.usergroups.set('S0LEADS', new Set([carol.id]));
    await dan.runs('/linq-remove pause');
    await dan.sees(/You are not among the people who may do this\. Nothing was paused\. Please ask/);
    stage.clock.advance(minutes(2));
    stage.slack.next('usergroups.users.list', { rateLimited: 30 });
    await pauses(carol);
  });

  it.each<[string, Record<string, string>]>([
    ['everybody who is allowed', { ALLOWED_USERS: 'U0ALICE' }],
    ['everybody, where everybody is', {}],
  ])('without approvers is for %s, whatever Slack says', async (_who, env) => {
    stage = await setStage({ env });
    stage.slack.next('users.info', 'reset');
    await pauses(stage.alice);
  });

  it('is not for guests and outsiders where everybody else may', async () => {
    stage = await setStage();
    Object.assign(user('U0ALICE'), { isStranger: true });
    await stage.alice.runs('/linq-remove pause');
    await stage.alice.sees(/Only members of this workspace may do this.* Nothing was paused/);
  });

  it('is ended by those who may begin one, and only when every check can be made', async () => {
    stage = await setStage({ env: { APPROVERS: 'U0BOB' } });
    const bob = comes('bob');
    await pauses(bob);
    await stage.alice.runs('/linq-remove resume');
    await stage.alice.sees(/You are not among the people who may do this\. Nothing was resumed/);
    stage.slack.next('users.info', 'reset');
    await bob.runs('/linq-remove resume');
    await bob.sees(/It cannot be told whether you are a member .* Nothing was resumed/);
    await bob.runs('/linq-remove resume');
    await bob.sees(/Resumed[\s\S]*What waited is sent to Linq now/);
    await stage.passes(seconds(2));
    expect(stage.linq.deletes).toHaveLength(1);
    await bob.runs('/linq-remove resume');
    await bob.sees(/This app is not paused, so there was nothing to resume/);
  });

  it('a second time changes nothing, and says who was first', async () => {
    stage = await setStage({ env: { APPROVERS: 'U0BOB,U0ALICE' } });
    const bob = comes('bob');
    await bob.runs('/linq-remove pause');
    await stage.app.idle();
    await stage.alice.runs('/linq-remove pause for another reason');
    await stage.alice.sees(/@bob has paused this app already.* nothing was changed by this/);
  });

  it('is told to the person alone where the app cannot post', async () => {
    stage = await setStage({ env: { APPROVERS: 'U0ALICE' } });
    stage.support.members.delete(stage.slack.botUserId);
    await stage.alice.runs('/linq-remove pause');
    await stage.alice.sees(
      /Paused: .*Nobody but you can see this[\s\S]*\/invite @linq-remove|Paused[\s\S]*Nobody but you can see this/,
    );
  });
});
