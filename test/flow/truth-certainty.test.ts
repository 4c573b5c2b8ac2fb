import type { LateAnswer } from '../../simulator/linq/faults.js';
import { SECRET } from '../linq/webhook-setup.js';
import { repliesIn } from '../support/chats.js';
import { minutes, seconds } from '../support/clock.js';
import { approves, BOTH, CHAT_ID, onlyMessage, PAT, type Stage, setStage } from '../support/stage.js';
import { type Attempt, attempt, everSaid, passesInSteps, WAYS, type Way } from '../support/truth.js';
import { subscribe } from '../support/webhooks.js';

/* "Nobody was removed", "already gone" and "still lists them" were said of what was not so. */

let stage: Stage;
afterEach(() => stage.stop());

async function on(way: Way, options?: Parameters<typeof attempt>[1]): Promise<Attempt> {
  const made = await attempt(way, options);
  stage = made.stage;
  return made;
}

const ANSWERS: readonly (readonly [LateAnswer, 2001 | 2015])[] = [
  [3006, 2001],
  [3006, 2015],
  ['reset', 2001],
  ['reset', 2015],
];

describe.each(WAYS)('A first call (%s) that Linq carries out late', (way) => {
  it.each(ANSWERS)(
    '(first answer %s, the repeat %i) ended as a refusal, with nobody changed',
    async (answer, repeat) => {
      const { begins, nextCall, calls, shown, words } = await on(way);
      nextCall(['acts-later', seconds(50), answer, repeat]);
      const before = stage.slack.said().length;
      await begins();
      await passesInSteps(stage, 20, seconds(2));
      expect(calls()).toBeGreaterThan(1);
      expect(shown()).toMatch(words.checking);
      await passesInSteps(stage, 8, seconds(10));
      expect(shown()).toMatch(words.done);
      for (const said of everSaid(stage, before)) expect(said).not.toMatch(words.untrue);
    },
  );

  it('after everybody had been told that it is not confirmed was never corrected', async () => {
    const { begins, nextCall, shown, words } = await on(way, { env: { CONFIRM_WINDOW_MINUTES: '2' } });
    nextCall(['acts-later', minutes(90), 3006, 2015]);
    await begins();
    await passesInSteps(stage, 20, seconds(10));
    expect(shown()).toMatch(words.notConfirmed);
    const replies = repliesIn(stage).length;
    await passesInSteps(stage, 30, minutes(10));
    expect(shown()).toMatch(words.done);
    expect(repliesIn(stage).length).toBe(replies + 1);
    for (const said of everSaid(stage)) expect(said).not.toMatch(/Nobody was (?:removed|added)\./);
  });
});

it.each<[Way, readonly string[]]>([
  ['remove', ['+12025550143', '+12025550144', 'sam@example.com']],
  ['remove with approval', ['+12025550143', '+12025550144', 'sam@example.com']],
  ['add back', ['+12025550143', '+12025550144', 'sam@example.com']],
])(
  'A chat that became too small after a call (%s) made it a refusal, and the person went all the same',
  async (way, leavers) => {
    const { begins, nextCall, shown, words } = await on(way);
    nextCall(['acts-later', seconds(50), 'reset']);
    const before = stage.slack.said().length;
    await begins();
    for (const handle of leavers) stage.linq.leaves(CHAT_ID, handle);
    await passesInSteps(stage, 20, seconds(2));
    expect(shown()).toMatch(words.checking);
    await passesInSteps(stage, 8, seconds(10));
    expect(shown()).toMatch(words.done);
    for (const said of everSaid(stage, before)) expect(said).not.toMatch(words.untrue);
  },
);

