import type { LinqFault } from '../../simulator/linq/faults.js';
import type { SlackFault } from '../../simulator/slack/faults.js';
import { chooses, offered, repliesIn, requestMessage, stageWithChats, upTo } from '../support/chats.js';
import { minutes, seconds } from '../support/clock.js';
import {
  approves,
  CHAT_ID,
  linqAnswers,
  MODES,
  type Mode,
  PAT,
  type Stage,
  setStage,
} from '../support/stage.js';
import { setStageWithWebhooks } from '../support/webhooks.js';

const ADDITION = 'POST /v3/chats/{id}/participants';
const BUTTON = 'Add back…';
const hours = (count: number) => minutes(60 * count);

let stage: Stage;
afterEach(() => stage.stop());

/** Pat was removed from the launch crew, and the member list shows it. */
async function removed(mode: Mode = 'socket', env: Record<string, string> = {}): Promise<void> {
  stage = await setStage({ mode, env });
  await approves(stage.alice);
  await stage.alice.sees(/Removal queued/);
  stage.linq.settles();
  await stage.passes(seconds(2));
  expect(requestMessage(stage).shown).toMatch(/^\*Removed\*/);
  await stage.passes(seconds(1));
}

async function pressesAddBack(): Promise<void> {
  await stage.alice.presses(BUTTON);
  await stage.alice.seesModal(/What this does not do/);
}

async function confirms(): Promise<void> {
  await pressesAddBack();
  await stage.alice.submits();
  await stage.alice.closes();
}

/** The one reply in the thread. */
function reply() {
  const [only, ...others] = repliesIn(stage);
  if (!only || others.length > 0) throw new Error(`There are ${others.length + (only ? 1 : 0)} replies.`);
  return only;
}

/** A bad ending that came late: the reply says it now, and another one rings the asker with the same words. */
function ending(): string {
  const [message, ring, ...others] = repliesIn(stage).map(({ text }) => text);
  const words = ring?.replace(/^<@U0ALICE> /, '') ?? '';
  expect([ring, ...others]).toEqual([`<@U0ALICE> ${words}`]);
  expect(message?.startsWith(words)).toBe(true);
  return words;
}

const told = (pattern: RegExp) =>
  stage.ledger.until(() => repliesIn(stage).find(({ shown }) => pattern.test(shown)), `a reply ${pattern}`);
const sent = () => stage.ledger.count(ADDITION);
const isIn = (handle: string) =>
  stage.chat.handles.some((entry) => entry.handle === handle && entry.status === 'active');

describe.each(MODES)('adding back, in %s mode', (mode) => {
  beforeEach(() => removed(mode));

  it('asks first, says what it does not do, and ends proven in the thread', async () => {
    const { alice, linq, ledger } = stage;
    await pressesAddBack();
    expect(alice.modalText()).toMatch(/Add \+1 205 249 9136 back to “Launch crew” \(…0000\)\?/);
    expect(alice.modalText()).toMatch(/Nothing that was written in between is restored/);
    expect(alice.modalText()).toMatch(/Linq may refuse: an SMS group, or a chat that uses another service/);
    expect(sent()).toBe(0);

    await alice.submits();
    expect(alice.modalText()).toMatch(/This is recorded and Linq is being asked now/);
    await told(/Adding back queued/);
    expect(ledger.of(ADDITION).map(({ detail }) => detail)).toEqual([
      { path: `/v3/chats/${CHAT_ID}/participants`, body: { handle: PAT } },
    ]);
    expect(reply().thread_ts).toBe(requestMessage(stage).ts);
    expect(isIn(PAT)).toBe(false);

    linq.settles();
    await stage.passes(seconds(2));
    expect(isIn(PAT)).toBe(true);
    expect(reply().text).toMatch(
      /^Back: \+12052499136 is in “Launch crew” \(…0000\) again\. What was written in between was not restored\.\nAsked for by <@U0ALICE>\.$/,
    );
    expect(reply().history.map((text) => text.split(':')[0])).toEqual(['Adding back queued', 'Back']);
    expect(requestMessage(stage).shown).not.toContain(BUTTON);
  });

  it('happens once, however often it is pressed and delivered', async () => {
    const { alice, slack, ledger } = stage;
    await pressesAddBack();
    const window = ledger.count('view_submission');
    await alice.submits();
    await slack.redeliver();
    await slack.redeliver();
    expect(ledger.count('view_submission')).toBe(window + 3);
    await told(/Adding back queued/);
    await stage.passes(seconds(1));
    expect(sent()).toBe(1);
    expect(repliesIn(stage)).toHaveLength(1);
  });
});

