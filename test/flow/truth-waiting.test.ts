import { chatIdOf, chooses, requestMessage, stageWithChats, upTo } from '../support/chats.js';
import { gate } from '../support/child-gate.js';
import { minutes, seconds } from '../support/clock.js';
import {
  approves,
  BOTH,
  CHAT_ID,
  ENGINES,
  onlyMessage,
  PAT,
  type Stage,
  setStage,
} from '../support/stage.js';
import { attempt, everSaid, passesInSteps, type Way } from '../support/truth.js';

/* Requests to wait were overridden by news, trouble was counted instead of timed, and one person waited for another. */

jest.setTimeout(60_000);

/** What an approver decides is sent by the same loop, and read once more before. */
const DIRECT: readonly Way[] = ['remove', 'add back'];

let stage: Stage;
afterEach(() => stage.stop());

describe('A hundred chats where Linq takes five calls a second', () => {
  it('were mostly refused within seconds', async () => {
    stage = await stageWithChats(100);
    const { linq, alice } = stage;
    linq.settleAfter(seconds(1));
    await chooses(stage, ...upTo(100));
    linq.quota({ capacity: 5, perSecond: 5, retryAfterSeconds: 1 });
    await alice.submits();
    await passesInSteps(stage, 60, seconds(1));
    expect(requestMessage(stage).shown).toMatch(/100 of 100 removed\./);
    expect(new Set(linq.deletes.map(({ chatId }) => chatId)).size).toBe(100);
    expect(linq.earlyCalls).toEqual([]);
    for (const said of everSaid(stage)) expect(said).not.toMatch(/refused|Nobody was removed|gave no reason/);
  });
});

describe('Linq out of reach', () => {
  it.each(DIRECT)('for three minutes (%s) meant that no call ever left', async (way) => {
    const { begins, calls, shown, words, ...made } = await attempt(way);
    stage = made.stage;
    const before = calls();
    stage.linq.unplug();
    await begins();
    await passesInSteps(stage, 18, seconds(10));
    expect(calls()).toBe(before);
    stage.linq.plug();
    await passesInSteps(stage, 6, seconds(10));
    expect(calls()).toBe(before + 1);
    stage.linq.settles();
    await passesInSteps(stage, 6, seconds(10));
    expect(shown()).toMatch(words.done);
  });

  it.each(DIRECT)('for the whole window (%s) was "Linq gave no reason"', async (way) => {
    const { begins, calls, shown, ...made } = await attempt(way, { env: { CONFIRM_WINDOW_MINUTES: '5' } });
    stage = made.stage;
    const before = calls();
    stage.linq.unplug();
    await begins();
    await passesInSteps(stage, 36, seconds(10));
    expect(shown()).toMatch(
      /^\*Not confirmed\*[\s\S]*Linq has given no usable answer about this since 2026-06-01 10:00 UTC/,
    );
    stage.linq.plug();
    await passesInSteps(stage, 3, minutes(1));
    expect(calls()).toBe(before);
    for (const said of everSaid(stage)) expect(said).not.toMatch(/gave no reason/);
  });

  it('after a call had been accepted was "Linq gave no reason"', async () => {
    stage = await setStage({ env: { CONFIRM_WINDOW_MINUTES: '3' } });
    await approves(stage.alice);
    await stage.alice.sees(/Removal queued/);
    stage.linq.unplug();
    await passesInSteps(stage, 24, seconds(10));
    const [message] = stage.slack.messagesIn(stage.support.id);
    expect(message?.shown).toMatch(
      /Not confirmed.*\n.*could not be read.*[\s\S]*Linq has given no usable answer about this since/,
    );
    expect(message?.shown).not.toMatch(/gave no reason/);
  });
});

describe('Slack asks to wait', () => {
  it('30 s for an edit, and every piece of news overrode it', async () => {
    stage = await stageWithChats(20);
    const { alice, linq, slack, ledger } = stage;
    await chooses(stage, ...upTo(20));
    await alice.submits();
    await alice.sees('20 of 20 queued.');
    await stage.passes(seconds(5));
    slack.next('chat.update', { rateLimited: 30 });
    const before = ledger.count('chat.update');
    for (let second = 0; second < 29; second++) {
      linq.removes(chatIdOf(1 + (second % 20)), '+12025550177');
      await stage.passes(seconds(1));
    }
    expect(ledger.count('chat.update')).toBeLessThanOrEqual(before + 1);
    linq.settles();
    await passesInSteps(stage, 10, seconds(2));
    expect(requestMessage(stage).shown).toMatch(/20 of 20 removed\./);
    expect(slack.earlyCalls).toEqual([]);
  });

  it('for a second with each of twenty first messages, and the last came after an hour', async () => {
    stage = await setStage();
    const { alice, linq, slack, support } = stage;
    const members = upTo(24).map((number) => `+120255502${String(number).padStart(2, '0')}`);
    linq.addChat({ id: chatIdOf(1), name: 'All hands', members });
    for (const handle of members.slice(0, 20)) await approves(alice, `/linq-remove ${chatIdOf(1)} ${handle}`);
    await passesInSteps(stage, 30, seconds(1));
    const firsts = slack.messagesIn(support.id).filter(({ shown }) => /Removal queued/.test(shown));
    expect(firsts).toHaveLength(20);
    expect(slack.earlyCalls).toEqual([]);
  });
});

