import type { Person } from '../../simulator/slack/person.js';
import { minutes, seconds } from '../support/clock.js';
import { approves, BOTH, CHAT_ID, MODES, onlyMessage, type Stage, setStage } from '../support/stage.js';

let stage: Stage;
afterEach(() => stage.stop());

/** One removal, one message, one DELETE, however much time passes. */
async function happenedOnce() {
  await stage.alice.sees(/Removal queued/);
  stage.linq.settles();
  await stage.passes(seconds(2));
  await stage.passes(minutes(31));
  expect(onlyMessage(stage).shown).toMatch(/^\*Removed\*/);
  expect(stage.linq.deletes).toHaveLength(1);
  expect(stage.ledger.count('chat.postMessage')).toBe(1);
}

describe.each(MODES)('what arrives twice, in %s mode', (mode) => {
  beforeEach(async () => {
    stage = await setStage({ mode });
    await stage.alice.runs(`/linq-remove ${BOTH}`);
    await stage.alice.seesModal(/Review removal/);
  });

  it('is removed once after ten presses at the same moment', async () => {
    const presses = Array.from({ length: 10 }, () => stage.alice.submits());
    for (const { outcome, trouble } of await Promise.all(presses)) {
      expect([outcome, trouble]).toEqual(['acknowledged', undefined]);
    }
    expect(stage.alice.modalText()).toMatch(/Your approval is recorded/);
    await happenedOnce();
  });

  it('is removed once when Slack delivers the approval again', async () => {
    await stage.alice.submits();
    const { outcome, body } = await stage.slack.redeliver();
    expect([outcome, JSON.stringify(body)]).toEqual(['acknowledged', expect.stringMatching(/is recorded/)]);
    await happenedOnce();
  });

  it('is removed once when the approval comes again after everything ended, and after a restart', async () => {
    await stage.alice.submits();
    await happenedOnce();
    await stage.slack.redeliver();
    await stage.restarts();
    await stage.slack.redeliver();
    await stage.passes(minutes(1));
    expect(stage.linq.deletes).toHaveLength(1);
    expect(onlyMessage(stage).shown).toMatch(/^\*Removed\*/);
  });

  it('opens one window when Slack delivers the command again, and nobody hears of trouble', async () => {
    const [first] = stage.alice.stack;
    expect(await stage.slack.redeliver()).toMatchObject({ outcome: 'acknowledged' });
    await stage.app.idle();
    expect(stage.alice.stack.map(({ id }) => id)).toEqual([first?.id]);
    expect(stage.ledger.count('views.open')).toBe(1);
    expect(stage.alice.ephemerals).toHaveLength(0);
  });

  it('is two requests when two commands were typed and approved', async () => {
    const { alice, linq, slack, support, passes } = stage;
    await alice.submits();
    await alice.sees(/\+12052499136/, { in: support.id });
    await approves(alice, `/linq-remove ${CHAT_ID} sam@example.com`);
    // Slack takes one message a second in a channel.
    await passes(seconds(1));
    await alice.sees(/sam@example\.com/, { in: support.id });
    linq.settles();
    await passes(seconds(2));
    const messages = slack.messagesIn(support.id).map(({ shown }) => shown.split('\n')[1]);
    expect(messages).toEqual([
      expect.stringMatching(/^\+12052499136 is no longer in/),
      expect.stringMatching(/^sam@example\.com is no longer in/),
    ]);
    expect(linq.deletes).toHaveLength(2);
  });

  /** bob has a review of the same removal open when alice approves hers. */
  async function reviewsToo(): Promise<Person> {
    const { slack, support } = stage;
    const bob = slack.person('bob');
    support.members.add(bob.id);
    await bob.runs(`/linq-remove ${BOTH}`, { in: support.id });
    await bob.seesModal(/Review removal/);
    return bob;
  }

  it('is nothing more to do for the second of two people who approve the same removal', async () => {
    const { alice, linq, passes } = stage;
    const bob = await reviewsToo();
    await alice.submits();
    await alice.sees(/Removal queued/);
    linq.settles();
    await passes(seconds(2));
    await bob.submits();
    await bob.sees(/Already gone.*\n.*Nothing was sent to Linq\.\nAsked for by @bob/);
    expect(linq.deletes).toHaveLength(1);
  });

  it('is as unproven for the second of them as for the first, where Linq does not do what it accepted', async () => {
    const { alice, slack, support, passes } = stage;
    const bob = await reviewsToo();
    await alice.submits();
    await alice.sees(/Removal queued/);
    await passes(seconds(2));
    await bob.submits();
    await bob.sees(/Another request has already asked Linq/, { in: support.id });
    await passes(minutes(31));
    const [first, second] = slack.messagesIn(support.id).map(({ shown }) => shown);
    expect(first).toMatch(
      /^\*Not confirmed\*.*\n.*still lists \+12052499136 as a member\. Linq gave no reason/,
    );
    expect(second).toMatch(
      /^\*Not confirmed\*.*\nAnother request has already asked Linq to remove \+12052499136 from .* still lists/,
    );
    expect(stage.linq.deletes).toHaveLength(1);
  });
});

describe('an acknowledgement that is lost with its connection', () => {
  it('does not undo the approval, and pressing again changes nothing', async () => {
    stage = await setStage();
    const { alice, slack } = stage;
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Review removal/);
    slack.next('ack', 'reset');
    expect(await alice.submits()).toMatchObject({ outcome: 'operation_timeout' });
    await alice.sees(/Removal queued/);
    await stage.ledger.until(() => slack.connections() > 0, 'the app to connect again');
    expect(await alice.submits()).toMatchObject({ outcome: 'acknowledged', errors: null });
    expect(alice.modalText()).toMatch(/Your approval is recorded/);
    await happenedOnce();
  });

  it('opens the window of a command all the same', async () => {
    stage = await setStage();
    stage.slack.next('ack', 'reset');
    const typed = stage.alice.runs(`/linq-remove ${BOTH}`);
    await stage.alice.seesModal(/Review removal/);
    expect(await typed).toMatchObject({ outcome: 'operation_timeout' });
  });
});