describe('the button', () => {
  it('is there for a day after proof, and then goes by itself', async () => {
    await removed();
    await stage.passes(hours(24) - seconds(2));
    expect(requestMessage(stage).shown).toContain(BUTTON);
    const { edited } = requestMessage(stage);
    await stage.passes(seconds(1));
    expect(requestMessage(stage).shown).not.toContain(BUTTON);
    expect(requestMessage(stage).shown).toMatch(/^\*Removed\*/);
    await stage.passes(hours(24));
    expect(requestMessage(stage).edited).toBe(edited + 1);
    expect(stage.slack.messagesIn(stage.support.id)).toHaveLength(1);
  });

  it('going by itself is worth no message where the conversation is closed by then', async () => {
    await removed();
    stage.slack.next('chat.update', { error: 'is_inactive' });
    await stage.passes(hours(24));
    await stage.passes(hours(1));
    expect(stage.slack.messagesIn(stage.support.id)).toHaveLength(1);
    expect(stage.alice.directMessages).toHaveLength(0);
  });

  it('says plainly when its day is over', async () => {
    await removed();
    stage.clock.advance(hours(24));
    await stage.alice.presses(BUTTON);
    await stage.alice.seesModal(/nobody to add back here any more: that is possible for 24 hours/);
    expect(sent()).toBe(0);
  });

  it('is too late to confirm when its day is over meanwhile', async () => {
    await removed();
    await pressesAddBack();
    stage.clock.advance(hours(24));
    await stage.alice.submits();
    expect(stage.alice.modalText()).toMatch(/nobody to add back here any more/);
    expect(sent()).toBe(0);
  });

  it('is not offered for somebody who left on their own', async () => {
    stage = await setStage();
    stage.linq.nextRemoval('never-settles');
    await approves(stage.alice);
    await stage.alice.sees(/Removal queued/);
    stage.linq.leaves(CHAT_ID, PAT);
    await stage.passes(seconds(2));
    expect(requestMessage(stage).shown).toMatch(/left on their own/);
    expect(requestMessage(stage).shown).not.toContain(BUTTON);
  });

  it.each([
    ['queued', (linq: Stage['linq']) => linq.settleAfter(null), /Removal queued/],
    ['refused', (linq: Stage['linq']) => linq.nextRemoval(['refused', 2013]), /Not removed/],
    ['gone', (linq: Stage['linq']) => linq.leaves(CHAT_ID, PAT), /Already gone/],
  ])('is not offered for a removal that is %s', async (_status, happens, words) => {
    stage = await setStage();
    await stage.alice.runs(`/linq-remove ${CHAT_ID} ${PAT}`);
    await stage.alice.seesModal(/Review removal/);
    happens(stage.linq);
    await stage.alice.submits();
    await stage.alice.sees(words);
    expect(requestMessage(stage).shown).not.toContain(BUTTON);
  });

  it('is for the person who asked alone', async () => {
    await removed();
    const bob = stage.slack.person('bob');
    stage.support.members.add(bob.id);
    await bob.presses(BUTTON);
    await bob.seesModal(/Only @alice, who asked for the removal, can add them back/);
    expect(sent()).toBe(0);
  });

  it('is for an approver too, who is named as the one who asked for it', async () => {
    await removed('socket', { APPROVERS: 'U0BOB' });
    const bob = stage.slack.person('bob');
    stage.support.members.add(bob.id);
    await bob.presses(BUTTON);
    await bob.seesModal(/Add \+1 205 249 9136 back to “Launch crew”/);
    await bob.submits();
    await bob.seesModal(/This is recorded and Linq is being asked now/);
    await stage.passes(seconds(1));
    await told(/Adding back queued.*\n.*\nAsked for by @bob/);
    expect(sent()).toBe(1);
  });

  it('says why where it cannot be told whether a person is an approver', async () => {
    await removed('socket', { APPROVERS: 'S0LEADS' });
    const bob = stage.slack.person('bob');
    stage.support.members.add(bob.id);
    stage.slack.next('usergroups.users.list', { error: 'plan_upgrade_required' });
    await bob.presses(BUTTON);
    await bob.seesModal(/this workspace's plan has no user groups\. Nobody is added\./);
    expect(sent()).toBe(0);
  });

  it('comes back for another try when Linq refused', async () => {
    await removed();
    stage.linq.nextAddition(['refused', 2015]);
    await confirms();
    await told(/Not added back/);
    await stage.passes(seconds(1));
    expect(requestMessage(stage).shown).toContain(BUTTON);
    await confirms();
    await told(/Adding back queued/);
    expect(sent()).toBe(2);
    expect(repliesIn(stage)).toHaveLength(2);
  });

  it('is gone while somebody is being added back, and pressed before that it says so', async () => {
    await removed();
    const { alice, slack } = stage;
    slack.next('chat.update', { rateLimited: 60 });
    await confirms();
    await told(/Adding back queued/);
    await stage.passes(seconds(1));
    await alice.presses(BUTTON);
    await alice.seesModal(/nobody to add back here any more: .* once for each chat/);
    await alice.closes();
    await stage.passes(minutes(1));
    expect(requestMessage(stage).shown).not.toContain(BUTTON);
    expect(sent()).toBe(1);
  });
});

interface Trouble {
  readonly name: string;
  readonly fault: LinqFault;
  readonly words: RegExp;
}

const REFUSED: readonly Trouble[] = [
  { name: '1002', fault: ['refused', 1002], words: /Linq did not accept \+12052499136.*Nobody was added\./ },
  { name: '1005', fault: ['refused', 1005], words: /would not accept adding .* Nobody was added\./ },
  { name: '2001', fault: ['refused', 2001], words: /could not find “Launch crew”.* Nobody was added\./ },
  { name: '2004', fault: ['refused', 2004], words: /could not sign in to Linq\. Nobody was added\./ },
  { name: '2005', fault: ['refused', 2005], words: /no access to “Launch crew”.* Nobody was added\./ },
  { name: '2006', fault: ['refused', 2006], words: /no longer has the phone line.* Nobody was added\./ },
  { name: '2011', fault: ['refused', 2011], words: /not switched this on.* Nobody was added\./ },
  {
    name: '2013',
    fault: ['refused', 2013],
    words: /“Launch crew” \(…0000\) is unavailable.* Nobody was added\./,
  },
  { name: '2015', fault: ['refused', 2015], words: /does not fit the state .* Nobody was added\./ },
  {
    name: '2017',
    fault: ['refused', 2017],
    words: /probably an SMS group, or uses another service.* Nobody was added\./,
  },
  {
    name: 'a code new to us',
    fault: linqAnswers(418, { code: 9999 }),
    words: /Linq refused this\. Nobody was added\./,
  },
  {
    name: 'a wait for longer than the half hour that it has',
    fault: ['rate-limited', 1_801],
    words: /longer than the app waits\. Nobody was added\..*\nTry again after/,
  },
];

describe('a refusal', () => {
  it.each(REFUSED)(
    '($name) is said in words of its own, and nothing is sent again',
    async ({ fault, words }) => {
      await removed();
      stage.linq.nextAddition(fault);
      await confirms();
      await told(/Not added back/);
      expect(reply().shown).toMatch(words);
      expect(reply().shown).not.toMatch(/[Nn]obody was removed|removal/);
      for (let step = 0; step < 3; step++) await stage.passes(minutes(10));
      expect(sent()).toBe(1);
    },
  );

  it('is not waited for where our line has left: nothing is sent', async () => {
    await removed();
    stage.linq.ourLineLeaves(CHAT_ID);
    await confirms();
    await told(/Our line is no longer in “Launch crew”.* Nobody was added\./);
    expect(sent()).toBe(0);
  });

  it('is not waited for where too few are left: nothing is sent', async () => {
    await removed();
    for (const who of ['+12025550143', '+12025550144', 'sam@example.com']) stage.linq.leaves(CHAT_ID, who);
    await confirms();
    await told(/Fewer than 3 people are left in “Launch crew”.* Nobody was added\./);
    expect(sent()).toBe(0);
  });
});

describe('trouble at Linq', () => {
  beforeEach(() => removed());

  it('that asks us to come back is waited out', async () => {
    stage.linq.nextAddition(['rate-limited', 20]);
    await confirms();
    await told(
      /Linq is busy and asked us to slow down\. Nobody was added yet\..*\nTrying again at 10:00:23 UTC\./,
    );
    await stage.passes(seconds(19));
    expect(sent()).toBe(1);
    await stage.passes(seconds(1));
    expect(sent()).toBe(2);
    expect(reply().shown).toMatch(/Adding back queued/);
  });

  it('that puts us off for half an hour ends it, and nothing is sent after that', async () => {
    for (let attempt = 0; attempt < 100; attempt++) stage.linq.nextAddition(['refused', 2009]);
    await confirms();
    await told(/Linq is still setting up/);
    for (let step = 0; step < 59; step++) await stage.passes(seconds(30));
    expect(reply().shown).toMatch(/Linq is still setting up .* Nobody was added yet\./);
    expect(sent()).toBeGreaterThan(50);
    for (const wait of [30, 1]) await stage.passes(seconds(wait));
    expect(ending()).toMatch(/put us off until the time for this was over\. Nobody was added\./);
    const times = sent();
    for (let step = 0; step < 4; step++) await stage.passes(minutes(10));
    expect(sent()).toBe(times);
  });

  it.each<LinqFault & string>(['reset-after', 'cut', 'empty', 'broken'])(
    'that loses its answer (%s) is looked for in the member list, and not asked twice',
    async (fault) => {
      stage.linq.nextAddition(fault);
      await confirms();
      await told(/No answer yet, checking/);
      stage.linq.settles();
      await stage.passes(seconds(2));
      expect(reply().shown).toMatch(/^\*Back\*/);
      await stage.passes(minutes(31));
      expect(sent()).toBe(1);
    },
  );

  it('with an error of its own, which it may have acted in spite of, is looked for before it is asked again', async () => {
    stage.linq.nextAddition(['refused', 3006]);
    await confirms();
    await told(/Linq had an internal error\. It is not known yet whether it went through\./);
    const readings = () => stage.ledger.count('GET /v3/chats/{id}');
    const before = readings();
    await stage.passes(seconds(2) - 1);
    expect([readings() - before, sent()]).toEqual([0, 1]);
    await stage.passes(1);
    expect([readings() - before, sent()]).toEqual([1, 2]);
    stage.linq.settles();
    await stage.passes(seconds(2));
    expect(reply().shown).toMatch(/^\*Back\*/);
  });

  it('with an error of its own, in spite of which it did act, is found out by the look and not asked again', async () => {
    stage.linq.nextAddition(['acts-later', seconds(1), 3006]);
    await confirms();
    await told(/It is not known yet whether it went through/);
    await stage.passes(seconds(2));
    expect(reply().shown).toMatch(/^\*Back\*/);
    await stage.passes(minutes(31));
    expect(sent()).toBe(1);
  });

  it.each<[string, LinqFault]>([
    ['before it acted', 'reset-before'],
    ['in a gateway', ['status', 504]],
  ])('%s is looked for first, and asked again half a minute later', async (_what, fault) => {
    stage.linq.nextAddition(fault);
    await confirms();
    await told(/It is not known yet whether it went through/);
    for (const wait of [2, 2, 4, 7, 14]) await stage.passes(seconds(wait));
    expect(sent()).toBe(1);
    await stage.passes(seconds(1));
    expect(sent()).toBe(2);
    stage.linq.settles();
    await stage.passes(seconds(2));
    expect(reply().shown).toMatch(/^\*Back\*/);
  });

  it('that never does what it accepted ends without proof, and without a claim', async () => {
    stage.linq.nextAddition('never-settles');
    await confirms();
    await told(/Adding back queued/);
    for (let minute = 0; minute < 31; minute++) await stage.passes(minutes(1));
    expect(ending()).toMatch(
      /Not confirmed: “Launch crew” \(…0000\) still does not list \+12052499136\. Linq gave no reason\. It is not confirmed that anybody was added\./,
    );
    expect(sent()).toBe(1);
    expect(requestMessage(stage).shown).toContain(BUTTON);
  });

  it('is none where somebody else was quicker', async () => {
    const entry = stage.chat.handles.find(({ handle }) => handle === PAT);
    if (entry) entry.status = 'active';
    await confirms();
    await told(/Already back.*\n“Launch crew” \(…0000\) listed \+12052499136 as a member already/);
    expect(sent()).toBe(0);
  });
});

describe('telling it in the thread', () => {
  beforeEach(() => removed());

  it.each<[string, SlackFault]>([
    ['is busy', { rateLimited: 3 }],
    ['is down', { status: 500 }],
    ['breaks off', 'reset'],
  ])('waits while Slack %s, and Linq does not wait for it', async (_what, fault) => {
    stage.slack.next('chat.postMessage', fault);
    await confirms();
    await stage.ledger.until(() => sent() === 1, 'the POST');
    await stage.app.idle();
    expect(repliesIn(stage)).toHaveLength(0);
    stage.linq.settles();
    await stage.passes(seconds(4));
    await stage.passes(seconds(4));
    expect(reply().shown).toMatch(/^\*Back\*/);
    expect(sent()).toBe(1);
  });

  it('is repeated once at most when nobody knows whether Slack posted it', async () => {
    stage.slack.next('chat.postMessage', 'lost-reply');
    stage.slack.next('chat.postMessage', 'lost-reply');
    await confirms();
    await told(/Adding back queued/);
    for (let step = 0; step < 5; step++) await stage.passes(seconds(10));
    expect(repliesIn(stage)).toHaveLength(2);
  });

  it('goes to the person directly where the thread is closed', async () => {
    stage.slack.next('chat.postMessage', { error: 'is_archived' });
    await confirms();
    await stage.alice.sees(/Adding back queued/);
    stage.linq.settles();
    await stage.passes(seconds(2));
    expect(stage.alice.directMessages.map(({ shown }) => shown.split('\n')[0])).toEqual([
      '*Back*  :white_check_mark:',
    ]);
    expect(repliesIn(stage)).toHaveLength(0);
  });
});

describe.each(MODES)('a restart, in %s mode', (mode) => {
  beforeEach(() => removed(mode));

  it('while Linq is being asked looks first, then goes on', async () => {
    let open = () => {};
    stage.linq.nextAddition([
      'slow',
      new Promise<void>((resolve) => {
        open = resolve;
      }),
    ]);
    await confirms();
    await stage.ledger.until(() => sent() === 1, 'the POST');
    const restarted = stage.restarts();
    stage.linq.settles();
    open();
    await restarted;
    for (let step = 0; step < 4; step++) await stage.passes(seconds(20));
    expect(reply().shown).toMatch(/^\*Back\*/);
    expect(sent()).toBe(1);
  });

  it('before proof goes on looking, and edits the same reply', async () => {
    await confirms();
    await told(/Adding back queued/);
    await stage.restarts();
    stage.linq.settles();
    await stage.passes(seconds(2));
    expect(reply().shown).toMatch(/^\*Back\*/);
  });
});

describe('after a removal from several chats', () => {
  beforeEach(async () => {
    stage = await stageWithChats(3);
    await chooses(stage, 1, 2, 3);
    stage.linq.nextRemoval(['refused', 2013], '00000000-0000-4000-8000-000000000003');
    await stage.alice.submits();
    await stage.alice.closes();
    await stage.alice.sees(/2 of 3 queued, 1 refused/);
    stage.linq.settles();
    for (const wait of [2, 1, 1]) await stage.passes(seconds(wait));
  });

  /** Before them the thread was told which chat was refused. */
  const additions = () => {
    const [ring, ...others] = repliesIn(stage);
    expect(ring?.text).toMatch(/^<@U0ALICE> • “Group 3” \(…0003\): Not removed\. .*Nobody was removed/);
    return others.map(({ shown }) => shown);
  };

  it('offers those that were proven, and adds back to those that were chosen', async () => {
    const { alice, ledger, linq } = stage;
    await pressesAddBack();
    expect(alice.modalText()).toMatch(/To which chats should \+1 202-?\s?555-?\s?0177 be added back\?/);
    expect(alice.modalText()).toContain(offered(1));
    expect(alice.modalText()).not.toContain(offered(3));
    expect((await alice.submits()).errors).toEqual({ Chats: expect.any(String) });
    alice.fills({ Chats: [offered(2)] });
    await alice.submits();
    await alice.closes();
    await told(/Adding back queued/);
    linq.settles();
    await stage.passes(seconds(2));
    expect(additions()).toEqual([expect.stringMatching(/\+12025550177 is in “Group 2” \(…0002\) again/)]);
    expect(ledger.of(ADDITION)).toHaveLength(1);
    await stage.passes(seconds(2));

    // The other one is still to be had.
    await pressesAddBack();
    expect(alice.modalText()).toMatch(/back to “Group 1” \(…0001\)\?/);
  });

  it('each ends on its own, in the one reply about both', async () => {
    const { alice, linq } = stage;
    linq.nextAddition(['refused', 2017], '00000000-0000-4000-8000-000000000001');
    await pressesAddBack();
    alice.fills({ Chats: [offered(1), offered(2)] });
    await alice.submits();
    await told(/Adding \+12025550177 back to 2 chats\n1 of 2 queued, 1 refused\./);
    linq.settles();
    await stage.passes(seconds(2));
    expect(additions()).toEqual([
      expect.stringMatching(
        /^\*Finished\*.*\nAsked to add \+12025550177 back to 2 chats\n1 of 2 back, 1 refused\.\n• “Group 1” \(…0001\): Not added back\. Linq cannot add members to this kind of chat .* Nobody was added\..*\n• “Group 2” \(…0002\): Back\n/,
      ),
    ]);
    await stage.passes(seconds(2));
    expect(additions()[1]).toMatch(
      /@alice this did not end as asked\.\n• “Group 1” \(…0001\): Not added back\./,
    );
    expect(requestMessage(stage).shown).toContain(BUTTON);
  });
});

it('is told once where Linq’s events also say it', async () => {
  stage = await setStageWithWebhooks();
  await approves(stage.alice);
  await stage.alice.sees(/Removal queued/);
  stage.linq.settles();
  await stage.ledger.until(() => stage.ledger.count('participant.removed') === 1, 'the event');
  await stage.passes(seconds(2));
  await confirms();
  await told(/Adding back queued/);
  stage.linq.settles();
  const { ledger } = stage;
  await ledger.until(() => ledger.of('participant.added')[0]?.answer === 200, 'the event to be taken');
  await stage.passes(seconds(1));
  await told(/^\*Back\*/);
  await stage.passes(seconds(2));
  expect(repliesIn(stage)).toHaveLength(1);
  await stage.alice.runs('/linq-remove history');
  await stage.alice.seesModal(/Was added back/);
});

it('offers as many chats as a menu holds', async () => {
  stage = await stageWithChats(12);
  await chooses(stage, ...upTo(12));
  await stage.alice.submits();
  await stage.alice.closes();
  await stage.alice.sees(/12 of 12 queued/);
  stage.linq.settles();
  for (let step = 0; step < 3; step++) await stage.passes(seconds(2));
  await pressesAddBack();
  expect(stage.alice.modal?.view.blocks.find(({ type }) => type === 'input')?.element?.type).toBe(
    'multi_static_select',
  );
  expect(stage.alice.modalText()).toContain(offered(12));
});
