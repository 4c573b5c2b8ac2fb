import { createHandle } from '../../simulator/linq/chats.js';
import type { Person } from '../../simulator/slack/person.js';
import type { HistoryKind } from '../../src/removal/history.js';
import { openDatabase } from '../../src/store/database.js';
import { createHistory } from '../../src/store/history-store.js';
import { minutes, seconds } from '../support/clock.js';
import {
  approves,
  BOTH,
  CHAT_ID,
  linqAnswers,
  MODES,
  onlyMessage,
  PAT,
  type Stage,
  setStage,
} from '../support/stage.js';

const ALWAYS = { APPROVAL: 'always', APPROVERS: 'U0BOB,S0LEADS' };

let stage: Stage;
let bob: Person;
let carol: Person;
afterEach(() => stage.stop());

async function setUp(options: Parameters<typeof setStage>[0] = {}): Promise<void> {
  stage = await setStage({ ...options, env: { ...ALWAYS, ...options.env } });
  [bob, carol] = [comes('bob'), comes('carol')];
  stage.slack.usergroups.set('S0LEADS', new Set([carol.id]));
}

function comes(name: string): Person {
  const person = stage.slack.person(name);
  stage.support.members.add(person.id);
  return person;
}

async function asks(command = `/linq-remove ${BOTH}`, where?: { in: string }): Promise<void> {
  await approves(stage.alice, command, where);
  await stage.alice.sees(/[Ww]aiting for approval/);
  await stage.app.idle();
}

async function reviews(person: Person): Promise<void> {
  await person.presses('Review');
  await person.seesModal(/Review removal/);
}

/** An edit waits a second for its message to be readable. */
async function becomes(pattern: RegExp): Promise<void> {
  await stage.passes(seconds(1));
  await stage.alice.sees(pattern);
}

async function declines(person: Person, why: string): Promise<void> {
  await person.presses('Decline …');
  await person.seesModal(/Nobody is removed when you decline/);
  person.fills({ 'Why not?': why });
  await person.submits();
}

const nothingRemoved = () => expect(stage.linq.deletes).toEqual([]);

async function history() {
  await stage.app.idle();
  const db = await openDatabase(stage.databaseUrl);
  const records = await createHistory(db).page({ since: null, until: null, after: null, limit: 100 });
  await db.destroy();
  return records;
}

const entries = async (kind: HistoryKind) => (await history()).filter((record) => record.kind === kind);

