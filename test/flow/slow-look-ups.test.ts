import { toWire } from '../../simulator/linq/chats.js';
import type { LinqFault } from '../../simulator/linq/faults.js';
import { addChats, chatIdOf, chooses, MAX, offered, upTo } from '../support/chats.js';
import { gate } from '../support/child-gate.js';
import { seconds } from '../support/clock.js';
import { BOTH, MODES, type Stage, setStage } from '../support/stage.js';

const LIST = 'GET /v3/chats';
const VIEWS = 'views.update';

let stage: Stage;
afterEach(() => stage.stop());

/** Alice has entered MAX and nothing else, and has not pressed Review yet. */
async function enters(): Promise<void> {
  const { alice } = stage;
  await alice.runs('/linq-remove');
  await alice.seesModal(/Remove participant/);
  alice.fills({ Handle: MAX });
}

/** Linq answers the next page only when `opened`; it says that there is another one. */
function holdsFirstPage(opened: Promise<void>, numbers: readonly number[]): void {
  const chats = numbers.map((number) => toWire(stage.linq.chat(chatIdOf(number))));
  stage.linq.nextRead(['slow', opened, ['answers', { status: 200, body: { chats, next_cursor: '1' } }]]);
}

describe.each(MODES)('a look-up of somebody’s chats that takes long, in %s mode', (mode) => {
  beforeEach(async () => {
    stage = await setStage({ mode });
    addChats(stage, 100);
  });

  it('leaves a waiting window within the acknowledgement, and fills it', async () => {
    const { alice, linq } = stage;
    await enters();
    const { open, opened } = gate();
    linq.nextRead(['slow', opened]);
    expect(await alice.submits()).toMatchObject({ outcome: 'acknowledged', errors: null });
    expect(alice.modalText()).toMatch(/Asking Linq …/);
    expect(alice.modal?.view.submit).toBeUndefined();
    open();
    await alice.seesModal(/Review removal/);
    expect(alice.modalText()).toContain(offered(100));
  });

  it('goes on over its pages behind the waiting window', async () => {
    const { alice } = stage;
    await enters();
    const { open, opened } = gate();
    holdsFirstPage(opened, [1, 2]);
    await alice.submits();
    await alice.seesModal(/Asking Linq …/);
    open();
    await alice.seesModal(/Review removal/);
    expect(stage.ledger.count(LIST)).toBe(2);
  });

  it.each<[string, LinqFault]>([
    ['breaks off', 'reset-before'],
    ['is unreadable', 'unreadable'],
    ['ends in an error', ['refused', 3006]],
  ])('is replaced also when it then %s', async (_how, fault) => {
    const { alice, linq } = stage;
    await enters();
    const { open, opened } = gate();
    holdsFirstPage(opened, [1, 2]);
    linq.nextRead(fault);
    await alice.submits();
    await alice.seesModal(/Asking Linq …/);
    open();
    await alice.seesModal(/Linq gave no usable answer, so the list cannot be shown/);
    await alice.presses('Change chat or person');
    await alice.seesModal(/Remove participant/);
  });

  it('is abandoned when the window is closed: no further page is asked for', async () => {
    const { alice, ledger } = stage;
    await enters();
    const { open, opened } = gate();
    holdsFirstPage(opened, [1, 2]);
    await alice.submits();
    await alice.seesModal(/Asking Linq …/);
    const updates = ledger.count(VIEWS);
    await alice.closes();
    await stage.app.idle();
    open();
    await ledger.until(() => ledger.of(LIST)[0]?.answer, 'the answer that nobody waits for');
    await stage.app.idle();
    expect(ledger.count(LIST)).toBe(1);
    expect(ledger.count(VIEWS)).toBe(updates);
    expect([alice.modal, alice.ephemerals]).toEqual([null, []]);
    await chooses(stage, 3);
  });
});

