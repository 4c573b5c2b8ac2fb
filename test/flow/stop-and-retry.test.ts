import type { LinqFault } from '../../simulator/linq/faults.js';
import { chatIdOf, chooses, MAX, offered, requestMessage, stageWithChats, upTo } from '../support/chats.js';
import { gate } from '../support/child-gate.js';
import { minutes, seconds } from '../support/clock.js';
import { MODES, type Mode, type Stage } from '../support/stage.js';

let stage: Stage;
afterEach(() => stage.stop());

const shown = () => requestMessage(stage).shown.split('\n');
const progress = () => shown()[2];
const lineOf = (number: number) => shown().find((line) => line.startsWith(`• “Group ${number}” `));
const buttons = () => shown().filter((line) => ['Stop', 'Retry'].includes(line));
const sentTo = () => stage.linq.deletes.map(({ chatId }) => Number(chatId.slice(-4))).sort((a, b) => a - b);
const STOPPED = /: Not removed\. This was stopped before it was sent to Linq\. Nobody was removed\./;

/** Time passes while Linq holds answers back: what becomes due by it happens, and nobody waits for the rest. */
function timePasses(ms: number) {
  stage.clock.advance(ms);
  void stage.app.tick();
}

async function runsItsCourse() {
  for (let step = 0; step < 6; step++) {
    await stage.passes(seconds(10));
    stage.linq.settles();
  }
}

/** Ten chats, of which the first four are at Linq, which answers when `open` is called, and then like this. */
async function inTheMiddle(mode: Mode = 'socket', answers: readonly LinqFault[] = []) {
  stage = await stageWithChats(10, { mode });
  await chooses(stage, ...upTo(10));
  const { open, opened } = gate();
  for (const index of upTo(4).keys()) {
    const answer = answers[index];
    stage.linq.nextRemoval(answer ? ['slow', opened, answer] : ['slow', opened]);
  }
  await stage.alice.submits();
  await stage.alice.closes();
  await stage.ledger.until(() => stage.linq.deletes.length === 4, 'four to be on their way');
  timePasses(seconds(4));
  await stage.alice.sees('4 of 10 being sent, 6 not sent yet.');
  return open;
}

/** Linq refuses these chats of five, in a way that may not be its last word. */
async function refusedFor(numbers: readonly number[], mode: Mode = 'socket') {
  stage = await stageWithChats(5, { mode });
  await chooses(stage, ...upTo(5));
  for (const number of numbers) stage.linq.nextRemoval(['refused', 2015], chatIdOf(number));
  await stage.alice.submits();
  await stage.alice.closes();
  await stage.alice.sees(`${5 - numbers.length} of 5 queued, ${numbers.length} refused.`);
  expect(buttons()).toEqual([]);
  await runsItsCourse();
  expect(buttons()).toEqual(['Retry']);
}

describe.each(MODES)('Stop, in %s mode', (mode) => {
  it('leaves undone what is not sent, says which and who, and honours what is on its way', async () => {
    const open = await inTheMiddle(mode);
    const { alice } = stage;
    expect(await alice.presses('Stop')).toMatchObject({ outcome: 'acknowledged' });
    timePasses(seconds(1));
    await alice.sees('6 of 10 refused, 4 being sent.');
    expect(buttons()).toEqual([]);
    open();
    await runsItsCourse();
    expect(progress()).toBe('4 of 10 removed, 6 refused.');
    const sent = sentTo();
    for (const number of upTo(10))
      expect(lineOf(number)).toMatch(sent.includes(number) ? /: Removed$/ : STOPPED);
    expect(shown().join()).toMatch(/Asked for by @alice {2}· {2}stopped by @alice/);
    expect(requestMessage(stage).text).toMatch(/Asked for by <@U0ALICE>\. Stopped by <@U0ALICE>\.$/);
    expect(sent).toHaveLength(4);
  });
});

describe('Stop', () => {
  it('keeps what Linq then puts off or leaves unanswered from being sent again', async () => {
    const open = await inTheMiddle('socket', [
      ['rate-limited', 5],
      ['status', 503],
      'reset-before',
      'reset-after',
    ]);
    const tried = sentTo();
    await stage.alice.presses('Stop');
    open();
    await runsItsCourse();
    expect(progress()).toMatch(
      /1 removed.*7 refused, 2 being checked|1 of 10 removed, 7 refused, 2 being checked/,
    );
    for (let minute = 0; minute < 31; minute++) await stage.passes(minutes(1));
    expect(progress()).toBe('1 of 10 removed, 7 refused, 2 not confirmed.');
    expect(sentTo()).toEqual(tried);
  });

  it('of somebody else changes nothing, and only they are told why', async () => {
    const open = await inTheMiddle();
    const bob = stage.slack.person('bob');
    stage.support.members.add(bob.id);
    await bob.presses('Stop');
    const { ephemeralFor } = await bob.sees(
      /^Only @alice, or somebody who may approve removals, can stop this\.$/,
    );
    expect(ephemeralFor).toBe(bob.id);
    open();
    await runsItsCourse();
    expect(progress()).toBe('10 of 10 removed.');
    expect(shown().join()).not.toMatch(/stopped by/);
  });

  it('says so when everything was sent already', async () => {
    const open = await inTheMiddle();
    open();
    await stage.ledger.until(() => stage.linq.deletes.length === 10, 'all to be sent');
    await stage.app.idle();
    expect(buttons()).toEqual(['Stop']);
    await stage.alice.presses('Stop');
    await stage.alice.sees('Everything was already sent to Linq, so there was nothing left to stop.');
    await runsItsCourse();
    expect(progress()).toBe('10 of 10 removed.');
    expect(shown().join()).not.toMatch(/stopped by/);
  });

  it('is the same when pressed twice at the same moment, and says so when it comes again', async () => {
    const open = await inTheMiddle();
    const { alice } = stage;
    const presses = await Promise.all([alice.presses('Stop'), alice.presses('Stop')]);
    expect(presses.map(({ outcome }) => outcome)).toEqual(['acknowledged', 'acknowledged']);
    timePasses(seconds(1));
    await alice.sees('6 of 10 refused, 4 being sent.');
    await stage.slack.redeliver();
    await alice.sees('This was already stopped.');
    open();
    await runsItsCourse();
    expect(progress()).toBe('4 of 10 removed, 6 refused.');
    expect(sentTo()).toHaveLength(4);
    const told = new Set(alice.ephemerals.map((each) => each.shown));
    expect([...told].sort()).toEqual([
      expect.stringMatching(/^Stopped: nothing more is sent to Linq\./),
      'This was already stopped.',
    ]);
  });
});

