import type { LinqFault } from '../../simulator/linq/faults.js';
import type { Person } from '../../simulator/slack/person.js';
import {
  addChats,
  chatIdOf,
  chooses,
  MAX,
  offered,
  repliesIn,
  requestMessage,
  stageWithChats,
  upTo,
} from '../support/chats.js';
import { gate } from '../support/child-gate.js';
import { DELETE } from '../support/child-outcome.js';
import { minutes, seconds } from '../support/clock.js';
import { MODES, type Stage, setStage } from '../support/stage.js';

let stage: Stage;
afterEach(() => stage.stop());
const shown = () => requestMessage(stage).shown.split('\n');
const progress = () => shown()[2];
const wording = (number: number) => `“Group ${number}” (…${chatIdOf(number).slice(-4)})`;
const lineOf = (number: number) => shown().find((line) => line.startsWith(`• ${wording(number)}`));
const sentTo = () => stage.linq.deletes.map(({ chatId }) => Number(chatId.slice(-4))).sort((a, b) => a - b);

/** Everything that Linq accepted takes effect, is seen, and is told. */
async function isProven() {
  stage.linq.settles();
  for (let step = 0; step < 5; step++) await stage.passes(seconds(2));
}

async function seesChatsOf(person: Person, handle: string) {
  await person.runs(`/linq-remove ${handle}`, { in: stage.support.id });
  await person.seesModal(/Remove participant/);
  await person.submits();
  await person.seesModal(/From which chats/);
}

/** The texts of the options in alice's window that begin like this. */
const options = (start: string) =>
  stage.alice.modalText().match(new RegExp(`^${start}.*…\\d{4}\\)$`, 'gm')) ?? [];

describe.each(MODES)('one person leaves several chats, in %s mode', (mode) => {
  it.each([5, 12])('(all but one of %i) with one approval, a removal each and one message', async (count) => {
    stage = await stageWithChats(count, { mode });
    const { alice, linq, slack, support } = stage;
    const others = upTo(count).slice(1);
    await seesChatsOf(alice, MAX);
    expect((await alice.submits()).errors).toEqual({ Chats: 'Please complete this required field.' });
    alice.fills({
      Chats: options('Group').filter((text) => text !== offered(1)),
      Reason: 'left the company',
    });
    expect(linq.deletes).toHaveLength(0);
    await alice.submits();
    const all = `${count - 1} of ${count - 1}`;
    await alice.sees(`${all} queued.`, { in: support.id });
    expect(shown()[1]).toBe(`Removing ${MAX} from ${count - 1} chats`);
    for (const number of others) expect(lineOf(number)).toBe(`• ${wording(number)}: Removal queued`);
    await isProven();
    expect(shown()[0]).toBe('*Finished*  :white_check_mark:');
    expect([progress(), lineOf(1)]).toEqual([`${all} removed.`, undefined]);
    for (const number of others) expect(lineOf(number)).toBe(`• ${wording(number)}: Removed`);
    expect(requestMessage(stage).text).toMatch(/Asked for by <@U0ALICE>\. Reason: left the company$/);
    expect(sentTo()).toEqual(others);
    expect(slack.messagesIn(support.id)).toHaveLength(1);
  });
});

describe('calls to Linq under way at once', () => {
  const PEOPLE = ['+12025550171', '+12025550172', '+12025550173'];
  /** So many requests for six chats each are approved at once; Linq answers nothing before there are `usual` calls. */
  async function mostUnderWay(count: number, usual: number) {
    stage = await setStage();
    const { linq, ledger, slack, support } = stage;
    const { open, opened } = gate();
    const members = [...PEOPLE, ...upTo(6).map((number) => `+1202555019${number}`)];
    for (const number of upTo(6)) linq.addChat({ id: chatIdOf(number), name: `Group ${number}`, members });
    const people = upTo(count).map((number) => slack.person(`person${number}`));
    for (const [index, person] of people.entries()) {
      support.members.add(person.id);
      await seesChatsOf(person, PEOPLE[index] ?? '');
      person.fills({ Chats: upTo(6).map(offered) });
    }
    for (const _each of upTo(count * 6)) linq.nextRemoval(['slow', opened]);
    let most = 0;
    ledger.onChange(() => {
      const calls = ledger.entries.filter(({ what }) => what.includes('/v3/chats/{id}'));
      most = Math.max(most, calls.filter(({ answer }) => answer === undefined).length);
    });
    await Promise.all(people.map((person) => person.submits()));
    await ledger.until(() => ledger.count(DELETE) === usual, `${usual} calls`);
    // Time enough for the app to make more.
    await stage.alice.runs('/linq-remove help');
    const ofEach = PEOPLE.map((handle) => linq.deletes.filter((each) => each.handle === handle).length);
    open();
    await ledger.until(() => linq.deletes.length === count * 6, 'the others');
    await stage.app.idle();
    return { most, mostOfOne: Math.max(...ofEach) };
  }

  it.each([1, 3])('are four for each request and eight over all (%i at once)', async (count) => {
    const most = Math.min(4 * count, 8);
    expect(await mostUnderWay(count, most)).toEqual({ most, mostOfOne: 4 });
  });
});

