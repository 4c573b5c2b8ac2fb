import { chooses, stageWithChats, upTo } from '../support/chats.js';
import { minutes } from '../support/clock.js';
import type { Engine, Mode, Stage } from '../support/stage.js';

/* REMOVALS_PER_HOUR bounds what one person has removed alone, over all their requests and in every process. */

const WAYS: readonly [Mode, Engine][] = [
  ['socket', 'sqlite'],
  ['http', 'postgres'],
];

let stage: Stage;
afterEach(() => stage.stop());

/** Alice asks for MAX to be removed from these chats. */
async function asksFor(...numbers: readonly number[]): Promise<void> {
  await chooses(stage, ...numbers);
  await stage.alice.submits();
}

async function isRecorded(...numbers: readonly number[]): Promise<void> {
  await asksFor(...numbers);
  await stage.alice.seesModal(/Your approval is recorded/);
  await stage.alice.closes();
  await stage.app.idle();
}

const requests = () => stage.slack.messagesIn(stage.support.id).filter(({ thread_ts }) => !thread_ts);

describe.each(WAYS)('More than one person may have removed in an hour, in %s mode on %s', (mode, engine) => {
  it('is refused where nobody could approve it, and possible when the hour is over', async () => {
    stage = await stageWithChats(6, { mode, engine, env: { REMOVALS_PER_HOUR: '3' } });
    await isRecorded(1);
    await stage.passes(minutes(20));
    await isRecorded(2, 3);
    await chooses(stage, 4);
    stage.alice.fills({ Reason: 'has left us' });
    const { errors } = await stage.alice.submits();
    expect(errors).toEqual({
      Reason:
        'One person may have 3 people removed within an hour (REMOVALS_PER_HOUR), and 3 removals were recorded for you in the last one. Nothing was removed by this step. Please press the button again in 40 minutes, or ask somebody else.',
    });
    // What was typed is still there, and enough when its time has come.
    await stage.passes(minutes(41));
    await stage.alice.submits();
    await stage.alice.seesModal(/Your approval is recorded/);
    await stage.passes(minutes(1));
    expect(stage.linq.deletes).toHaveLength(4);
  });

  it('waits for an approver where there is one', async () => {
    stage = await stageWithChats(4, { mode, engine, env: { REMOVALS_PER_HOUR: '2', APPROVERS: 'U0BOB' } });
    const bob = stage.slack.person('bob');
    stage.support.members.add(bob.id);
    await isRecorded(1, 2);
    await asksFor(3, 4);
    await stage.alice.seesModal(
      /One person may have 2 people removed within an hour.* Beyond that a removal needs somebody else's approval/,
    );
    await stage.alice.closes();
    await stage.passes(minutes(1) / 10);
    await bob.sees(/Waiting for approval/);
    expect(stage.linq.deletes).toHaveLength(2);
    await bob.presses('Review');
    await bob.seesModal(/Review removal/);
    await bob.submits();
    await bob.seesModal(/Your approval is recorded/);
    await stage.app.idle();
    await stage.passes(minutes(1));
    expect(stage.linq.deletes).toHaveLength(4);
  });

  it('is counted over two processes', async () => {
    stage = await stageWithChats(4, { mode, engine, env: { REMOVALS_PER_HOUR: '2' } });
    const second = await stage.another();
    await isRecorded(1);
    if (mode === 'http') stage.slack.deliverTo(`http://127.0.0.1:${second.port}/slack/events`);
    await chooses(stage, 2, 3);
    expect((await stage.alice.submits()).errors).toMatchObject({
      Reason: expect.stringMatching(/1 removal was/),
    });
    await stage.alice.closes();
    await second.app.idle();
    await isRecorded(2);
  });
});

it('More at once than one person may ever have is said as such', async () => {
  stage = await stageWithChats(3, { env: { REMOVALS_PER_HOUR: '2' } });
  await chooses(stage, ...upTo(3));
  expect((await stage.alice.submits()).errors).toMatchObject({
    Reason: expect.stringMatching(/0 removals were recorded for you.*Choose 2 at most/),
  });
  expect(requests()).toEqual([]);
});

it('The same pressed twice is counted once', async () => {
  stage = await stageWithChats(2, { env: { REMOVALS_PER_HOUR: '1' } });
  await chooses(stage, 1);
  stage.slack.loseNextAck();
  await stage.alice.submits();
  await stage.alice.submits();
  await stage.alice.seesModal(/Your approval is recorded/);
  await stage.app.idle();
  await stage.passes(minutes(1));
  expect(stage.linq.deletes).toHaveLength(1);
});

it('With no limit nobody is refused', async () => {
  stage = await stageWithChats(3, { env: { REMOVALS_PER_HOUR: '0' } });
  await isRecorded(1);
  await isRecorded(2, 3);
});