describe.each(MODES)('a removal that somebody else has to approve, in %s mode', (mode) => {
  beforeEach(() => setUp({ mode }));

  it('waits in the conversation, is reviewed afresh, and goes on in the same message', async () => {
    const { alice, linq, passes } = stage;
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/This must be approved by somebody else before anything is removed/);
    alice.fills({ Reason: 'left the company' });
    await alice.submits();
    await alice.seesModal(/Waiting for approval/);
    const waiting = await bob.sees(/Waiting for approval/, { in: stage.support.id });
    expect(waiting.text).toMatch(
      /^Waiting for approval: Remove \+12052499136 from “Launch crew” \(…0000\)\?/,
    );
    expect(waiting.text).toMatch(
      /<@U0ALICE> asks for this.*one of <@U0BOB>, <!subteam\^S0LEADS> approves it/,
    );
    expect(waiting.text).toMatch(/Reason: left the company/);
    nothingRemoved();

    await reviews(bob);
    expect(bob.modalText()).toMatch(/alice asks for your approval/);
    expect(bob.modalText()).toMatch(/Reason: left the company/);
    expect(bob.modalText()).toMatch(/Remove \+1 205 249 9136 from “Launch crew”/);
    expect(bob.modalText()).toMatch(/\+12052499136 {2}\(will be removed\)/);
    nothingRemoved();
    await bob.submits();
    await bob.seesModal(/Your approval is recorded/);
    await becomes(/Removal queued/);
    await passes(seconds(1));
    linq.settles();
    await passes(seconds(2));
    const message = onlyMessage(stage);
    expect(message.ts).toBe(waiting.ts);
    expect(message.text).toMatch(/Removed: .*Asked for by <@U0ALICE>\. Approved by <@U0BOB>\./s);
    expect(linq.deletes).toMatchObject([{ chatId: CHAT_ID, handle: PAT }]);
    expect(await entries('approval-asked')).toMatchObject([
      { requestedBy: alice.id, chatId: CHAT_ID, handle: PAT, shown: expect.stringMatching(/Launch crew/) },
    ]);
    expect(await entries('approved')).toMatchObject([
      { requestedBy: alice.id, decidedBy: bob.id, shown: expect.stringMatching(/Review removal/) },
    ]);
  });

  it('is not removed when it is declined, and the person who asked hears why', async () => {
    const { support, slack, passes } = stage;
    await asks();
    await reviews(bob);
    await declines(bob, 'that is our <!channel> customer');
    await bob.seesModal(/Nothing is removed/);
    await becomes(/Declined/);
    await passes(seconds(1));
    const [message, reply, ...others] = slack.messagesIn(support.id);
    expect(message?.text).toMatch(
      /^Declined: Nothing was removed.* Declined by <@U0BOB>\. Why: that is our &lt;!channel&gt; customer/,
    );
    expect(reply?.thread_ts).toBe(message?.ts);
    expect(reply?.text).toMatch(/^<@U0ALICE> Declined by <@U0BOB>/);
    expect(others).toEqual([]);
    await expect(carol.presses('Review')).rejects.toThrow('no button');
    nothingRemoved();
    expect(await entries('approval-declined')).toMatchObject([
      { decidedBy: bob.id, note: 'that is our <!channel> customer', chatId: CHAT_ID },
    ]);
  });

  it('ends in one decision however many approvers press at once', async () => {
    await asks();
    await reviews(bob);
    await reviews(carol);
    const clicks = Array.from({ length: 50 }, (_, index) => (index % 2 ? bob : carol).submits());
    const answers = await Promise.all(clicks);
    await becomes(/Removal queued/);
    await stage.app.idle();
    expect(stage.linq.deletes).toHaveLength(1);
    const approved = await entries('approved');
    expect(approved).toHaveLength(1);
    expect(onlyMessage(stage).text).toContain(`Approved by <@${approved[0]?.decidedBy}>.`);
    // Fifty presses at once take a while: some were answered behind a loading view, or too late for Slack.
    const told = answers.map(({ body }) => JSON.stringify(body));
    const [winner, loser] = approved[0]?.decidedBy === bob.id ? [1, carol] : [0, bob];
    const toldLoser = told.filter((_words, index) => index % 2 !== winner);
    expect(toldLoser.filter((words) => /approval is recorded/.test(words))).toEqual([]);
    await loser.seesModal(/has already approved this/);
  });

  it('ends in one decision when one approves and another declines at once', async () => {
    await asks();
    await reviews(bob);
    await reviews(carol);
    await carol.presses('Decline …');
    await carol.seesModal(/Nobody is removed when you decline/);
    carol.fills({ 'Why not?': 'no' });
    await Promise.all([bob.submits(), carol.submits()]);
    await stage.app.idle();
    await stage.passes(seconds(1));
    const decisions = (await history()).filter(
      ({ kind }) => kind === 'approved' || kind === 'approval-declined',
    );
    expect(decisions).toHaveLength(1);
    expect(stage.linq.deletes).toHaveLength(decisions[0]?.kind === 'approved' ? 1 : 0);
  });
});

describe('nobody approves their own request', () => {
  it('not by the button, not by a window that is not theirs', async () => {
    await setUp({ env: { APPROVERS: 'U0ALICE,U0BOB' } });
    const { alice, slack } = stage;
    await asks();
    await alice.presses('Review');
    await alice.seesModal(/nobody approves their own request.*bob/);
    await reviews(bob);
    const { view } = bob.modal ?? {};
    await alice.closes();
    await alice.runs('/linq-remove');
    await alice.seesModal(/Remove participant/);
    await alice.submits();
    const forged = await slack.deliverAltered((payload) => ({
      ...payload,
      view: { ...Object(payload.view), callback_id: 'decision', private_metadata: view?.private_metadata },
    }));
    expect(JSON.stringify(forged.body)).toMatch(/nobody approves their own request/);
    await stage.app.idle();
    nothingRemoved();
    expect(await entries('access-refused')).toMatchObject([
      { requestedBy: alice.id, reason: 'own-request' },
      { requestedBy: alice.id, reason: 'own-request' },
    ]);
  });

  it('not as a member of a group that may', async () => {
    await setUp();
    stage.slack.usergroups.get('S0LEADS')?.add(stage.alice.id);
    await asks();
    await stage.alice.presses('Review');
    await stage.alice.seesModal(/nobody approves their own request/);
    nothingRemoved();
  });

  it('not by trying it again: that asks somebody else anew', async () => {
    await setUp();
    const { linq } = stage;
    await asks();
    linq.nextRemoval(linqAnswers(403, { code: 1005, message: 'Not for you' }));
    await reviews(bob);
    await bob.submits();
    await becomes(/Not removed/);
    await bob.presses('Retry');
    await bob.seesModal(/Review removal/);
    await bob.submits();
    await bob.seesModal(/Waiting for approval/);
    await stage.app.idle();
    await bob.presses('Review');
    await bob.seesModal(/nobody approves their own request/);
    expect(linq.deletes).toHaveLength(1);
  });

  it('and somebody who is the only one that may is told so when they ask', async () => {
    await setUp({ env: { APPROVERS: 'U0ALICE' } });
    await stage.alice.runs(`/linq-remove ${BOTH}`);
    await stage.alice.seesModal(/Review removal/);
    const { errors } = await stage.alice.submits();
    expect(errors?.Reason).toMatch(/^Nobody else is named who may approve this/);
    nothingRemoved();
  });
});