describe('a waiting window', () => {
  beforeEach(async () => {
    stage = await setStage();
    addChats(stage, 3);
  });

  it.each<[string, () => void]>([
    ['is busy for a moment', () => stage.slack.next(VIEWS, { rateLimited: 1 })],
    ['does not answer once', () => stage.slack.next(VIEWS, 'lost-reply')],
  ])('is filled also when Slack %s', async (_what, happens) => {
    const { alice, linq } = stage;
    await enters();
    const { open, opened } = gate();
    linq.nextRead(['slow', opened]);
    await alice.submits();
    await alice.seesModal(/Asking Linq …/);
    happens();
    open();
    await stage.passes(seconds(1));
    await alice.seesModal(/Review removal/);
  });

  it('of a second person is none of the first one’s business', async () => {
    const { alice, linq, slack, support } = stage;
    const bob = slack.person('bob');
    support.members.add(bob.id);
    const { open, opened } = gate();
    await enters();
    linq.nextRead(['slow', opened]);
    await alice.submits();
    await alice.seesModal(/Asking Linq …/);
    await bob.runs('/linq-remove', { in: support.id });
    await bob.seesModal(/Remove participant/);
    bob.fills({ Handle: MAX });
    await bob.submits();
    expect(bob.modalText()).toMatch(/Review removal/);
    await bob.closes();
    open();
    await alice.seesModal(/Review removal/);
    expect(upTo(3).every((number) => alice.modalText().includes(offered(number)))).toBe(true);
  });

  it('behind a retry is filled with the chats that did not work', async () => {
    const { alice, linq } = stage;
    for (const number of [1, 2]) linq.nextRemoval(['refused', 2015], chatIdOf(number));
    await chooses(stage, 1, 2);
    await alice.submits();
    await alice.closes();
    await alice.sees(/2 of 2 refused/);
    const { open, opened } = gate();
    linq.nextRead(['slow', opened]);
    await alice.presses('Retry');
    await alice.seesModal(/Asking Linq …/);
    open();
    await alice.seesModal(/Review removal/);
    expect(alice.modalText()).not.toContain(offered(3));
  });
});

describe('250 chats', () => {
  it('are all looked up behind the waiting window, three pages of them', async () => {
    stage = await setStage();
    addChats(stage, 250);
    await enters();
    const { open, opened } = gate();
    for (const _page of upTo(3)) stage.linq.nextRead(['slow', opened]);
    await stage.alice.submits();
    await stage.alice.seesModal(/Asking Linq …/);
    open();
    await stage.alice.seesModal(/These are the 100 latest of 250 chats/);
    expect(stage.ledger.count(LIST)).toBe(3);
  });
});

const refused = async () => {
  for (const number of [1, 2]) stage.linq.nextRemoval(['refused', 2015], chatIdOf(number));
  await chooses(stage, 1, 2);
  await stage.alice.submits();
  await stage.alice.closes();
  await stage.alice.sees(/2 of 2 refused/);
};

/** What opens a waiting window at once, what must stand before, and what the window says when Linq gives no answer. */
const AT_ONCE: [string, () => Promise<void>, () => Promise<unknown>, RegExp][] = [
  ['a command', async () => {}, () => stage.alice.runs(`/linq-remove ${BOTH}`), /could not be checked/],
  ['a retry', refused, () => stage.alice.presses('Retry'), /the list cannot be shown/],
];

describe.each(MODES)('the waiting window that opens at once, in %s mode', (mode) => {
  beforeEach(async () => {
    stage = await setStage({ mode });
    addChats(stage, 3);
  });

  it.each(AT_ONCE)(
    '(of %s) is there with the acknowledgement and is replaced',
    async (_way, comesFirst, opens) => {
      await comesFirst();
      const { open, opened } = gate();
      stage.linq.nextRead(['slow', opened]);
      expect(await opens()).toMatchObject({ outcome: 'acknowledged' });
      await stage.alice.seesModal(/Asking Linq …/);
      open();
      await stage.alice.seesModal(/Review removal/);
    },
  );

  it.each(AT_ONCE)('(of %s) is replaced after an error', async (_way, comesFirst, opens, words) => {
    await comesFirst();
    for (const fault of ['unreadable', 'reset-before', ['status', 503]] as const) {
      const { open, opened } = gate();
      stage.linq.nextRead(['slow', opened, fault]);
      await opens();
      await stage.alice.seesModal(/Asking Linq …/);
      open();
      await stage.alice.seesModal(words);
      await stage.alice.closes();
    }
  });

  it.each(AT_ONCE)('(of %s) ends its look-up when it is closed', async (_way, comesFirst, opens) => {
    await comesFirst();
    const { alice, ledger } = stage;
    const lists = ledger.count(LIST);
    const { open, opened } = gate();
    holdsFirstPage(opened, [1, 2]);
    await opens();
    const { id } = await alice.seesModal(/Asking Linq …/);
    await alice.closes();
    open();
    // Another look-up, from end to end, is time enough for this one to go on.
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Review removal/);
    expect(ledger.count(LIST) - lists).toBeLessThanOrEqual(1);
    expect(JSON.stringify(ledger.of(VIEWS))).not.toContain(id);
    expect(alice.stack).toHaveLength(1);
    expect(alice.ephemerals).toEqual([]);
  });
});
