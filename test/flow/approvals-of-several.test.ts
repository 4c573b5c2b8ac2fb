import { createHandle } from '../../simulator/linq/chats.js';
import { type ApprovalStage, setApprovals } from '../support/approvers.js';
import { minutes, seconds } from '../support/clock.js';
import { CHAT_ID, ENGINES, MODES, onlyMessage, PAT, type StageOptions } from '../support/stage.js';

const TWO = { APPROVALS_NEEDED: '2' };
const EVERYWHERE = MODES.flatMap((mode) => ENGINES.map((engine) => ({ mode, engine })));

let scene: ApprovalStage;
afterEach(() => scene.stage.stop());

async function setUp(options: StageOptions = {}): Promise<void> {
  scene = await setApprovals({ ...options, env: { ...TWO, ...options.env } });
}

const deletes = () => scene.stage.linq.deletes;
const message = () => onlyMessage(scene.stage);

function joins(handle: string): void {
  const { stage } = scene;
  stage.linq.chat(CHAT_ID).handles.push(createHandle(handle, 'iMessage', stage.clock.now(), false));
}

describe.each(EVERYWHERE)('a removal that two people have to approve ($mode, $engine)', (where) => {
  beforeEach(() => setUp(where));

  it('waits for the second one, over a restart, and says who has approved', async () => {
    const { stage, bob, carol } = scene;
    await scene.asks();
    expect(message().text).toMatch(/before 2 of <@U0BOB>, <!subteam\^S0LEADS> approve it/);
    await scene.reviews(bob);
    expect(bob.modal?.view.submit?.text).toBe('Approve');
    await bob.submits();
    await bob.seesModal(
      /Your approval is recorded\. One more approval is needed\. Nothing is removed before/,
    );
    await scene.becomes(/Approved by @bob\. One more approval is needed/);
    await bob.presses('Review');
    await bob.seesModal(/You have approved this\. One more approval is needed/);
    expect(bob.modal?.view.submit).toBeUndefined();
    expect(deletes()).toEqual([]);
    await stage.restarts();
    await scene.reviews(carol);
    expect(carol.modalText()).toMatch(/2 different people have to approve this\. Approved by @bob/);
    await carol.submits();
    await carol.seesModal(/Linq is being asked now/);
    await scene.becomes(/Removal queued/);
    expect(message().text).toMatch(/Approved by <@U0BOB>, <@U0CAROL>\./);
    expect(deletes()).toMatchObject([{ chatId: CHAT_ID, handle: PAT }]);
    expect(await scene.entries('approval-given')).toMatchObject([
      { decidedBy: bob.id, shown: expect.stringMatching(/Review removal/) },
    ]);
    expect(await scene.entries('approved')).toMatchObject([
      { decidedBy: carol.id, shown: expect.stringMatching(/Approved by/) },
    ]);
  });

  it('is approved by two at once, and the third comes too late', async () => {
    const { bob, carol, dave } = scene;
    await scene.asks();
    for (const person of [bob, carol, dave]) await scene.reviews(person);
    await Promise.all([bob.submits(), carol.submits()]);
    await dave.submits();
    await dave.seesModal(/has already approved this/);
    await scene.becomes(/Removal queued/);
    expect(deletes()).toHaveLength(1);
    expect(message().text).toMatch(/Approved by (<@U0BOB>, <@U0CAROL>|<@U0CAROL>, <@U0BOB>)\./);
  });

  it('counts one of three who press at once too little, never too much', async () => {
    const { bob, carol, dave } = scene;
    await scene.asks();
    const three = [bob, carol, dave];
    for (const person of three) await scene.reviews(person);
    await Promise.all(three.map((person) => person.submits()));
    await scene.becomes(/Removal queued/);
    expect(deletes()).toHaveLength(1);
    const names = /Approved by ([^.]+)\./.exec(message().text)?.[1]?.split(', ');
    expect(new Set(names).size).toBe(2);
  });

  it('is not approved by fifty clicks of one person', async () => {
    const { bob, carol } = scene;
    await scene.asks();
    await scene.reviews(bob);
    await Promise.all(Array.from({ length: 50 }, () => bob.submits()));
    await scene.becomes(/One more approval is needed/);
    expect(await scene.entries('approval-given')).toHaveLength(1);
    expect(deletes()).toEqual([]);
    await scene.approves(carol);
    await scene.becomes(/Removal queued/);
    expect(deletes()).toHaveLength(1);
  });

  it('is ended by one decline', async () => {
    const { bob, carol, dave } = scene;
    await scene.asks();
    await scene.reviews(dave);
    await scene.approves(bob);
    await scene.declines(carol, 'still a customer');
    await scene.becomes(/Declined by @carol/);
    await dave.submits();
    await dave.seesModal(/has already declined this/);
    expect(deletes()).toEqual([]);
  });
});

