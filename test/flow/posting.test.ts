import type { SlackFault } from '../../simulator/slack/faults.js';
import { minutes, seconds } from '../support/clock.js';
import { approves, onlyMessage, type Stage, setStage } from '../support/stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(async () => {
  expect(stage.linq.deletes).toHaveLength(1);
  await stage.stop();
});

const said = () => stage.slack.messagesIn(stage.support.id).map(({ shown }) => shown.split('\n')[0]);
const POST = 'chat.postMessage';
const QUEUED = '*Removal queued*  :hourglass_flowing_sand:';
const REMOVED = '*Removed*  :white_check_mark:';
/** An answer to the command cannot be edited, so it says of which moment it speaks. */
const QUEUED_COPY = expect.stringMatching(/^\*As of \d\d:\d\d:\d\d UTC: removal queued\*/);

/** Approves, and waits until the app has asked Slack to post this many times and heard what came of it. */
async function approvedAndPosted(times = 1) {
  await approves(stage.alice);
  await stage.ledger.until(
    () => stage.ledger.of(POST).filter(({ answer }) => answer).length === times,
    'the post',
  );
  await stage.app.idle();
}

const readyz = () => fetch(`http://127.0.0.1:${stage.port}/readyz`).then(({ status }) => status);

/** Asks until it says so: the app finds out at most once a second. */
async function isNotReady() {
  while ((await readyz()) !== 503);
}

async function isProven() {
  stage.linq.settles();
  await stage.passes(seconds(2));
  await stage.passes(seconds(30));
}

describe('a message that Slack does not take at once', () => {
  const faults: [string, SlackFault, number][] = [
    ['is rate limited', { rateLimited: 5 }, 5],
    ['meets an error of the server', { status: 500 }, 2],
    ['meets an internal error', { error: 'internal_error' }, 2],
    ['is cut off before Slack acts', 'reset', 2],
  ];

  it.each(faults)('is posted later when it %s', async (_what, fault, after) => {
    stage.slack.next(POST, fault);
    await approvedAndPosted();
    expect(said()).toEqual([]);
    await stage.passes(seconds(after) - 1);
    expect(said()).toEqual([]);
    await stage.passes(1);
    expect(said()).toEqual([QUEUED]);
    await isProven();
    expect(said()).toEqual([REMOVED]);
  });

  it('is posted once more, and no more, when Slack posted it and its answer was lost', async () => {
    stage.slack.next(POST, 'lost-reply');
    await approvedAndPosted();
    await stage.passes(seconds(2));
    expect(said()).toEqual([QUEUED, QUEUED]);
    await isProven();
    expect(said()).toEqual([QUEUED, REMOVED]);
    expect(stage.ledger.count(POST)).toBe(2);
  });

  it('takes the way of the command after two posts of unknown fate', async () => {
    stage.slack.next(POST, 'lost-reply');
    stage.slack.next(POST, 'reset');
    await approvedAndPosted();
    await stage.passes(seconds(2));
    const [, answer] = stage.slack.messagesIn(stage.support.id);
    expect(said()).toEqual([QUEUED, QUEUED_COPY]);
    expect(answer?.shown).toMatch(/Slack did not say whether my message arrived in the conversation/);
    expect(stage.ledger.count(POST)).toBe(2);
  });

  it('takes the way of the command when Slack asks to wait for more than a minute', async () => {
    stage.slack.next(POST, { rateLimited: 61 });
    await approves(stage.alice);
    await stage.alice.sees(/: removal queued/);
    expect(said()).toEqual([QUEUED_COPY]);
    expect(stage.ledger.of('response_url')).toHaveLength(1);
  });

  it('is given up after five seconds without an answer, and then posted', async () => {
    stage.slack.next(POST, 'hang');
    await approves(stage.alice);
    await stage.ledger.until(() => stage.ledger.count(POST) === 1, 'the post');
    await stage.app.idle();
    await stage.passes(seconds(2));
    expect(said()).toEqual([QUEUED]);
  });

  it('says its words alone when Slack does not like its form', async () => {
    stage.slack.next(POST, { error: 'invalid_blocks' });
    await approvedAndPosted(2);
    expect(onlyMessage(stage)).toMatchObject({
      blocks: [],
      text: expect.stringMatching(/^Removal queued: .*\nAsked for by <@U0ALICE>\.$/),
    });
  });
});

