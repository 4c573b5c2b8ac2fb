import type { Json } from '../../simulator/slack/json.js';
import { chatIdOf, chooses, offered, stageWithChats, upTo } from '../support/chats.js';
import { gate } from '../support/child-gate.js';
import { seconds } from '../support/clock.js';
import { BOTH, CHAT_ID, PAT, type Stage, setStage } from '../support/stage.js';
import { attempt, everSaid, passesInSteps, WAYS } from '../support/truth.js';

/* Windows named one of two choices that were recorded or not, and said that nothing had happened when it had. */

const ALWAYS = { APPROVAL: 'always', APPROVERS: 'U0BOB' };
const TWICE = /Recorded from this window: /;

let stage: Stage;
afterEach(() => stage.stop());

const sentTo = () => stage.linq.deletes.map(({ chatId }) => Number(chatId.slice(-4))).sort((a, b) => a - b);

/** The person reads "We had some trouble connecting". */
async function submitsInVain(): Promise<void> {
  stage.slack.loseNextAck();
  expect((await stage.alice.submits()).outcome).not.toBe('acknowledged');
  await stage.app.idle();
}

function expectsToName(numbers: readonly number[]): void {
  expect(stage.alice.modalText()).toMatch(TWICE);
  for (const number of numbers) expect(stage.alice.modalText()).toContain(`“Group ${number}”`);
}

async function opensAddBackOfThree(): Promise<void> {
  stage = await stageWithChats(3);
  const { alice, linq } = stage;
  await chooses(stage, ...upTo(3));
  await alice.submits();
  await alice.sees('3 of 3 queued.');
  linq.settles();
  await passesInSteps(stage, 4, seconds(2));
  await alice.closes();
  await alice.presses('Add back…');
  await alice.seesModal(/What this does not do/);
}

describe('A second choice in a window whose first acknowledgement was lost', () => {
  it('was recorded nowhere, and the window said Approved', async () => {
    stage = await stageWithChats(4);
    await chooses(stage, 1, 2);
    await submitsInVain();
    stage.alice.fills({ Chats: [2, 3].map(offered) });
    await stage.alice.submits();
    expectsToName([1, 2, 3]);
    await passesInSteps(stage, 3, seconds(1));
    expect(sentTo()).toEqual([1, 2, 3]);
    const said = stage.slack.messagesIn(stage.support.id).map(({ shown }) => shown);
    for (const number of [1, 2, 3]) expect(said.join('\n')).toContain(`“Group ${number}”`);
  });

  it('was recorded nowhere where others approve, and only the first was asked for', async () => {
    stage = await stageWithChats(4, { env: ALWAYS });
    const bob = stage.slack.person('bob');
    stage.support.members.add(bob.id);
    await chooses(stage, 1, 2);
    await submitsInVain();
    stage.alice.fills({ Chats: [3].map(offered) });
    await stage.alice.submits();
    expectsToName([1, 2, 3]);
    await passesInSteps(stage, 3, seconds(1));
    const asked = stage.slack.messagesIn(stage.support.id).map(({ shown }) => shown);
    expect(asked).toHaveLength(2);
    expect(asked[0]).toMatch(/Waiting for approval/);
    expect(asked[1]).toMatch(/Waiting for approval[\s\S]*“Group 3”/);
    expect(sentTo()).toEqual([]);
  });

  it('made after "Change chat or person" was recorded nowhere', async () => {
    stage = await setStage();
    const { alice, linq } = stage;
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Review removal/);
    await submitsInVain();
    await alice.presses('Change chat or person');
    await alice.seesModal(/Remove participant/);
    alice.fills({ Handle: 'sam@example.com' });
    await alice.submits();
    await alice.seesModal(/Review removal/);
    await alice.submits();
    expect(alice.modalText()).toMatch(TWICE);
    expect(alice.modalText()).toMatch(/\+1 205 249 9136 from[\s\S]*sam@example\.com from/);
    await passesInSteps(stage, 3, seconds(1));
    expect(linq.deletes.map(({ handle }) => handle).sort()).toEqual([PAT, 'sam@example.com']);
  });

  it('of chats to add back to was not named by the window', async () => {
    await opensAddBackOfThree();
    const { alice, ledger } = stage;
    alice.fills({ Chats: [offered(1)] });
    await submitsInVain();
    alice.fills({ Chats: [offered(2)] });
    await alice.submits();
    expectsToName([1, 2]);
    await passesInSteps(stage, 3, seconds(1));
    const added = ledger.entries.filter(({ what }) => what === 'POST /v3/chats/{id}/participants');
    const paths = added.map(({ detail }) => JSON.stringify(detail));
    expect(paths).toHaveLength(2);
    for (const number of [1, 2]) expect(paths.some((path) => path.includes(chatIdOf(number)))).toBe(true);
  });
});

it('An Add back that had been taken up from another window was "recorded", and was not', async () => {
  await opensAddBackOfThree();
  const { alice, slack } = stage;
  alice.fills({ Chats: [offered(1)] });
  await alice.submits();
  await stage.passes(seconds(1));
  const inAnotherWindow = (payload: Json) => ({
    ...payload,
    view: { ...Object(payload.view), id: 'V0OTHER' },
  });
  const { body } = await slack.deliverAltered(inAnotherWindow);
  expect(JSON.stringify(body)).toMatch(/is being added back already.*Nothing was changed by this/);
  expect(JSON.stringify(body)).not.toMatch(/This is recorded/);
  expect(stage.ledger.count('POST /v3/chats/{id}/participants')).toBe(1);
});

describe('A window that could not be changed after its approval was recorded', () => {
  it.each(WAYS)('(%s) said that nothing was removed, while Linq was being asked', async (way) => {
    const { press, calls, ...made } = await attempt(way);
    stage = made.stage;
    const { slack, ledger } = stage;
    const before = calls();
    const { open, opened } = gate();
    // What Slack said about people is forgotten by then.
    await stage.passes(seconds(61));
    slack.next('users.info', { hold: opened });
    for (let time = 0; time < 8; time++) slack.next('views.update', { error: 'internal_error' });
    const since = slack.said().length;
    await press();
    open();
    await ledger.until(() => calls() > before, 'the call');
    const isTold = () =>
      everSaid(stage, since).some((said) => /went wrong on our side after .* was recorded/.test(said));
    await ledger.until(isTold, 'the apology');
    const apologies = everSaid(stage, since).filter((said) => /went wrong/.test(said));
    for (const said of apologies) expect(said).not.toMatch(/Nothing was|Nobody was|run \/linq-remove again/i);
  });

  it('said so too while others were being asked to approve', async () => {
    stage = await setStage({ env: ALWAYS });
    const { alice, slack, ledger } = stage;
    const { open, opened } = gate();
    await alice.runs(`/linq-remove ${CHAT_ID} ${PAT}`);
    await alice.seesModal(/Review removal/);
    await stage.passes(seconds(61));
    slack.next('users.info', { hold: opened });
    for (let time = 0; time < 8; time++) slack.next('views.update', { error: 'internal_error' });
    const since = slack.said().length;
    await alice.submits();
    open();
    await alice.sees(/Waiting for approval/);
    const isTold = () =>
      everSaid(stage, since).some((said) => /went wrong on our side after .* was recorded/.test(said));
    await ledger.until(isTold, 'the apology');
    for (const said of everSaid(stage, since).filter((each) => /went wrong/.test(each)))
      expect(said).not.toMatch(/Nothing was|Nobody was|run \/linq-remove again/i);
  });
});