it.each(WAYS)(
  "Linq's event after the window (%s) was ignored, and the message wrong for ever",
  async (way) => {
    const env = { LINQ_WEBHOOK_SECRET: SECRET, CONFIRM_WINDOW_MINUTES: '1' };
    const { begins, nextCall, shown, words } = await on(way, { env, start: new Date() });
    subscribe(stage);
    nextCall(['settles-late', minutes(3)]);
    await begins();
    await passesInSteps(stage, 10, seconds(10));
    expect(shown()).toMatch(words.notConfirmed);
    const replies = repliesIn(stage).length;
    const readings = stage.ledger.count('GET /v3/chats/{id}');
    await passesInSteps(stage, 9, seconds(10));
    await stage.ledger.until(() => words.done.test(shown()), 'the correction');
    await stage.passes(seconds(1));
    expect(repliesIn(stage)).toHaveLength(replies + 1);
    expect(stage.ledger.count('GET /v3/chats/{id}')).toBe(readings);
  },
);

describe('A number with one wrong digit', () => {
  const WRONG = '+12052499137';
  const SAID = /Already gone|any more|no longer in|Removed/;

  it('approved after a look-up that failed was "already gone"', async () => {
    stage = await setStage();
    const { alice, linq } = stage;
    linq.nextRead('unreadable');
    await approves(alice, `/linq-remove ${CHAT_ID} ${WRONG}`);
    await alice.sees(/Not removed/);
    expect(onlyMessage(stage).shown).toMatch(
      /\+12052499137 is not a member of .* Nobody was removed\. Check/,
    );
    for (const said of everSaid(stage)) expect(said).not.toMatch(SAID);
    expect(linq.deletes).toHaveLength(0);
    expect(linq.isMember(CHAT_ID, PAT)).toBe(true);
  });

  it('approved by another, after look-ups that failed, was "already gone"', async () => {
    stage = await setStage({ env: { APPROVAL: 'always', APPROVERS: 'U0BOB' } });
    const { alice, linq, slack, support } = stage;
    const bob = slack.person('bob');
    support.members.add(bob.id);
    linq.nextRead('unreadable');
    await approves(alice, `/linq-remove ${CHAT_ID} ${WRONG}`);
    await bob.sees(/Waiting for approval/);
    await stage.app.idle();
    for (let reading = 0; reading < 2; reading++) linq.nextRead('unreadable');
    await bob.presses('Review');
    await bob.seesModal(/Review removal/);
    await bob.submits();
    await stage.app.idle();
    await stage.passes(seconds(2));
    await alice.sees(/Not removed.*\n\+12052499137 is not a member of/);
    for (const said of everSaid(stage)) expect(said).not.toMatch(SAID);
  });

  it('whose refusal by Linq was followed by a reading was "already gone"', async () => {
    stage = await setStage();
    const { alice, linq } = stage;
    for (let reading = 0; reading < 2; reading++) linq.nextRead('unreadable');
    await approves(alice, `/linq-remove ${CHAT_ID} ${WRONG}`);
    await alice.sees(/Not removed/);
    expect(onlyMessage(stage).shown).toMatch(/\+12052499137 is not a member of/);
    expect(linq.deletes).toHaveLength(1);
    for (const said of everSaid(stage)) expect(said).not.toMatch(SAID);
  });

  it('whose call was lost was "removed"', async () => {
    stage = await setStage();
    const { alice, linq } = stage;
    for (let reading = 0; reading < 2; reading++) linq.nextRead('unreadable');
    linq.nextRemoval('reset-before');
    await approves(alice, `/linq-remove ${CHAT_ID} ${WRONG}`);
    await alice.sees(/No answer yet/);
    await passesInSteps(stage, 3, seconds(2));
    expect(onlyMessage(stage).shown).toMatch(/^\*Not in the chat\*.*\n.*The app never saw them there/);
    for (const said of everSaid(stage)) expect(said).not.toMatch(SAID);
  });
});

it('A person who was there, and left before anything was sent, is "already gone", and that is so', async () => {
  stage = await setStage();
  const { alice, linq } = stage;
  await alice.runs(`/linq-remove ${BOTH}`);
  await alice.seesModal(/Review removal/);
  linq.leaves(CHAT_ID, PAT);
  await alice.submits();
  await alice.sees(/Already gone.*\n.*Nothing was sent to Linq/);
  expect(linq.deletes).toHaveLength(0);
});