it.each(DIRECT)('Linq asked on a reading to wait (%s), and the call left at once', async (way) => {
  const { begins, calls, ...made } = await attempt(way);
  stage = made.stage;
  const before = calls();
  const { linq } = stage;
  // A reading is good for five seconds.
  await stage.passes(seconds(6));
  linq.nextRead(['rate-limited', 20]);
  await begins();
  await passesInSteps(stage, 18, seconds(1));
  expect(calls()).toBe(before);
  await passesInSteps(stage, 4, seconds(1));
  expect(calls()).toBe(before + 1);
  expect(linq.earlyCalls).toEqual([]);
});

describe("A person's one removal", () => {
  it("waited for a colleague's hundred chats", async () => {
    stage = await stageWithChats(100);
    const { alice, linq, slack, support, ledger } = stage;
    const bob = slack.person('bob');
    support.members.add(bob.id);
    await bob.runs(`/linq-remove ${BOTH}`, { in: support.id });
    await bob.seesModal(/Review removal/);
    await chooses(stage, ...upTo(100));
    linq.quota({ capacity: 5, perSecond: 5, retryAfterSeconds: 1 });
    await alice.submits();
    await passesInSteps(stage, 5, seconds(1));
    expect(linq.deletes.length).toBeLessThan(60);
    await bob.submits();
    await passesInSteps(stage, 2, seconds(1));
    await ledger.until(() => linq.deletes.some(({ handle }) => handle === PAT), "bob's DELETE");
  });

  it('and an Add back waited for the slow readings of what is open', async () => {
    stage = await setStage();
    const { alice, app, clock, linq, ledger } = stage;
    await approves(alice);
    await alice.sees(/Removal queued/);
    linq.settles();
    await stage.passes(seconds(2));
    expect(onlyMessage(stage).shown).toMatch(/^\*Removed\*/);
    const others = upTo(12).map((number) => `+120255502${String(number).padStart(2, '0')}`);
    for (const [index, handle] of others.entries()) {
      const id = chatIdOf(index + 1);
      linq.addChat({
        id,
        name: `Group ${index + 1}`,
        members: [handle, '+12025550143', '+12025550144', 'sam@example.com'],
      });
      await approves(alice, `/linq-remove ${id} ${handle}`);
    }
    await app.idle();
    const { open, opened } = gate();
    for (const [index] of others.entries()) linq.nextRead(['slow', opened], chatIdOf(index + 1));
    const readings = ledger.count('GET /v3/chats/{id}');
    clock.advance(seconds(20));
    void app.tick();
    await ledger.until(() => ledger.count('GET /v3/chats/{id}') > readings, 'slow readings');

    await approves(alice, `/linq-remove ${CHAT_ID} sam@example.com`);
    await ledger.until(() => linq.deletes.some(({ handle }) => handle === 'sam@example.com'), 'the DELETE');
    await alice.closes();
    const message = stage.slack.messagesIn(stage.support.id)[0];
    await alice.presses('Add back…', message);
    await alice.seesModal(/What this does not do/);
    await alice.submits();
    await ledger.until(() => ledger.count('POST /v3/chats/{id}/participants') === 1, 'the POST');
    expect(
      ledger.of('GET /v3/chats/{id}').filter(({ answer }) => answer === undefined).length,
    ).toBeGreaterThan(0);
    open();
    await app.idle();
  });
});

it.each(ENGINES)(
  'A clock set back (%s) was counted by each of two processes: a removal was over before its time',
  async (engine) => {
    stage = await setStage({ engine });
    const { alice, clock } = stage;
    const { app: second } = await stage.another();
    await second.tick();
    await approves(alice);
    await alice.sees(/Removal queued/);
    clock.jump(-minutes(60));
    for (const app of [stage.app, second, stage.app]) await app.tick();
    await stage.passes(seconds(30));
    await second.tick();
    for (const said of everSaid(stage)) expect(said).not.toMatch(/Not confirmed/);
    stage.linq.settles();
    await stage.passes(seconds(30));
    await alice.sees(/Removed/);
  },
);
