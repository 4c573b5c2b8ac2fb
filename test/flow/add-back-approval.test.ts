import type { Person } from '../../simulator/slack/person.js';
import { type ApprovalStage, setApprovals } from '../support/approvers.js';
import {
  addChats,
  chatIdOf,
  chooses,
  MAX,
  offered,
  repliesIn,
  requestMessage,
  upTo,
} from '../support/chats.js';
import { minutes, seconds } from '../support/clock.js';
import { CHAT_ID, ENGINES, MODES, PAT, type StageOptions } from '../support/stage.js';

const ADDITION = 'POST /v3/chats/{id}/participants';
const BUTTON = 'Add back…';
const TWO = { APPROVALS_NEEDED: '2' };
const EVERYWHERE = MODES.flatMap((mode) => ENGINES.map((engine) => ({ mode, engine })));

let scene: ApprovalStage;
afterEach(() => scene.stage.stop());

/** Pat was removed from the launch crew with as many approvals as are needed, and the member list shows it. */
async function removed(options: StageOptions = {}): Promise<void> {
  scene = await setApprovals(options);
  const { stage, bob, carol } = scene;
  await scene.asks();
  await scene.approves(bob);
  await bob.closes();
  if (options.env?.APPROVALS_NEEDED === '2') {
    await scene.approves(carol);
    await carol.closes();
  }
  await scene.becomes(/Removal queued/);
  await proven();
  expect(requestMessage(stage).shown).toMatch(/^\*Removed\*/);
}

async function proven(): Promise<void> {
  const { stage } = scene;
  stage.linq.settles();
  for (const _step of [1, 2, 3]) await stage.passes(seconds(1));
  await stage.app.idle();
}

/** The person presses “Add back…” on the removal, and asks. */
async function asksBack(by: Person = scene.stage.alice): Promise<void> {
  const { stage } = scene;
  await by.presses(BUTTON);
  await by.seesModal(/must be approved by somebody else before anybody is added/);
  expect(by.modal?.view.submit?.text).toBe('Ask for approval');
  await by.submits();
  await by.seesModal(/Your request is recorded\. .*Nobody is added before it is approved\./s);
  await by.closes();
  // The thread was just told of something else.
  for (const _post of [1, 2]) await stage.passes(seconds(1));
  await stage.app.idle();
}

async function reviewsBack(by: Person): Promise<void> {
  await by.presses('Review');
  await by.seesModal(/Review adding back/);
}

async function approvesBack(by: Person): Promise<void> {
  await reviewsBack(by);
  await by.submits();
}

/** The thread says this, once Slack had the time that an edit has to wait. */
async function becomes(pattern: RegExp): Promise<void> {
  const { stage } = scene;
  for (const _edit of [1, 2]) await stage.passes(seconds(1));
  await stage.ledger.until(() => repliesIn(stage).find(({ shown }) => pattern.test(shown)), `${pattern}`);
}

const sent = () => scene.stage.ledger.count(ADDITION);
const isIn = (handle: string) =>
  scene.stage.chat.handles.some((entry) => entry.handle === handle && entry.status === 'active');

async function returns(handle: string): Promise<void> {
  const { stage } = scene;
  const entry = stage.chat.handles.find((each) => each.handle === handle);
  if (!entry) throw new Error(`${handle} was never in the chat`);
  entry.status = 'active';
}