describe('a message that stands', () => {
  beforeEach(async () => {
    await approves(stage.alice);
    await stage.alice.sees(/Removal queued/);
    await stage.app.idle();
  });

  it.each<[SlackFault]>([
    [{ status: 500 }],
    [{ rateLimited: 7 }],
    [{ error: 'internal_error' }],
    ['reset'],
    ['lost-reply'],
  ])('is edited again after %j, until it says what is true', async (fault) => {
    for (let time = 0; time < 3; time++) stage.slack.next('chat.update', fault);
    stage.linq.settles();
    for (let step = 0; step < 4; step++) await stage.passes(seconds(10));
    expect(said()).toEqual([REMOVED]);
    expect(stage.ledger.count('chat.update')).toBe(4);
    expect(stage.ledger.count(POST)).toBe(1);
  });

  /** What alice reads from the app itself: the end, once, and why it is told there. */
  async function endsWithAlice() {
    await isProven();
    const [message, ...others] = stage.alice.directMessages;
    expect(message?.shown).toMatch(/^\*Removed\*.*\n\+12052499136 is no longer in “Launch crew”/);
    expect(message?.shown).toMatch(/was deleted, or can no longer be changed, so this is told here\.$/);
    expect(others).toEqual([]);
    expect(stage.ledger.count(POST)).toBe(2);
    expect(stage.ledger.count('response_url')).toBe(0);
  }

  it('is not posted again for all to see when it was deleted: the asker is told alone', async () => {
    stage.support.messages.splice(0);
    await endsWithAlice();
    expect(said()).toEqual([]);
  });

  it.each(['edit_window_closed', 'cant_update_message', 'update_failed'])(
    'stays as it is when Slack says %s: what comes of it is told in its thread, once',
    async (error) => {
      for (let time = 0; time < 9; time++) stage.slack.next('chat.update', { error });
      await isProven();
      const [message, reply, ...others] = stage.slack.messagesIn(stage.support.id);
      expect(message?.shown).toMatch(/^\*Removal queued\*/);
      expect(reply?.thread_ts).toBe(message?.ts);
      expect(reply?.shown).toMatch(/^\*Removed\*.*\nThe message above can no longer be changed/s);
      for (let step = 0; step < 3; step++) await stage.passes(minutes(600));
      expect(stage.slack.messagesIn(stage.support.id)).toHaveLength(2);
      expect([others, stage.alice.directMessages]).toEqual([[], []]);
    },
  );

  it('is told to the asker when it takes no edit and its thread is gone', async () => {
    stage.slack.next('chat.update', { error: 'edit_window_closed' });
    stage.slack.next(POST, { error: 'thread_not_found' });
    await isProven();
    await stage.passes(seconds(5));
    expect(stage.alice.directMessages[0]?.shown).toMatch(/^\*Removed\*/);
  });

  it.each<[string, () => void]>([
    ['was deleted', () => void stage.support.messages.splice(0, 1)],
    ['takes no edit', () => stage.slack.next('chat.update', { error: 'edit_window_closed' })],
  ])(
    'that %s after its end is not told anew as it was, when Add back puts the person back',
    async (_what, then) => {
      await isProven();
      await stage.alice.presses('Add back…');
      await stage.alice.seesModal(/What this does not do/);
      then();
      await stage.alice.submits();
      for (let step = 0; step < 6; step++) await stage.passes(seconds(5));
      stage.linq.settles();
      for (let step = 0; step < 6; step++) await stage.passes(seconds(10));
      const told = [...stage.slack.messagesIn(stage.support.id), ...stage.alice.directMessages];
      expect(told.some(({ shown }) => /^\*Back\*/.test(shown))).toBe(true);
      expect(told.filter(({ shown, thread_ts }) => /^\*Removed\*/.test(shown) && thread_ts)).toEqual([]);
      expect(stage.alice.directMessages.filter(({ shown }) => /^\*Removed\*/.test(shown))).toEqual([]);
    },
  );

  it('catches up once the token works again, and the app is ready again by itself', async () => {
    expect(await readyz()).toBe(200);
    stage.slack.refuseTokens();
    stage.linq.settles();
    await stage.passes(seconds(2));
    await isNotReady();
    expect(said()).toEqual([QUEUED]);
    stage.slack.acceptTokens();
    await stage.passes(minutes(1));
    expect(said()).toEqual([REMOVED]);
    expect(await readyz()).toBe(200);
  });
});

describe('a token that is revoked between approval and message', () => {
  it('costs no word: the command itself is answered, and the app is no longer ready', async () => {
    const { alice, slack, linq } = stage;
    let answer = () => {};
    linq.nextRemoval([
      'slow',
      new Promise<void>((resolve) => {
        answer = resolve;
      }),
    ]);
    await approves(alice);
    await stage.ledger.until(() => linq.deletes.length === 1, 'the DELETE');
    slack.refuseTokens();
    answer();
    const message = await alice.sees(/: removal queued/);
    expect(message.shown).toMatch(/Slack does not let the app post\. Please ask a workspace admin/);
    expect(await readyz()).toBe(503);
  });
});

describe('a bad ending', () => {
  const reply = () => stage.slack.messagesIn(stage.support.id).filter(({ thread_ts }) => thread_ts);

  it('is told in the thread, with a mention, when people had read something better', async () => {
    stage.linq.nextRemoval('never-settles');
    await approvedAndPosted();
    for (let minute = 0; minute < 31; minute++) await stage.passes(minutes(1));
    const [message] = stage.slack.messagesIn(stage.support.id);
    expect(reply()).toMatchObject([
      { thread_ts: message?.ts, text: expect.stringMatching(/^<@U0ALICE> Not confirmed: /) },
    ]);
  });

  it('is not told twice when it was the first thing said', async () => {
    stage.linq.nextRemoval(['refused', 2013]);
    await approvedAndPosted();
    await stage.passes(minutes(1));
    expect(onlyMessage(stage).text).toMatch(/^Not removed/);
  });

  it.each<[SlackFault, number]>([
    ['lost-reply', 2],
    ['reset', 1],
    [{ rateLimited: 20 }, 1],
    [{ error: 'restricted_action_thread_locked' }, 0],
  ])('is told at most twice when the thread answers %j', async (fault, times) => {
    stage.linq.nextRemoval('never-settles');
    await approvedAndPosted();
    stage.slack.next(POST, fault);
    for (let minute = 0; minute < 35; minute++) await stage.passes(minutes(1));
    expect(reply()).toHaveLength(times);
    expect(said()[0]).toMatch(/Not confirmed/);
  });
});