describe('somebody who is not an approver', () => {
  beforeEach(() => setUp());

  it('sees nothing of it', async () => {
    const mallory = comes('mallory');
    await asks();
    await mallory.presses('Review');
    await mallory.seesModal(/You are not among the people who may do this.*bob/);
    expect(mallory.modalText()).not.toMatch(/Launch crew/);
    expect(await entries('access-refused')).toMatchObject([{ requestedBy: mallory.id, reason: 'person' }]);
  });

  it('any more when they approve, approves nothing', async () => {
    await asks();
    await reviews(carol);
    stage.slack.usergroups.get('S0LEADS')?.delete(carol.id);
    stage.clock.advance(minutes(1));
    await carol.submits();
    await carol.seesModal(/You are not among the people who may do this/);
    await stage.app.idle();
    nothingRemoved();
  });

  it('because Slack cannot say so, approves nothing', async () => {
    await asks();
    stage.clock.advance(minutes(1));
    stage.slack.next('usergroups.users.list', { error: 'plan_upgrade_required' });
    await carol.presses('Review');
    await carol.seesModal(/no user groups/);
    nothingRemoved();
  });
});

function joins(handle: string): void {
  const { handles } = stage.linq.chat(CHAT_ID);
  handles.push(createHandle(handle, 'iMessage', stage.clock.now(), false));
}

describe('what an approver saw', () => {
  beforeEach(async () => {
    await setUp();
    await asks();
    await reviews(bob);
  });

  it.each<[string, () => void]>([
    ['a member more', () => joins('+12025550199')],
    ['a member less', () => stage.linq.leaves(CHAT_ID, '+12025550143')],
    ['another name', () => stage.linq.rename(CHAT_ID, 'Finance')],
  ])('is not what they approve when there is %s: they are asked again', async (_what, change) => {
    change();
    await bob.submits();
    await bob.seesModal(/This changed after it was shown to you/);
    await stage.app.idle();
    nothingRemoved();
    expect(await entries('approval-outdated')).toMatchObject([{ decidedBy: bob.id, chatId: CHAT_ID }]);
    await bob.submits();
    await becomes(/Removal queued/);
    expect(stage.linq.deletes).toHaveLength(1);
  });

  it('cannot be approved any more when the person has left', async () => {
    stage.linq.leaves(CHAT_ID, PAT);
    await bob.submits();
    await bob.seesModal(/This changed after it was shown to you/);
    expect(bob.modal?.view.submit).toBeUndefined();
    await declines(bob, 'gone already');
    await becomes(/Declined/);
    nothingRemoved();
  });
});

