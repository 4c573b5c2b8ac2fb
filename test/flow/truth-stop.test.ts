import Sqlite from 'libsql';
import { chooses, repliesIn, requestMessage, stageWithChats, upTo } from '../support/chats.js';
import { minutes, seconds } from '../support/clock.js';
import type { Stage } from '../support/stage.js';
import { attempt, passesInSteps, WAYS } from '../support/truth.js';

/* Stop was half done, or refused for a reason that was not so. */

let stage: Stage;
afterEach(() => stage.stop());

const buttons = () =>
  requestMessage(stage)
    .shown.split('\n')
    .filter((line) => line === 'Stop');

/** Three chats, of which Linq put off the first that it was asked about, and with it all. */
async function putOff(env: Record<string, string> = {}): Promise<void> {
  stage = await stageWithChats(3, { env });
  await chooses(stage, ...upTo(3));
  stage.linq.quota({ capacity: 0, perSecond: 0.001, retryAfterSeconds: 120 });
  await stage.passes(seconds(6));
  await stage.alice.submits();
  await stage.alice.closes();
  await stage.app.idle();
  await stage.passes(seconds(5));
  await stage.alice.sees(/3 of 3 (?:waiting for Linq|not sent yet)/);
  expect(buttons()).toEqual(['Stop']);
}

async function nothingIsSentAnyMore(): Promise<void> {
  stage.linq.quota(null);
  const before = stage.linq.deletes.length;
  await passesInSteps(stage, 12, seconds(30));
  expect(stage.linq.deletes).toHaveLength(before);
}

describe('Stop whose second write failed', () => {
  const statement = (sql: string) => {
    const database = new Sqlite(stage.databaseUrl.replace('file:', ''));
    database.exec(sql);
    database.close();
  };

  it.each([
    ['and the app went on', () => Promise.resolve()],
    ['and the app was started again', () => stage.restarts()],
  ])('(%s) was marked as stopped, without its button, and the rest was sent', async (_what, then) => {
    await putOff();
    statement(
      "create trigger trouble before update of stopped on changes when new.stopped = 1 begin select raise(abort, 'trouble'); end",
    );
    const since = stage.slack.said().length;
    await stage.alice.presses('Stop');
    const told = () =>
      stage.slack
        .said()
        .slice(since)
        .find(({ kind }) => kind === 'ephemeral');
    const { text } = await stage.ledger.until(told, 'an answer to the press');
    expect(text).toMatch(/went wrong/);
    expect(text).not.toMatch(/Nothing was|already stopped|[Ss]topped/);
    statement('drop trigger trouble');
    await then();
    await stage.passes(seconds(2));
    expect(requestMessage(stage).shown).not.toMatch(/stopped by/);
    expect(buttons()).toEqual(['Stop']);

    await stage.alice.presses('Stop');
    await stage.passes(seconds(2));
    await stage.alice.sees(/3 of 3 refused/);
    expect(requestMessage(stage).shown).toMatch(/stopped by @alice/);
    await nothingIsSentAnyMore();
  });
});

describe('Stop when Slack cannot say who may remove', () => {
  const TROUBLE: readonly [string, () => void][] = [
    ['because users.info asks to wait', () => stage.slack.next('users.info', { rateLimited: 30 })],
    [
      'because the conversation is shared with another organisation by now',
      () => {
        stage.support.shared = 'external';
      },
    ],
    [
      'because conversations.info fails',
      () => stage.slack.next('conversations.info', { error: 'fatal_error' }),
    ],
  ];

  it.each(TROUBLE)('(%s) was refused to the person who asked', async (_why, trouble) => {
    await putOff();
    await stage.passes(seconds(61));
    trouble();
    await stage.alice.presses('Stop');
    await stage.passes(seconds(2));
    await stage.alice.sees(/3 of 3 refused/);
    expect(stage.alice.ephemerals).toEqual([]);
    await nothingIsSentAnyMore();
  });

  it('was refused to an approver of a group that could not be read again', async () => {
    await putOff({ APPROVERS: 'S0LEADS', APPROVAL: 'bulk', APPROVAL_BULK_ABOVE: '10' });
    const { slack, support } = stage;
    const carol = slack.person('carol');
    support.members.add(carol.id);
    slack.usergroups.set('S0LEADS', new Set([carol.id]));
    slack.next('usergroups.users.list', { rateLimited: 30 });
    await carol.presses('Stop');
    await stage.passes(minutes(1));
    await carol.presses('Stop');
    await stage.passes(seconds(2));
    await carol.sees(/3 of 3 refused/);
    await nothingIsSentAnyMore();
  });

  it('(an approver listed by name) was refused', async () => {
    await putOff({ APPROVERS: 'U0BOB', APPROVAL: 'bulk', APPROVAL_BULK_ABOVE: '10' });
    const bob = stage.slack.person('bob');
    stage.support.members.add(bob.id);
    stage.slack.next('users.info', { rateLimited: 30 });
    await bob.presses('Stop');
    await stage.passes(seconds(2));
    await bob.sees(/3 of 3 refused/);
    await nothingIsSentAnyMore();
  });

  it('left an Add back that had not been sent to be sent', async () => {
    const { begins, ...made } = await attempt('add back');
    stage = made.stage;
    stage.linq.nextAddition(['rate-limited', 120]);
    await begins();
    await stage.passes(seconds(61));
    stage.slack.next('users.info', { rateLimited: 30 });
    await stage.alice.presses('Stop');
    await stage.passes(seconds(2));
    expect(repliesIn(stage)[0]?.shown).toMatch(/Not added back.*\nThis was stopped .* Nobody was added\./);
    const before = made.calls();
    await passesInSteps(stage, 12, seconds(30));
    expect(made.calls()).toBe(before);
  });

  it('(declining) was refused, so that others could still approve', async () => {
    const made = await attempt('remove with approval');
    stage = made.stage;
    const bob = stage.slack.person('bob');
    await stage.passes(seconds(61));
    stage.support.shared = 'external';
    stage.slack.next('users.info', { rateLimited: 30 });
    await bob.presses('Decline …');
    await bob.seesModal(/Nobody is removed when you decline/);
    bob.fills({ 'Why not?': 'they are a customer' });
    await bob.submits();
    await stage.passes(seconds(2));
    expect(bob.modalText()).toMatch(/Declined/);
    await stage.alice.sees(/Declined|declined/);
  });
});

it.each(WAYS)('What was stopped after an unclear call (%s) was told as certainly not done', async (way) => {
  const { begins, shown, words, nextCall, ...made } = await attempt(way);
  stage = made.stage;
  nextCall(['acts-later', seconds(20), 3006]);
  nextCall(['rate-limited', 60]);
  const since = stage.slack.said().length;
  await begins();
  await stage.passes(seconds(4));
  await stage.alice.presses('Stop');
  await stage.passes(seconds(2));
  expect(shown()).toMatch(words.checking);
  await passesInSteps(stage, 10, seconds(10));
  expect(shown()).toMatch(words.done);
  for (const said of stage.slack.said().slice(since)) expect(said.text).not.toMatch(words.untrue);
});