describe('a restart in the middle', () => {
  it('goes on with the chats that are left, and sends nothing twice', async () => {
    const open = await inTheMiddle();
    const restarted = stage.restarts();
    open();
    await restarted;
    await runsItsCourse();
    expect(progress()).toBe('10 of 10 removed.');
    expect(sentTo()).toEqual(upTo(10));
    expect(stage.ledger.count('chat.postMessage')).toBe(1);
  });
});

describe.each(MODES)('Retry, in %s mode', (mode) => {
  it('reviews the one chat that did not work with all its members, and is a request of its own', async () => {
    await refusedFor([3], mode);
    const { alice, linq, slack, support } = stage;
    const before = requestMessage(stage);
    linq.rename(chatIdOf(3), 'Renamed');
    expect(await alice.presses('Retry')).toMatchObject({ outcome: 'acknowledged' });
    await alice.seesModal(/Remove \+1 202 555 0177 from “Renamed” \(…0003\)\?/);
    expect(alice.modalText()).toMatch(/\+12025550177 {2}\(will be removed\)/);
    expect(linq.deletes).toHaveLength(5);
    alice.fills({ Reason: 'once more' });
    await alice.submits();
    await alice.sees(/Linq accepted the request to remove \+12025550177 from “Renamed”/);
    await runsItsCourse();
    const messages = slack.messagesIn(support.id).filter(({ thread_ts }) => !thread_ts);
    expect(messages.map(({ ts }) => ts)).toEqual([before.ts, expect.any(String)]);
    expect(messages[0]?.shown).toContain('4 of 5 removed, 1 refused.');
    expect(messages[1]?.shown).toMatch(/^\*Removed\*(.|\n)*Reason: once more/);
    expect(sentTo()).toEqual([1, 2, 3, 3, 4, 5]);
  });

  it('offers just the chats that did not work, as Linq lists them now', async () => {
    await refusedFor([1, 2, 4], mode);
    const { alice, linq } = stage;
    linq.rename(chatIdOf(2), 'Renamed');
    linq.leaves(chatIdOf(4), MAX);
    await alice.presses('Retry');
    await alice.seesModal(/From which chats should/);
    const offers = alice.modalText().match(/^.*\(…\d{4}\)$/gm);
    expect(offers?.sort()).toEqual([offered(1), 'Renamed (…0002)']);
    expect(alice.modalText()).toMatch(/Not possible\n• .* is no longer in “Group 4” \(…0004\)/);
    alice.fills({ Chats: [offered(1), 'Renamed (…0002)'] });
    await alice.submits();
    await alice.sees('2 of 2 queued.');
    await runsItsCourse();
    expect(progress()).toBe('2 of 2 removed.');
    expect(sentTo()).toEqual([1, 1, 2, 2, 3, 4, 5]);
  });
});

describe('Retry', () => {
  it('opens what Stop left undone', async () => {
    const open = await inTheMiddle();
    await stage.alice.presses('Stop');
    open();
    await runsItsCourse();
    const left = upTo(10).filter((number) => !sentTo().includes(number));
    await stage.alice.presses('Retry');
    await stage.alice.seesModal(/From which chats should/);
    stage.alice.fills({ Chats: left.map(offered) });
    await stage.alice.submits();
    await stage.alice.sees('6 of 6 queued.');
    expect(sentTo()).toEqual(upTo(10));
  });

  it.each([[[3]], [[3, 4]]])('(%j) says so when none of them can work any more', async (numbers) => {
    await refusedFor(numbers);
    for (const number of numbers) stage.linq.leaves(chatIdOf(number), MAX);
    await stage.alice.presses('Retry');
    await stage.alice.seesModal(/Cannot be removed/);
    for (const number of numbers)
      expect(stage.alice.modalText()).toMatch(new RegExp(`is no longer in “Group ${number}”`));
    expect(stage.alice.modal?.view.submit).toBeUndefined();
  });

  it('is not offered where trying again would end the same way', async () => {
    stage = await stageWithChats(2);
    stage.linq.nextRemoval(['refused', 2017]);
    await chooses(stage, 1, 2);
    await stage.alice.submits();
    await stage.alice.sees('1 of 2 queued, 1 refused.');
    await runsItsCourse();
    expect([progress(), ...buttons()]).toEqual(['1 of 2 removed, 1 refused.']);
  });

  it('says that nothing was changed when its trigger is spent', async () => {
    await refusedFor([3, 4]);
    stage.slack.expireNextTrigger();
    expect(await stage.alice.presses('Retry')).toMatchObject({ outcome: 'acknowledged' });
    const told = await stage.alice.sees(/Slack did not open the window in time\. That changes nothing\./);
    expect(told.ephemeralFor).toBe(stage.alice.id);
    expect(stage.alice.modal).toBeNull();
    await stage.alice.presses('Retry');
    await stage.alice.seesModal(/From which chats should/);
  });
});
