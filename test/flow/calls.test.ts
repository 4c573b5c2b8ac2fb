import type { Person } from '../../simulator/slack/person.js';
import { addChats, chooses, MAX, upTo } from '../support/chats.js';
import { minutes, seconds } from '../support/clock.js';
import { BOTH, ENGINES, type Engine, type Stage, setStage } from '../support/stage.js';
import { submits } from '../support/submits.js';

/*
 * How many calls the work costs, counted where they arrive. The look-up of a review comes before the approval and is not
 * counted, and neither is the list of our own lines: one call in ten minutes for the whole account.
 */

let stage: Stage;
afterEach(() => stage.stop());

/** A hundred removals are much work for a machine that does other things too. */
const LONG_MS = 180_000;
const LINES = 'GET /v3/phone_numbers';
const HUNDRED = upTo(100);

const linqCalls = () => stage.linq.calls.filter(({ what }) => what !== LINES).length;
const shows = (text: string) =>
  stage.slack.messagesIn(stage.support.id).some(({ shown }) => shown.includes(text));

interface Scene {
  readonly chats: number;
  /** Linq carries out what it accepted so long after; null: never. */
  readonly settleAfterMs: number | null;
  /** How long a call takes by the clock, so that a hundred removals do not leave in one instant. */
  readonly callMs?: number;
  readonly engine?: Engine;
}

async function setScene({ chats, settleAfterMs, callMs = 20, engine = 'sqlite' }: Scene): Promise<void> {
  stage = await setStage({ mode: 'http', engine, quotas: false });
  addChats(stage, chats);
  stage.linq.settleAfter(settleAfterMs);
  let known = 0;
  stage.ledger.onChange(() => {
    const { length } = stage.linq.calls;
    if (length > known) stage.clock.advance(callMs);
    known = length;
  });
}

/** Moves the clock in small steps until it is so; fails when it is not within two minutes. */
async function until(isSo: () => boolean, stepMs: number): Promise<void> {
  for (let ms = 0; ms < minutes(2) && !isSo(); ms += stepMs) await stage.passes(stepMs);
  expect(isSo()).toBe(true);
}

describe('calls to Linq for each proven removal', () => {
  it.each([
    ['at once', 0, 1.6],
    ['after 5 s', seconds(5), 2.3],
    ['after 20 s', seconds(20), 2.6],
  ])(
    'of one person from 100 chats, where Linq settles %s, and few to Slack',
    async (_when, settleAfterMs, most) => {
      await setScene({ chats: 100, settleAfterMs });
      await chooses(stage, ...HUNDRED);
      const [linqBefore, slackBefore] = [linqCalls(), stage.slack.calls.length];
      await stage.alice.submits();
      await until(() => shows('100 of 100 removed.'), 500);
      await stage.passes(seconds(30));
      await stage.passes(seconds(30));
      expect(stage.linq.deletes).toHaveLength(100);
      expect((linqCalls() - linqBefore) / 100).toBeLessThanOrEqual(most);
      expect(stage.slack.calls.length - slackBefore).toBeLessThanOrEqual(8);
    },
    LONG_MS,
  );

  it.each([
    ['at once', 0, 3],
    ['after 5 s', seconds(5), 5],
    ['after 20 s', seconds(20), 7],
  ])('of one person from one chat, where Linq settles %s', async (_when, settleAfterMs, most) => {
    await setScene({ chats: 0, settleAfterMs });
    await stage.alice.runs(`/linq-remove ${BOTH}`);
    await stage.alice.seesModal(/Review removal/);
    const before = linqCalls();
    await stage.alice.submits();
    await until(() => shows('Removed'), 500);
    await stage.passes(minutes(1));
    expect(linqCalls() - before).toBeLessThanOrEqual(most);
  });
});

