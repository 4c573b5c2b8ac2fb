import type { SlackFault } from '../../simulator/slack/faults.js';
import { chatIdOf, chooses, offered, requestMessage, stageWithChats } from '../support/chats.js';
import { gate } from '../support/child-gate.js';
import { minutes, seconds } from '../support/clock.js';
import { approves, BOTH, CHAT_ID, MODES, PAT, type Stage, setStage } from '../support/stage.js';

/* What a person is told is recorded is recorded, and what is recorded they are told: whatever gets lost on the way. */

let stage: Stage;
afterEach(() => stage.stop());

/** Slack says "We had some trouble connecting", and the window stays as it is. */
async function losesTheAnswer(): Promise<void> {
  stage.slack.loseNextAck();
  expect(await stage.alice.submits()).toMatchObject({ outcome: 'operation_timeout' });
  await stage.app.idle();
}

const removedFrom = () =>
  stage.linq.deletes.map(({ chatId }) => Number(chatId.slice(-4))).sort((a, b) => a - b);

describe.each(MODES)(
  'a window that is submitted again because its acknowledgement was lost, in %s mode',
  (mode) => {
    async function set(env: Record<string, string> = {}): Promise<void> {
      stage = await stageWithChats(4, { mode, env });
      // Where an approver has to be asked, one is in the conversation.
      stage.support.members.add(stage.slack.person('bob').id);
    }

    it('names everything that is recorded from it, and all of it is carried out', async () => {
      await set();
      await chooses(stage, 1);
      await losesTheAnswer();
      stage.alice.fills({ Chats: [offered(2), offered(3)] });
      await stage.alice.submits();
      expect(stage.alice.modalText()).toMatch(
        /Recorded from this window: \+1 202 555 0177 from “Group 1” \(…0001\); .* from “Group 2” .*; .* from “Group 3” \(…0003\)\./,
      );
      expect(stage.alice.modalText()).toMatch(
        /press Stop there: what is not sent to Linq yet is then not sent/,
      );
      await stage.passes(seconds(1));
      expect(removedFrom()).toEqual([1, 2, 3]);
    });

    it('still names what it does not show any more', async () => {
      await set();
      await chooses(stage, 1, 2);
      await losesTheAnswer();
      stage.alice.fills({ Chats: [offered(2)] });
      await stage.alice.submits();
      expect(stage.alice.modalText()).toMatch(/^Approved\nRecorded from this window: .*“Group 1”.*“Group 2”/);
      await stage.passes(seconds(1));
      expect(removedFrom()).toEqual([1, 2]);
    });

    it('says that it is recorded when nothing was changed, and nothing happens twice', async () => {
      await set();
      await chooses(stage, 1, 2);
      await losesTheAnswer();
      await stage.alice.submits();
      expect(stage.alice.modalText()).toMatch(/^Approved\n.*Your approval is recorded\.\*?\n/);
      await stage.passes(minutes(1));
      expect(removedFrom()).toEqual([1, 2]);
    });

    it('is the same window after “Change chat or person”', async () => {
      stage = await setStage({ mode });
      const { alice, linq } = stage;
      await alice.runs(`/linq-remove ${BOTH}`);
      await alice.seesModal(/Review removal/);
      await losesTheAnswer();
      await alice.presses('Change chat or person');
      await alice.seesModal(/Remove participant/);
      alice.fills({ Handle: 'sam@example.com' });
      await alice.submits();
      await alice.seesModal(/Review removal/);
      await alice.submits();
      expect(alice.modalText()).toMatch(
        /Recorded from this window: \+1 205 249 9136 from “Launch crew” \(…0000\); sam@example\.com from “Launch crew”/,
      );
      await stage.passes(seconds(1));
      expect(linq.deletes.map(({ chatId, handle }) => [chatId, handle])).toEqual([
        [CHAT_ID, PAT],
        [CHAT_ID, 'sam@example.com'],
      ]);
    });

    it('tells what waits for approval and what does not', async () => {
      await set({ APPROVAL: 'bulk', APPROVAL_BULK_ABOVE: '2', APPROVERS: 'U0BOB' });
      await chooses(stage, 1);
      await losesTheAnswer();
      stage.alice.fills({ Chats: [offered(1), offered(2), offered(3)] });
      await stage.alice.submits();
      expect(stage.alice.modalText()).toMatch(
        /^Recorded\n.*“Group 1” \(…0001\); .*“Group 2” \(…0002\), waiting for approval; .*“Group 3” \(…0003\), waiting/,
      );
      await stage.passes(seconds(1));
      expect(removedFrom()).toEqual([1]);
    });

    it('asks for approval of all of it', async () => {
      await set({ APPROVAL: 'always', APPROVERS: 'U0BOB' });
      await chooses(stage, 1);
      await losesTheAnswer();
      stage.alice.fills({ Chats: [offered(2)] });
      await stage.alice.submits();
      expect(stage.alice.modalText()).toMatch(
        /^Waiting for approval\nRecorded from this window: .*“Group 1”.*; .*“Group 2”[\s\S]*those who may approve it can decline it/,
      );
      for (const wait of [1, 1]) await stage.passes(seconds(wait));
      const asked = stage.slack
        .messagesIn(stage.support.id)
        .map(({ text }) => /“(Group \d)”/.exec(text)?.[1]);
      expect(asked.sort()).toEqual(['Group 1', 'Group 2']);
      expect(stage.linq.deletes).toEqual([]);
    });

    it('adds back to all of it', async () => {
      await set();
      const { alice, linq } = stage;
      await chooses(stage, 1, 2);
      await alice.submits();
      await alice.closes();
      await alice.sees(/2 of 2 queued/);
      linq.settles();
      for (const wait of [2, 2]) await stage.passes(seconds(wait));
      await alice.presses('Add back…');
      await alice.seesModal(/To which chats/);
      alice.fills({ Chats: [offered(1)] });
      await losesTheAnswer();
      alice.fills({ Chats: [offered(2)] });
      await alice.submits();
      expect(alice.modalText()).toMatch(
        /Recorded from this window: \+1 202 555 0177 back to “Group 1” \(…0001\); \+1 202 555 0177 back to “Group 2”/,
      );
      await stage.passes(seconds(1));
      const added = stage.ledger.of('POST /v3/chats/{id}/participants').map(({ detail }) => detail);
      expect(JSON.stringify(added)).toMatch(new RegExp(`${chatIdOf(1)}.*${chatIdOf(2)}`, 's'));
    });

    it('keeps what is recorded when the person may not any more', async () => {
      await set({ ALLOW_GUESTS: 'false' });
      await chooses(stage, 1);
      await losesTheAnswer();
      stage.clock.advance(minutes(1));
      stage.slack.next('users.info', { rateLimited: 30 });
      stage.alice.fills({ Chats: [offered(2)] });
      await stage.alice.submits();
      expect(stage.alice.modalText()).toMatch(/Slack is busy\. Nothing more was recorded\./);
      expect(stage.alice.modalText()).toMatch(/Recorded from this window: \+1 202 555 0177 from “Group 1”/);
      await stage.passes(seconds(1));
      expect(removedFrom()).toEqual([1]);
    });
  },
);