describe.each(EVERYWHERE)('adding back with the approval of others ($mode, $engine)', (where) => {
  beforeEach(() => removed(where));

  it('is asked in the thread of the removal, approved by another person, and proven', async () => {
    const { stage, bob } = scene;
    await asksBack();
    const [asked] = repliesIn(stage).filter(({ shown }) => shown.includes('Waiting for approval'));
    expect(asked?.thread_ts).toBe(requestMessage(stage).ts);
    expect(asked?.text).toMatch(
      /^Waiting for approval: Add \+12052499136 back to “Launch crew” \(…0000\)\? .*nobody is added before one of <@U0BOB>/,
    );
    expect(sent()).toBe(0);
    await reviewsBack(bob);
    expect(bob.modalText()).toMatch(/Add \+1 205 249 9136 back to “Launch crew” \(…0000\)\?/);
    expect(bob.modalText()).toMatch(/\+1 205 249 9136 is not in the chat now\./);
    expect(bob.modalText()).toMatch(/5, our line included[\s\S]*\b6\b/);
    expect(bob.modalText()).toMatch(/Nothing that was written in between is restored/);
    expect(bob.modal?.view.submit?.text).toBe('Add back');
    await bob.submits();
    await bob.seesModal(/Your approval is recorded and Linq is being asked now/);
    await becomes(/Adding back queued/);
    expect(stage.ledger.of(ADDITION).map(({ detail }) => detail)).toEqual([
      { path: `/v3/chats/${CHAT_ID}/participants`, body: { handle: PAT } },
    ]);
    await proven();
    expect(isIn(PAT)).toBe(true);
    await becomes(/\+12052499136 is in “Launch crew” \(…0000\) again/);
    expect(
      repliesIn(stage)
        .map(({ text }) => text)
        .join('\n'),
    ).toMatch(/Approved by <@U0BOB>\./);
    expect(requestMessage(stage).shown).not.toContain(BUTTON);
    expect(await scene.entries('add-approval-asked')).toMatchObject([
      { requestedBy: stage.alice.id, handle: PAT, shown: expect.stringMatching(/What this does not do/) },
    ]);
    expect(await scene.entries('add-approved')).toMatchObject([{ decidedBy: bob.id }]);
  });

  it('is not approved by who asks for it, approver or not', async () => {
    const { stage, bob, carol } = scene;
    await asksBack(bob);
    await bob.presses('Review');
    await bob.seesModal(/nobody approves their own request\. Nothing was decided, and nobody is added/);
    await bob.closes();
    await stage.alice.presses('Review');
    await stage.alice.seesModal(/Nothing was decided, and nobody is added/);
    await stage.passes(seconds(2));
    expect(sent()).toBe(0);
    await approvesBack(carol);
    await becomes(/Adding back queued/);
    expect(sent()).toBe(1);
  });

  it('is ended by a decline, and can be asked for again', async () => {
    const { stage, bob } = scene;
    await asksBack();
    await reviewsBack(bob);
    await bob.presses('Decline …');
    await bob.seesModal(/Nobody is added when you decline/);
    bob.fills({ 'Why not?': 'they know why' });
    await bob.submits();
    await bob.seesModal(/Nobody is added back\. The person who asked reads your reason/);
    await becomes(/Nobody was added\. Asked for was to add \+12052499136 back to “Launch crew”/);
    await becomes(/Declined by @bob/);
    expect(sent()).toBe(0);
    expect(isIn(PAT)).toBe(false);
    expect(await scene.entries('add-approval-declined')).toMatchObject([{ decidedBy: bob.id }]);
    expect(requestMessage(stage).shown).toContain(BUTTON);
    await asksBack();
  });

  it('is withdrawn by who asked for it', async () => {
    const { stage, bob } = scene;
    await asksBack();
    await reviewsBack(bob);
    await stage.alice.presses('Withdraw…');
    await stage.alice.seesModal(/Withdraw request/);
    await stage.alice.submits();
    await stage.alice.seesModal(/Your request is withdrawn\. Nobody is added by it\./);
    await bob.submits();
    await bob.seesModal(/has withdrawn this request\. Nobody was added\./);
    await becomes(/Withdrawn by @alice/);
    expect(sent()).toBe(0);
  });

  it('cannot be approved for a person who is back already', async () => {
    const { stage, bob, carol } = scene;
    await asksBack();
    await reviewsBack(bob);
    await returns(PAT);
    await bob.submits();
    await bob.seesModal(/This changed after it was shown to you: .* Nobody was added\./);
    expect(bob.modalText()).toMatch(/\+1 205 249 9136 is in “Launch crew” \(…0000\) again/);
    expect(bob.modal?.view.submit).toBeUndefined();
    await reviewsBack(carol);
    expect(carol.modal?.view.submit).toBeUndefined();
    await stage.passes(seconds(2));
    expect(sent()).toBe(0);
  });

  it('happens once, however many requests for it are approved', async () => {
    const { stage, bob, carol, dave } = scene;
    await asksBack();
    await reviewsBack(bob);
    await asksBack(dave);
    await reviewsBack(carol);
    await Promise.all([bob.submits(), carol.submits()]);
    await becomes(/Adding back queued/);
    const answers = [bob, carol].map((person) => person.modalText());
    expect(answers.filter((text) => /Your approval is recorded/.test(text))).toHaveLength(1);
    expect(answers.filter((text) => /adds back|another request does it/i.test(text))).toHaveLength(1);
    await stage.passes(seconds(2));
    expect(sent()).toBe(1);
  });
});

describe.each(EVERYWHERE)('adding back that two people have to approve ($mode, $engine)', (where) => {
  beforeEach(() => removed({ ...where, env: TWO }));

  it('waits for the second one, over a restart', async () => {
    const { stage, bob, carol } = scene;
    await asksBack();
    await reviewsBack(bob);
    expect(bob.modal?.view.submit?.text).toBe('Approve');
    await bob.submits();
    await bob.seesModal(/One more approval is needed\. Nobody is added before that/);
    await becomes(/Approved by @bob\. One more approval is needed/);
    expect(sent()).toBe(0);
    await stage.restarts();
    await approvesBack(carol);
    await carol.seesModal(/Linq is being asked now/);
    await becomes(/Adding back queued/);
    expect(sent()).toBe(1);
    expect(await scene.entries('add-approval-given')).toMatchObject([{ decidedBy: bob.id }]);
  });
});