describe('two processes on one database', () => {
  it.each(ENGINES)('read no more at Linq than one of them would, on %s', async (engine) => {
    await setScene({ chats: 40, settleAfterMs: seconds(5), engine });
    const { app: second } = await stage.another();
    await chooses(stage, ...upTo(40));
    const before = linqCalls();
    await stage.alice.submits();
    const bothPass = async (ms: number) => {
      await second.idle();
      await Promise.all([second.tick(), stage.passes(ms)]);
    };
    // How far the DELETEs lie apart must not depend on how quick the machine is: each is looked after from its own moment.
    for (let step = 0; step < 100 && stage.linq.deletes.length < 40; step++) await bothPass(10);
    for (let step = 0; step < 60 && !shows('Removed'); step++) await bothPass(500);
    expect(shows('Removed')).toBe(true);
    expect(stage.linq.deletes).toHaveLength(40);
    // Forty DELETEs, a list of the chats before them, one at each look (after 2, 4 and 8 seconds), and at most one more
    // where the lease changed hands.
    expect(linqCalls() - before).toBeLessThanOrEqual(40 + 4 + 1);
  });

  it('go on with what one of them read for until it died', async () => {
    await setScene({ chats: 10, settleAfterMs: seconds(5) });
    await chooses(stage, ...upTo(10));
    await stage.alice.submits();
    await until(() => stage.linq.deletes.length > 0, 100);
    await stage.restarts();
    await until(() => shows('Removed'), 500);
    expect(stage.linq.deletes).toHaveLength(10);
  });
});

describe('calls to Linq for what waits for proof', () => {
  it.each([
    ['one after another', 20],
    ['over half a minute', 300],
  ])(
    'are one a minute for a person, whose 100 removals left %s',
    async (_how, callMs) => {
      await setScene({ chats: 100, settleAfterMs: null, callMs });
      await chooses(stage, ...HUNDRED);
      await stage.alice.submits();
      await until(() => shows('100 of 100 queued.'), 500);
      for (let second = 0; second < 120; second++) await stage.passes(seconds(1));
      const before = linqCalls();
      for (let second = 0; second < 600; second++) await stage.passes(seconds(1));
      expect(linqCalls() - before).toBeLessThanOrEqual(10);
    },
    LONG_MS,
  );
});

describe('100 removals under a quota of five calls a second', () => {
  const QUOTA = { capacity: 5, perSecond: 5, retryAfterSeconds: 1 };
  const OTHERS = ['bob', 'carol', 'dave'].map((name, index) => ({ name, handle: `+1202555016${index}` }));

  /** Other people have a review open, each for one chat of their own. */
  async function openReviews(): Promise<readonly Person[]> {
    const people: Person[] = [];
    for (const { name, handle } of OTHERS) {
      const person = stage.slack.person(name);
      stage.support.members.add(person.id);
      const { id } = stage.linq.addChat({ name, members: [handle, MAX, '+12025550190', '+12025550191'] });
      await person.runs(`/linq-remove ${id} ${handle}`, { in: stage.support.id });
      await person.seesModal(/Review removal/);
      people.push(person);
    }
    return people;
  }

  const sentAt = (handle: string) => stage.linq.deletes.find((each) => each.handle === handle)?.at;

  /** How long it takes from the approval until the DELETE arrives, in milliseconds. */
  async function approvedToSent(person: Person, handle: string): Promise<number> {
    const from = stage.clock.now().getTime();
    await submits(person);
    await until(() => sentAt(handle) !== undefined, 100);
    return Number(sentAt(handle)) - from;
  }

  it(
    'all end well and in time, few calls are made in vain, and other people need not wait',
    async () => {
      // A socket of Socket Mode that answers no ping for five seconds of real time is dropped: none for so much work.
      stage = await setStage({ mode: 'http', quotas: false });
      addChats(stage, 100);
      stage.linq.settleAfter(seconds(3));
      const others = await openReviews();
      await chooses(stage, ...HUNDRED);
      stage.linq.quota(QUOTA);
      const start = stage.clock.now().getTime();
      await submits(stage.alice);
      const waits: number[] = [];
      for (const [index, person] of others.entries()) {
        for (let step = 0; step < 40 + 3 * index; step++) await stage.passes(100);
        waits.push(await approvedToSent(person, OTHERS[index]?.handle ?? ''));
      }
      const deletes = HUNDRED.length + others.length;
      await until(() => new Set(stage.linq.deletes.map(({ chatId }) => chatId)).size === deletes, 100);
      const took = stage.clock.now().getTime() - start;
      await until(() => shows('100 of 100 removed.'), 100);
      expect(Math.max(...waits)).toBeLessThanOrEqual(seconds(1));
      expect(stage.linq.refusals.length).toBeLessThanOrEqual(5);
      expect(stage.linq.earlyCalls).toEqual([]);
      // Each request needs a reading too.
      const allowed = seconds((deletes + 1 + others.length) / QUOTA.perSecond);
      expect(took).toBeLessThanOrEqual(1.15 * allowed);
    },
    LONG_MS,
  );
});