describe('trouble with one chat of five', () => {
  const LINES: Record<string, string> = {
    refused: 'Not removed. Linq cannot remove members',
    'waiting for Linq': 'Trying again soon',
    'being checked': 'No answer yet, checking',
    queued: 'Removal queued',
    'not confirmed': `Not confirmed. ${wording(3)} still lists`,
    removed: 'Removed',
  };
  const faults: [string, LinqFault, string, string, number][] = [
    ['refused', ['refused', 2017], 'refused', 'refused', 5],
    ['rate limited', ['rate-limited', 5], 'waiting for Linq', 'removed', 6],
    ['answered unreadably', 'unreadable', 'being checked', 'removed', 6],
    ['cut off before Linq acts', 'reset-before', 'being checked', 'removed', 6],
    ['cut off after Linq acted', 'reset-after', 'being checked', 'removed', 5],
    ['never carried out', 'never-settles', 'queued', 'not confirmed', 5],
  ];
  const tallied = (most: string, one: string) =>
    most === one ? `5 of 5 ${most}.` : `4 of 5 ${most}, 1 ${one}.`;
  it.each(faults)('(it is %s) is its own affair', async (_what, fault, first, last, deletes) => {
    stage = await stageWithChats(5);
    const { alice, linq, passes } = stage;
    await chooses(stage, ...upTo(5));
    linq.nextRemoval(fault, chatIdOf(3));
    await alice.submits();
    await alice.sees(tallied('queued', first));
    await stage.app.idle();
    expect(lineOf(3)).toContain(`: ${LINES[first]}`);
    for (let step = 0; step < 8; step++) {
      linq.settles();
      await passes(seconds(10));
    }
    for (const number of [1, 2, 4, 5]) expect(lineOf(number)).toMatch(/: Removed$/);
    for (let minute = 0; minute < 31; minute++) await passes(minutes(1));
    expect(progress()).toBe(tallied('removed', last));
    expect(lineOf(3)).toContain(`: ${LINES[last]}`);
    expect(linq.deletes).toHaveLength(deletes);
    expect(repliesIn(stage)).toHaveLength(last === 'removed' ? 0 : 1);
  });
});

