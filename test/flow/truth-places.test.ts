import { repliesIn } from '../support/chats.js';
import { seconds } from '../support/clock.js';
import { approves, BOTH, CHAT_ID, PAT, type Stage, setStage } from '../support/stage.js';
import { attempt, everSaid, passesInSteps, WAYS } from '../support/truth.js';

/* What was told in a place that no longer fits: shared by now, deleted, or past editing. */

let stage: Stage;
afterEach(() => stage.stop());

/** What everybody in #support could read from here on. */
function saidToAll(since: number): readonly string[] {
  return stage.slack
    .said()
    .slice(since)
    .filter(({ channel, to }) => channel === stage.support.id && to === null)
    .flatMap(({ text, spoken }) => [text, spoken]);
}

describe('A conversation that became shared with another organisation', () => {
  it.each(WAYS)('(%s) went on to get full numbers', async (way) => {
    const { begins, nextCall, ...made } = await attempt(way, { env: { CONFIRM_WINDOW_MINUTES: '1' } });
    stage = made.stage;
    nextCall('never-settles');
    await begins();
    await passesInSteps(stage, 3, seconds(1));
    stage.support.shared = 'external';
    const since = stage.slack.said().length;
    await passesInSteps(stage, 15, seconds(10));
    const said = saidToAll(since);
    expect(said.some((text) => /Not confirmed/.test(text))).toBe(true);
    for (const text of said) expect(text).not.toMatch(/12052499136|9136|205 249/);
    if (way !== 'add back') expect(repliesIn(stage)).toHaveLength(1);
  });

  it('between the approval and the first message got the number', async () => {
    stage = await setStage();
    const { alice, slack, support } = stage;
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Review removal/);
    // Slack takes no post yet.
    slack.next('chat.postMessage', { rateLimited: 30 });
    await alice.submits();
    await stage.app.idle();
    support.shared = 'external';
    await passesInSteps(stage, 4, seconds(10));
    const said = saidToAll(0);
    expect(said.some((text) => /Removal queued/.test(text))).toBe(true);
    for (const text of said) expect(text).not.toMatch(/12052499136|9136/);
  });
});

describe('A message that people deleted', () => {
  it.each(WAYS)('(%s) was posted again for all to read, with the number', async (way) => {
    const { begins, ...made } = await attempt(way);
    stage = made.stage;
    await begins();
    await passesInSteps(stage, 3, seconds(1));
    const since = stage.slack.said().length;
    // An Add back is told in the thread: its reply is deleted.
    const kept = way === 'add back' ? 1 : 0;
    stage.support.messages.splice(kept);
    stage.linq.settles();
    await passesInSteps(stage, 10, seconds(10));
    for (const said of saidToAll(since))
      expect(said).not.toMatch(way === 'add back' ? /Back:|\*Back\*/ : /./);
    expect(stage.support.messages).toHaveLength(kept);
    const [direct, ...others] = stage.alice.directMessages;
    expect(direct?.shown).toMatch(way === 'add back' ? /^\*Back\*/ : /^\*Removed\*/);
    expect(others).toEqual([]);
  });
});

describe('A copy that was posted through response_url', () => {
  it('said "Waiting for approval" for ever beside "Removed"', async () => {
    stage = await setStage({
      env: { APPROVAL: 'always', APPROVERS: 'U0BOB', ALLOW_EXTERNAL_CHANNELS: 'true' },
    });
    const { alice, slack, linq } = stage;
    const bob = slack.person('bob');
    const random = slack.addChannel({
      name: 'random',
      kind: 'public',
      members: ['alice', 'bob'],
      bot: false,
    });
    await alice.runs('/linq-remove', { in: random.id });
    await alice.seesModal(/Remove participant/);
    alice.fills({ Chat: CHAT_ID, Handle: PAT });
    await alice.submits();
    await alice.seesModal(/Review removal/);
    await alice.submits();
    await bob.sees(/[Ww]aiting for approval/, { in: random.id });
    await bob.presses('Review');
    await bob.seesModal(/Review removal/);
    await bob.submits();
    await stage.app.idle();
    await passesInSteps(stage, 2, seconds(1));
    linq.settles();
    await passesInSteps(stage, 10, seconds(10));
    await alice.sees(/Removed/, { in: random.id });
    for (const { shown, text } of slack.messagesIn(random.id)) {
      for (const words of [shown, text]) {
        if (/waiting for approval/i.test(words))
          expect(words).toMatch(/^\*?As of 10:00:\d\d UTC|^As of <!date/);
      }
    }
  });

  it('of a removal said "Removal queued" for ever beside "Removed"', async () => {
    stage = await setStage({ env: { ALLOW_EXTERNAL_CHANNELS: 'true' } });
    const { alice, slack, linq } = stage;
    const random = slack.addChannel({ name: 'random', kind: 'public', members: ['alice'], bot: false });
    await approves(alice, `/linq-remove ${BOTH}`, { in: random.id });
    await alice.sees(/[Rr]emoval queued/, { in: random.id });
    await stage.app.idle();
    linq.settles();
    await passesInSteps(stage, 5, seconds(10));
    await alice.sees(/Removed/, { in: random.id });
    const queued = everSaid(stage).filter((words) => /removal queued/i.test(words));
    for (const words of queued) expect(words).toMatch(/As of/);
  });
});