describe('a request that nobody decides', () => {
  beforeEach(() => setUp({ env: { APPROVAL_EXPIRES_HOURS: '1' } }));

  it('outlives a restart and can then be approved', async () => {
    await asks();
    await stage.restarts();
    await reviews(bob);
    await bob.submits();
    await becomes(/Removal queued/);
    expect(onlyMessage(stage).text).toMatch(/Approved by <@U0BOB>/);
  });

  it('expires, also over a restart, and says that nothing was removed', async () => {
    const { slack, support, passes, clock } = stage;
    await asks();
    await reviews(bob);
    await stage.app.idle();
    clock.advance(minutes(60));
    await stage.restarts();
    for (const wait of [0, 1]) await passes(seconds(wait));
    const [message, reply] = slack.messagesIn(support.id);
    expect(message?.text).toMatch(/^Expired: Nothing was removed/);
    expect(reply?.text).toMatch(/^<@U0ALICE> Nobody approved this in time/);
    await bob.submits();
    await bob.seesModal(/Nobody approved this in time, so nothing was removed/);
    await passes(minutes(1));
    nothingRemoved();
    expect(await entries('approval-expired')).toMatchObject([
      { requestedBy: stage.alice.id, decidedBy: null },
    ]);
  });

  it('cannot be approved from the moment on in which it expires, though the loop is late', async () => {
    await asks();
    await reviews(bob);
    stage.clock.advance(minutes(60));
    await bob.submits();
    await bob.seesModal(/Nobody approved this in time/);
    await stage.app.idle();
    nothingRemoved();
  });
});

describe('many chats at once', () => {
  const names = ['Alpha', 'Beta', 'Gamma'];

  beforeEach(async () => {
    await setUp({ env: { APPROVAL: 'bulk', APPROVAL_BULK_ABOVE: '2' } });
    for (const name of names) {
      stage.linq.addChat({ name, members: [PAT, '+12025550143', '+12025550144', 'sam@example.com'] });
    }
  });

  async function asksFor(count: number): Promise<void> {
    const { alice } = stage;
    await alice.runs(`/linq-remove ${PAT}`);
    await alice.seesModal(/Remove participant/);
    await alice.submits();
    const input = alice.modal?.view.blocks.find(({ type }) => type === 'input');
    const labels = (input?.element?.options ?? []).map(({ text }) => text.text);
    alice.fills({ Chats: labels.slice(0, count) });
    await alice.submits();
  }

  it('need no approval up to the limit', async () => {
    await asksFor(2);
    await stage.alice.sees(/2 of 2 queued/);
  });

  it('need it above: the approver sees them all, and what changed in any of them asks again', async () => {
    await asksFor(4);
    const waiting = await bob.sees(/Waiting for approval/);
    expect(waiting.text).toMatch(/Remove \+12052499136 from 4 chats\?/);
    for (const name of [...names, 'Launch crew']) expect(waiting.shown).toContain(name);
    await reviews(bob);
    expect(bob.modalText()).toMatch(/Remove \+1 205 249 9136 from these 4 chats\?/);
    expect(bob.modalText()).toMatch(/“Beta” \(….{4}\): .*5 people, 4 remain/);
    stage.linq.leaves(CHAT_ID, PAT);
    await bob.submits();
    await bob.seesModal(/This changed after it was shown to you/);
    expect(bob.modalText()).toMatch(/Not possible/);
    await bob.submits();
    await becomes(/3 of 4 queued, 1 not possible any more/);
    await stage.app.idle();
    expect(stage.linq.deletes).toHaveLength(3);
    expect(stage.linq.deletes.map(({ chatId }) => chatId)).not.toContain(CHAT_ID);
  });
});

describe('the request', () => {
  it('shows no full handle in the conversation where handles are masked, and all of it to the approver', async () => {
    await setUp({ env: { HANDLE_DISPLAY: 'masked' } });
    await asks();
    const message = onlyMessage(stage);
    expect(JSON.stringify([message.text, message.blocks])).not.toContain(PAT.slice(2));
    expect(message.text).toMatch(/Remove …9136 from/);
    await reviews(bob);
    expect(bob.modalText()).toContain(PAT);
  });

  it('is sent to each approver where only an answer to the command can be posted', async () => {
    await setUp();
    const random = stage.slack.addChannel({
      name: 'random',
      kind: 'public',
      members: ['alice', 'bob'],
      bot: false,
    });
    await asks(`/linq-remove ${BOTH}`, { in: random.id });
    await stage.alice.sees(/It waits in a direct message to @bob, @carol/, { in: random.id });
    await reviews(bob);
    await bob.submits();
    await stage.ledger.until(() => stage.linq.deletes.length === 1, 'the removal');
    stage.linq.settles();
    await stage.passes(seconds(2));
    await stage.alice.sees(/Removed/, { in: random.id });
    expect(bob.directMessages[0]?.shown).toMatch(/Approved by @bob/);
  });

  it('is asked once however often its window is submitted', async () => {
    await setUp();
    await asks();
    await stage.slack.redeliver();
    await stage.app.idle();
    onlyMessage(stage);
    expect(await entries('approval-asked')).toHaveLength(1);
  });
});