describe('what two people approve', () => {
  beforeEach(() => setUp());

  it('is the same: a change in the chat takes the first approval back and says so', async () => {
    const { stage, bob, carol } = scene;
    await scene.asks();
    await scene.approves(bob);
    await stage.app.idle();
    joins('+12025550199');
    await scene.reviews(carol);
    expect(carol.modalText()).toMatch(/What is shown here is not what @bob approved/);
    expect(carol.modal?.view.submit?.text).toBe('Approve');
    await carol.submits();
    await carol.seesModal(/One more approval is needed/);
    await scene.becomes(
      /The chats changed after @bob approved this, so that does not count any more\. Approved by @carol/,
    );
    expect(deletes()).toEqual([]);
    await scene.approves(bob);
    await scene.becomes(/Removal queued/);
    expect(message().text).toMatch(/Approved by <@U0CAROL>, <@U0BOB>\./);
  });

  it('is taken back too when the change is noticed while the second one approves', async () => {
    const { stage, bob, carol } = scene;
    await scene.asks();
    await scene.approves(bob);
    await stage.app.idle();
    await scene.reviews(carol);
    stage.linq.rename(CHAT_ID, 'Finance');
    await carol.submits();
    await carol.seesModal(/This changed after it was shown to you/);
    await scene.becomes(/does not count any more\. 2 more approvals are needed/);
    await carol.submits();
    await carol.seesModal(/One more approval is needed/);
    expect(deletes()).toEqual([]);
  });

  it('is not what Linq cannot show', async () => {
    const { stage, bob, carol } = scene;
    await scene.asks();
    await scene.approves(bob);
    await stage.app.idle();
    stage.linq.nextRead('reset-before');
    await carol.presses('Review');
    await carol.seesModal(/Review removal/);
    expect(carol.modal?.view.submit).toBeUndefined();
  });
});

describe('who approves', () => {
  it('is still somebody else when the asker is in a group of approvers', async () => {
    await setUp();
    const { stage } = scene;
    stage.slack.usergroups.get('S0LEADS')?.add(stage.alice.id);
    await scene.asks();
    await scene.approves(scene.bob);
    await stage.alice.presses('Review');
    await stage.alice.seesModal(/nobody approves their own request/);
    await stage.passes(seconds(1));
    expect(deletes()).toEqual([]);
  });

  it.each<[string, (scene: ApprovalStage) => void, RegExp]>([
    [
      'was deactivated',
      ({ stage }) => Object.assign(stage.slack.users.get(stage.alice.id) ?? {}, { deleted: true }),
      /alice has been deactivated in Slack/,
    ],
    [
      'was taken out of the group',
      ({ stage }) => stage.slack.usergroups.get('S0ASKERS')?.delete(stage.alice.id),
      /alice is not among the people who may ask for removals any more/,
    ],
    [
      'is a guest now',
      ({ stage }) => Object.assign(stage.slack.users.get(stage.alice.id) ?? {}, { isRestricted: true }),
      /alice is a guest of this workspace now/,
    ],
  ])('cannot approve what a person asked for who %s: nothing is sent', async (_what, change, words) => {
    scene = await setApprovals({ env: { ALLOWED_USERGROUPS: 'S0ASKERS' } });
    const { stage, bob, carol } = scene;
    stage.slack.usergroups.set('S0ASKERS', new Set([stage.alice.id]));
    await scene.asks();
    await scene.reviews(bob);
    change(scene);
    stage.clock.advance(minutes(1));
    await bob.submits();
    await bob.seesModal(words);
    expect(bob.modalText()).toMatch(/Nothing was decided, and nothing is removed/);
    await carol.presses('Review');
    await carol.seesModal(words);
    await stage.passes(seconds(1));
    expect(deletes()).toEqual([]);
    expect(await scene.entries('access-refused')).toMatchObject([
      { requestedBy: bob.id, reason: 'asker' },
      { requestedBy: carol.id, reason: 'asker' },
    ]);
    await carol.presses('Decline …');
    await carol.seesModal(/Nobody is removed when you decline/);
  });
});

describe('an earlier approver', () => {
  beforeEach(async () => {
    await setUp();
    await scene.asks();
    await scene.approves(scene.carol);
    await scene.stage.app.idle();
    await scene.reviews(scene.bob);
  });

  it.each<[string, (scene: ApprovalStage) => void]>([
    [
      'was deactivated',
      ({ stage, carol }) => Object.assign(stage.slack.users.get(carol.id) ?? {}, { deleted: true }),
    ],
    [
      'was taken out of the group',
      ({ stage, carol }) => stage.slack.usergroups.get('S0LEADS')?.delete(carol.id),
    ],
  ])('who %s does not count any more, and the message says so', async (_what, change) => {
    const { stage, bob, dave } = scene;
    change(scene);
    stage.clock.advance(minutes(1));
    await bob.submits();
    await bob.seesModal(/Your approval is recorded\. One more approval is needed/);
    await scene.becomes(
      /@carol approved this and may not any more, so that does not count\. Approved by @bob\. One more/,
    );
    expect(deletes()).toEqual([]);
    await scene.approves(dave);
    await scene.becomes(/Removal queued/);
    expect(message().text).toMatch(/Approved by <@U0BOB>, <@U0DAVE>\./);
  });

  it('of whom Slack does not say whether they still may holds the next one up, not for good', async () => {
    const { stage, bob } = scene;
    stage.clock.advance(minutes(1));
    stage.slack.next('usergroups.users.list', 'reset');
    await bob.submits();
    await bob.seesModal(
      /It cannot be told whether @carol, who approved this before, still may.*Nothing was decided, and nothing is removed/,
    );
    await stage.passes(seconds(1));
    expect(deletes()).toEqual([]);
    await scene.approves(bob);
    await scene.becomes(/Removal queued/);
    expect(message().text).toMatch(/Approved by <@U0CAROL>, <@U0BOB>\./);
  });
});