describe('who asks for people to be added back', () => {
  it('may be an approver who may not ask for removals', async () => {
    await removed({ env: { ALLOWED_USERS: 'U0ALICE' } });
    await asksBack(scene.bob);
    await approvesBack(scene.carol);
    await becomes(/Adding back queued/);
    expect(sent()).toBe(1);
  });

  it('is refused at once where nobody else can approve it', async () => {
    await removed({ env: { APPROVERS: 'U0BOB' } });
    const { bob, stage } = scene;
    await bob.presses(BUTTON);
    await bob.seesModal(/must be approved by somebody else/);
    await bob.submits();
    await bob.seesModal(/nobody approves their own request\. Nobody is added by this step/);
    await stage.passes(seconds(2));
    expect(sent()).toBe(0);
    expect(await scene.entries('add-approval-asked')).toEqual([]);
  });
});

/** From so many chats, which bob had to approve. */
async function maxRemovedFrom(chats: number): Promise<ReturnType<typeof addChats>> {
  const { stage, bob } = scene;
  const made = addChats(stage, chats);
  await chooses(stage, ...upTo(chats));
  await stage.alice.submits();
  await stage.alice.sees(/[Ww]aiting for approval/);
  await scene.approves(bob);
  await bob.closes();
  await scene.becomes(/queued/);
  await proven();
  return made;
}

describe('a request to add people back', () => {
  it('ends with the day in which the removal can be undone', async () => {
    await removed({ env: { APPROVAL_EXPIRES_HOURS: '48' } });
    const { stage, bob } = scene;
    await asksBack();
    await reviewsBack(bob);
    stage.clock.advance(minutes(24 * 60));
    await bob.submits();
    await bob.seesModal(/Nobody approved this in time, so nobody was added/);
    await becomes(/Nobody approved this in time\. To ask again, press “Add back…”/);
    expect(sent()).toBe(0);
  });

  it('waits in APPROVAL_CHANNEL, and the thread of the removal says where', async () => {
    scene = await setApprovals({ env: { APPROVAL_CHANNEL: 'C0APPROVALS' } });
    const { stage, bob } = scene;
    const { slack } = stage;
    const kind = 'private';
    slack.addChannel({ id: 'C0APPROVALS', name: 'approvals', kind, members: ['bob', 'carol'], bot: true });
    await scene.asks();
    await scene.approves(bob);
    await bob.closes();
    await scene.becomes(/Removal queued/);
    await proven();
    await asksBack();
    await becomes(/Waiting for approval[\s\S]*It waits in #approvals/);
    const asked = slack.messagesIn('C0APPROVALS').at(-1);
    expect(asked?.text).toMatch(/^Waiting for approval: Add \+12052499136 back to “Launch crew”/);
    await approvesBack(bob);
    await becomes(/Adding back queued/);
    expect(asked?.shown).toMatch(/Adding \+12052499136 back to “Launch crew”/);
    expect(sent()).toBe(1);
  });

  it('counts its own number for APPROVAL=bulk', async () => {
    scene = await setApprovals({ env: { APPROVAL: 'bulk', APPROVAL_BULK_ABOVE: '2' } });
    const { stage, bob } = scene;
    await maxRemovedFrom(3);
    await stage.alice.presses(BUTTON);
    await stage.alice.seesModal(/More than 2 additions at once must be approved by somebody else/);
    stage.alice.fills({ Chats: [1, 2, 3].map(offered) });
    await stage.alice.submits();
    await stage.alice.seesModal(/Nobody is added before it is approved/);
    await becomes(/Waiting for approval[\s\S]*back to 3 chats/);
    expect(sent()).toBe(0);
    await reviewsBack(bob);
    expect(bob.modalText()).toMatch(/3 additions are possible/);
    expect(bob.modalText()).toMatch(/back to “Group 1” \(…0001\): not in it now/);
    await bob.submits();
    await becomes(/queued/);
    expect(stage.ledger.of(ADDITION).map(({ detail }) => detail)).toMatchObject(
      [1, 2, 3].map((number) => ({
        path: `/v3/chats/${chatIdOf(number)}/participants`,
        body: { handle: MAX },
      })),
    );
  });

  it('says of what was back already when it was approved that it was not added back', async () => {
    scene = await setApprovals({ env: { APPROVAL: 'bulk', APPROVAL_BULK_ABOVE: '1' } });
    const { stage, bob } = scene;
    const [, other] = await maxRemovedFrom(2);
    await stage.alice.presses(BUTTON);
    await stage.alice.seesModal(/must be approved by somebody else/);
    stage.alice.fills({ Chats: [1, 2].map(offered) });
    await stage.alice.submits();
    await becomes(/Waiting for approval[\s\S]*back to 2 chats/);
    const entry = other?.handles.find(({ handle }) => handle === MAX);
    if (entry) entry.status = 'active';
    await approvesBack(bob);
    await becomes(/queued/);
    expect(sent()).toBe(1);
    const told = repliesIn(stage).find(({ shown }) => shown.includes('queued'));
    expect(told?.shown).toContain(
      '• “Group 2” (…0002): Not added back. This was not possible any more when it was approved. Nobody was added.',
    );
    expect(told?.shown).not.toMatch(/removed/i);
  });
});