describe('the message about many chats', () => {
  it('is edited at most once a second, and once at the end', async () => {
    stage = await stageWithChats(10);
    const { alice, linq, passes } = stage;
    const isSaid = ({ what }: { what: string }) => /^chat\.(post|upd)/.test(what);
    const times = () => stage.ledger.entries.filter(isSaid).map(({ at }) => at);
    await chooses(stage, ...upTo(10));
    for (const number of upTo(10)) linq.nextRemoval(['settles-late', number * 3_000], chatIdOf(number));
    await alice.submits();
    await alice.sees('10 of 10 queued.');
    const seen = new Set<string | undefined>();
    for (let step = 0; step < 200; step++) {
      await passes(170);
      seen.add(progress());
    }
    expect(progress()).toBe('10 of 10 removed.');
    expect(seen.size).toBeGreaterThan(4);
    const gaps = times().flatMap((at, index, all) => Number(all[index + 1] ?? Number.NaN) - Number(at));
    expect(gaps.filter((gap) => gap < 1_000)).toEqual([]);
    for (let step = 0; step < 5; step++) await passes(minutes(1));
    expect(times()).toHaveLength(gaps.length);
  });

  it('counts more than thirty, names those that need attention, and lists all in its thread', async () => {
    stage = await stageWithChats(40);
    await chooses(stage, ...upTo(40));
    stage.linq.nextRemoval(['refused', 2011], chatIdOf(7));
    await stage.alice.submits();
    await stage.alice.sees('39 of 40 queued, 1 refused.');
    expect(shown()).toContain('These need attention. The whole list follows in the thread.');
    await isProven();
    expect(progress()).toBe('39 of 40 removed, 1 refused.');
    expect(shown().filter((line) => line.startsWith('•'))).toEqual([lineOf(7)]);
    const [list, told] = repliesIn(stage);
    const lines = list?.shown.match(/^• “Group \d+” \(…\d{4}\): (Removed$|Not removed\.)/gm);
    expect(new Set(lines)).toHaveProperty('size', 40);
    expect(told?.text).toMatch(
      /^<@U0ALICE> • “Group 7” \(…0007\): Not removed\. Linq has not switched this on/,
    );
  });

  it.each([10, 30, 45])('(%i chats) bears names of 300 characters with emoji and markup', async (count) => {
    const name = '<!channel> <@U0BOB> *bold* & `code` <https://evil.example|👩‍👩‍👧‍👦> 😀é';
    stage = await setStage({ env: { CONFIRM_WINDOW_MINUTES: '1' } });
    addChats(stage, count, { name: (number) => `${number} ${name.padEnd(300, '👩‍👩‍👧‍👦<!here>')}` });
    const { alice, slack, support, linq, ledger } = stage;
    await seesChatsOf(alice, MAX);
    const offers = options('\\d+ <!channel>');
    expect(offers).toHaveLength(count);
    alice.fills({ Chats: offers });
    const faults: LinqFault[] = ['never-settles', ['refused', 2017]];
    for (const number of upTo(count)) linq.nextRemoval(faults[number % 2] ?? 'unreadable', chatIdOf(number));
    await alice.submits();
    // As many seconds as Linq's quota asks for.
    const isAnswered = () => slack.messagesIn(support.id).some(({ text }) => /refused\./.test(text));
    for (let second = 0; second < 120 && !isAnswered(); second++) await stage.passes(seconds(1));
    await alice.sees(/refused\./);
    for (let minute = 0; minute < 4; minute++) await stage.passes(minutes(1));
    expect(progress()).toMatch(/not confirmed\.$/);
    // Up to thirty chats each have their line, of more only those that need attention, which here are all.
    expect(shown().filter((line) => line.startsWith('•'))).toHaveLength(count);
    const messages = slack.messagesIn(support.id);
    expect(messages.filter(({ rang, blocks }) => rang.length > 0 || blocks.length === 0)).toEqual([]);
    expect(messages).toHaveLength(count > 30 ? 3 : 2);
    const asked = ledger.entries.filter(({ what }) => /^(chat|views)\./.test(what));
    expect(new Set(asked.map(({ answer }) => answer))).toEqual(new Set(['ok']));
  });
});

describe('two requests for one chat that would together leave fewer than three', () => {
  /** Alice has chosen three chats for Max, Bob reviews one of them for Sam; nobody has approved yet. */
  async function bothReview() {
    stage = await stageWithChats(2);
    const bob = stage.slack.person('bob');
    stage.support.members.add(bob.id);
    stage.linq.addChat({ id: chatIdOf(3), name: 'Group 3', members: [MAX, '+12025550188', '+12025550181'] });
    await chooses(stage, 1, 2, 3);
    await bob.runs(`/linq-remove ${chatIdOf(3)} +12025550188`, { in: stage.support.id });
    await bob.seesModal(/Only 3 would remain/);
    return bob;
  }

  it('end with one of the two refused when they come at once', async () => {
    const bob = await bothReview();
    await Promise.all([stage.alice.submits(), bob.submits()]);
    const messages = () => stage.slack.messagesIn(stage.support.id).filter(({ thread_ts }) => !thread_ts);
    await stage.passes(seconds(1));
    await stage.ledger.until(() => messages().length === 2, 'two messages');
    await isProven();
    const said = messages().map(({ text }) => text);
    const tooFew = /(?:Linq refused\. Only 3|Fewer than 3 people) would remain in “Group 3” \(…0003\)/g;
    expect(said.join().match(tooFew)).toHaveLength(1);
    expect(said.join()).toMatch(/3 of 3 removed\.|2 of 3 removed, 1 refused\./);
    // Where the first call left before the second was decided on, the second is not even made.
    expect([
      [1, 2, 3],
      [1, 2, 3, 3],
    ]).toContainEqual(sentTo());
  });

  it('end with the second not even sent once the first has taken effect', async () => {
    const bob = await bothReview();
    await bob.submits();
    await bob.sees(/Removal queued/);
    stage.linq.settles();
    await stage.alice.submits();
    await stage.passes(seconds(1));
    await stage.alice.sees('2 of 3 queued, 1 refused.');
    expect(lineOf(3)).toMatch(/: Not removed\. Fewer than 3 people would remain in “Group 3”/);
    expect(sentTo()).toEqual([1, 2, 3]);
  });
});