describe('a window that cannot be changed any more', () => {
  const broken: SlackFault = { status: 500 };

  /** Slack takes long over who alice is, so that her submission goes on behind a loading view. */
  async function recordsBehind(submits: () => Promise<unknown>): Promise<() => void> {
    const { open, opened } = gate();
    stage.clock.advance(minutes(1));
    stage.slack.next('users.info', { hold: opened });
    await submits();
    for (let time = 0; time < 3; time++) stage.slack.next('views.update', broken);
    return open;
  }

  beforeEach(async () => {
    stage = await setStage();
    await stage.alice.runs(`/linq-remove ${BOTH}`);
    await stage.alice.seesModal(/Review removal/);
  });

  it('is followed by words below the conversation: the approval was recorded, and is carried out', async () => {
    const { alice, linq } = stage;
    const open = await recordsBehind(() => alice.submits());
    expect(alice.modalText()).toMatch(/Recording …/);
    open();
    const told = await alice.sees(
      /Something went wrong on our side after your approval was recorded\. The message in the conversation says how it goes\./,
    );
    expect(told.ephemeralFor).toBe(alice.id);
    await alice.sees(/Removal queued/);
    expect(linq.deletes).toHaveLength(1);
    expect(alice.ephemerals.map(({ shown }) => shown).join()).not.toMatch(/Nothing was/);
  });

  it('is followed by a direct message where Slack does not take those', async () => {
    const { alice, slack } = stage;
    slack.next('response_url', broken);
    const open = await recordsBehind(() => alice.submits());
    open();
    await stage.ledger.until(
      () => alice.directMessages.some(({ text }) => /after your approval was recorded/.test(text)),
      'a direct message',
    );
  });
});

it('an approver whose window cannot be changed any more reads it directly', async () => {
  stage = await setStage({ env: { APPROVAL: 'always', APPROVERS: 'U0BOB' } });
  const { slack, support, ledger } = stage;
  const bob = slack.person('bob');
  support.members.add(bob.id);
  await approves(stage.alice);
  await stage.alice.sees(/Waiting for approval/);
  await bob.presses('Review');
  await bob.seesModal(/Review removal/);
  stage.clock.advance(minutes(1));
  const { open, opened } = gate();
  slack.next('users.info', { hold: opened });
  await bob.submits();
  for (let time = 0; time < 3; time++) slack.next('views.update', { status: 500 });
  open();
  await ledger.until(
    () => bob.directMessages.some(({ text }) => /after your decision was recorded/.test(text)),
    'a direct message',
  );
  await stage.passes(seconds(1));
  expect(requestMessage(stage).text).toMatch(/Approved by <@U0BOB>/);
});
