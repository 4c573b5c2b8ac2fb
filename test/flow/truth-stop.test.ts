import Sqlite from 'libsql';
import type { LinqFault } from '../../simulator/linq/faults.js';
import { chooses, repliesIn, requestMessage, stageWithChats, upTo } from '../support/chats.js';
import { gate } from '../support/child-gate.js';
import { minutes, seconds } from '../support/clock.js';
import type { Stage } from '../support/stage.js';
import { type Attempt, attempt, everSaid, passesInSteps, WAYS, type Way } from '../support/truth.js';

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

describe.each(WAYS)('Stop (%s) while the only call was on the wire', (way) => {
  /** Stop is pressed while Linq takes its time; then Linq answers like this. */
  async function stopsMeanwhile(answer?: LinqFault): Promise<Attempt & { readonly since: number }> {
    const made = await attempt(way);
    stage = made.stage;
    const { alice, clock, app, ledger, slack } = stage;
    const { open, opened } = gate();
    made.nextCall(answer ? ['slow', opened, answer] : ['slow', opened]);
    const since = slack.said().length;
    const before = made.calls();
    await made.press();
    await ledger.until(() => made.calls() > before, 'the call');
    clock.advance(seconds(5));
    void app.tick();
    await alice.sees(/Linq has not yet answered|Linq is being asked/);
    await alice.presses('Stop');
    await ledger.until(
      () => told(since).find((text) => /nothing more is sent to Linq/.test(text)),
      'the answer',
    );
    open();
    await stage.passes(seconds(1));
    await stage.passes(seconds(2));
    return { ...made, since };
  }

  const told = (since: number) => everSaid(stage, since);

  it.each<[string, LinqFault]>([
    ['to wait', ['rate-limited', 5]],
    ['that it was busy', ['refused', 2009]],
  ])('was not recorded, and what Linq answered with a request %s was sent again', async (_what, answer) => {
    const { shown, calls, words } = await stopsMeanwhile(answer);
    expect(shown()).toMatch(NOTHING_DONE[way]);
    expect(shown()).toMatch(/stopped by @alice/);
    const before = calls();
    await passesInSteps(stage, 12, seconds(30));
    expect(calls()).toBe(before);
    expect(shown()).not.toMatch(words.done);
  });

  it('was not recorded, and what was not clearly answered was sent again', async () => {
    const { shown, calls, words, since } = await stopsMeanwhile('reset-before');
    expect(shown()).toMatch(words.checking);
    const before = calls();
    await passesInSteps(stage, 12, seconds(30));
    await passesInSteps(stage, 5, minutes(10));
    expect(calls()).toBe(before);
    expect(shown()).toMatch(words.notConfirmed);
    for (const text of told(since)) expect(text).not.toMatch(words.untrue);
  });

  it('came too late where Linq accepted, and the message says so', async () => {
    const { shown, words } = await stopsMeanwhile();
    expect(shown()).toMatch(/queued\*.*When Stop was pressed, this was already on its way to Linq\./s);
    stage.linq.settles();
    await passesInSteps(stage, 2, seconds(30));
    expect(shown()).toMatch(words.done);
    expect(shown()).toMatch(/When Stop was pressed, this was already on its way to Linq\./);
  });
});

const NOTHING_DONE: Record<Way, RegExp> = {
  remove: /^\*Not removed\*.*Nobody was removed\./s,
  'remove with approval': /^\*Not removed\*.*Nobody was removed\./s,
  'add back': /^\*Not added back\*.*Nobody was added\./s,
};
