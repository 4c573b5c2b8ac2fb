import type { Channel } from '../../simulator/slack/world.js';
import { type ApprovalStage, setApprovals } from '../support/approvers.js';
import { seconds } from '../support/clock.js';
import { BOTH, ENGINES, MODES, onlyMessage, type StageOptions } from '../support/stage.js';

const EVERYWHERE = MODES.flatMap((mode) => ENGINES.map((engine) => ({ mode, engine })));
const FULL = { ALLOW_EXTERNAL_CHANNELS: 'true' };

let scene: ApprovalStage;
afterEach(() => scene.stage.stop());

/** Where nobody who may approve is, and alice is. */
function elsewhere(options: Partial<Parameters<typeof scene.stage.slack.addChannel>[0]> = {}): Channel {
  const { slack, alice } = scene.stage;
  return slack.addChannel({ name: 'sales', kind: 'public', members: [alice.id], bot: true, ...options });
}

const deletes = () => scene.stage.linq.deletes;
const messages = (id: string) => scene.stage.slack.messagesIn(id).filter(({ thread_ts }) => !thread_ts);
const replies = (id: string) => scene.stage.slack.messagesIn(id).filter(({ thread_ts }) => thread_ts);

/** Everything that is due by edits that wait for each other. */
async function settles(): Promise<void> {
  for (const _step of [1, 2, 3]) await scene.stage.passes(seconds(1));
  await scene.stage.app.idle();
}

describe.each(EVERYWHERE)(
  'without APPROVAL_CHANNEL, approvers who are elsewhere ($mode, $engine)',
  (where) => {
    it('each get a direct message, and one decision settles them all', async () => {
      scene = await setApprovals(where);
      const { stage, bob, carol, dave } = scene;
      const sales = elsewhere();
      await stage.alice.runs(`/linq-remove ${BOTH}`, { in: sales.id });
      await stage.alice.seesModal(/Review removal/);
      stage.alice.fills({ Reason: 'left the company' });
      await stage.alice.submits();
      await stage.alice.seesModal(
        /It waits in a direct message to @bob, @carol, @dave\. Nothing is removed before/,
      );
      await settles();
      const [status] = messages(sales.id);
      expect(status?.shown).toMatch(
        /Waiting for approval[\s\S]*It waits in a direct message to @bob, @carol, @dave/,
      );
      expect(status?.shown).not.toMatch(/Review/);
      expect(status?.shown).toMatch(/Withdraw…/);
      for (const person of [bob, carol, dave]) {
        expect(person.directMessages.map(({ shown }) => shown)).toEqual([
          expect.stringMatching(
            /Waiting for approval[\s\S]*Remove \+12052499136 from “Launch crew”[\s\S]*@alice asks for this[\s\S]*Reason: left the company\nAsked for in #sales\.[\s\S]*Review/,
          ),
        ]);
      }
      await scene.approves(carol);
      await carol.seesModal(/Linq is being asked now/);
      await settles();
      expect(deletes()).toHaveLength(1);
      for (const person of [bob, carol, dave]) {
        const [message, ...others] = person.directMessages;
        expect(others).toEqual([]);
        expect(message?.shown).toMatch(
          /^\*Approved\*[\s\S]*Approved by @carol\.[\s\S]*What becomes of it is told there/,
        );
        expect(message?.shown).not.toMatch(/Review/);
      }
      expect(messages(sales.id).map(({ shown }) => shown)).toEqual([
        expect.stringMatching(/^\*Removal queued\*/),
      ]);
    });
  },
);

describe.each(MODES)('where a request goes (%s)', (mode) => {
  const setUp = async (options: StageOptions = {}) => {
    scene = await setApprovals({ mode, ...options });
  };

  it('stays in the conversation, as the one message, where approvers are in it', async () => {
    await setUp();
    await scene.asks();
    await scene.stage.alice.seesModal(/It waits in #support, where @bob, .* can approve or decline it/);
    await settles();
    onlyMessage(scene.stage);
    expect(scene.bob.directMessages).toEqual([]);
  });

  it('goes to each of them where too few for two approvals are in the conversation', async () => {
    await setUp({ env: { APPROVALS_NEEDED: '2' } });
    const sales = elsewhere({ members: [scene.stage.alice.id, scene.bob.id] });
    await scene.asks(`/linq-remove ${BOTH}`, { in: sales.id });
    await settles();
    for (const person of [scene.bob, scene.carol, scene.dave]) expect(person.directMessages).toHaveLength(1);
    await scene.approves(scene.bob);
    await settles();
    expect(scene.carol.directMessages[0]?.shown).toMatch(/Approved by @bob\. One more approval is needed/);
    expect(deletes()).toEqual([]);
    await scene.approves(scene.dave);
    await settles();
    expect(deletes()).toHaveLength(1);
  });

  it('goes to each of them from a private channel without the bot', async () => {
    await setUp({ env: FULL });
    const secret = elsewhere({ name: 'secret', kind: 'private', bot: false, members: ['alice', 'bob'] });
    await scene.asks(`/linq-remove ${BOTH}`, { in: secret.id });
    await settles();
    expect(scene.bob.directMessages).toHaveLength(1);
    await scene.approves(scene.bob);
    await settles();
    scene.stage.linq.settles();
    await settles();
    await scene.stage.alice.sees(/Removed/);
    expect(deletes()).toHaveLength(1);
  });

  it('goes to each of them from a direct message with the app', async () => {
    await setUp();
    const { alice, slack } = scene.stage;
    const direct = slack.addChannel({ name: 'app', kind: 'im', members: [alice.id], bot: true });
    await scene.asks(`/linq-remove ${BOTH}`, { in: direct.id });
    await settles();
    expect(scene.bob.directMessages[0]?.shown).toMatch(/Asked for in a direct message\./);
    await scene.approves(scene.bob);
    await settles();
    scene.stage.linq.settles();
    await settles();
    await alice.sees(/Removed/, { in: direct.id });
  });

  it('says who could not be reached, and goes on with the others', async () => {
    await setUp();
    const { slack } = scene.stage;
    const sales = elsewhere();
    slack.addChannel({ name: 'dave-app', kind: 'im', members: [scene.dave.id], bot: true }).readOnly = true;
    await scene.asks(`/linq-remove ${BOTH}`, { in: sales.id });
    await settles();
    const [status] = messages(sales.id);
    expect(status?.shown).toMatch(
      /It waits in a direct message to @bob, @carol\. Slack did not take it to @dave\./,
    );
  });

  it('does not say that Slack refused what may have arrived', async () => {
    await setUp();
    const { slack } = scene.stage;
    const sales = elsewhere();
    const direct = slack.addChannel({ name: 'bob-app', kind: 'im', members: [scene.bob.id], bot: true });
    // To each of them, and to the conversation.
    for (let posts = 0; posts < 4; posts += 1) slack.next('chat.postMessage', 'lost-reply');
    await scene.asks(`/linq-remove ${BOTH}`, { in: sales.id });
    direct.readOnly = true;
    await settles();
    expect(scene.bob.directMessages).toHaveLength(1);
    expect(messages(sales.id).at(-1)?.shown).toMatch(
      /It waits in a direct message to @carol, @dave\. It is not known whether @bob can see it\./,
    );
  });

  it('does not say that Slack refused what stood there and was deleted', async () => {
    await setUp({ env: { APPROVALS_NEEDED: '2' } });
    const { slack } = scene.stage;
    const sales = elsewhere();
    await scene.asks(`/linq-remove ${BOTH}`, { in: sales.id });
    await settles();
    const [message] = scene.bob.directMessages;
    slack.channels.get(message?.channel ?? '')?.messages.splice(0);
    await scene.approves(scene.carol);
    await settles();
    expect(messages(sales.id)[0]?.shown).toMatch(
      /It waits in a direct message to @carol, @dave\. It is not known whether @bob can see it\./,
    );
  });

  it('ends when nobody could be reached, and says so', async () => {
    await setUp({ env: { APPROVERS: 'U0BOB' } });
    const { slack, alice } = scene.stage;
    const sales = elsewhere();
    slack.addChannel({ name: 'bob-app', kind: 'im', members: [scene.bob.id], bot: true }).readOnly = true;
    await alice.runs(`/linq-remove ${BOTH}`, { in: sales.id });
    await alice.seesModal(/Review removal/);
    await alice.submits();
    await alice.seesModal(
      /None of the people who could approve this could be reached in Slack, so nothing was removed/,
    );
    await settles();
    expect(messages(sales.id)[0]?.shown).toMatch(/Not delivered[\s\S]*Nothing was removed/);
    expect(replies(sales.id)[0]?.shown).toMatch(/@alice Slack did not take the message to any of the people/);
    expect(await scene.entries('approval-undelivered')).toHaveLength(1);
  });
});

describe.each(EVERYWHERE)('with APPROVAL_CHANNEL ($mode, $engine)', (where) => {
  let channel: Channel;
  beforeEach(async () => {
    scene = await setApprovals({
      ...where,
      env: { APPROVAL_CHANNEL: 'C0APPROVALS', HANDLE_DISPLAY: 'masked' },
    });
    const { slack } = scene.stage;
    channel = slack.addChannel({
      id: 'C0APPROVALS',
      name: 'approvals',
      kind: 'private',
      members: ['bob', 'carol'],
      bot: true,
    });
  });

  it('the request waits there, and the conversation of the command says where and becomes the result', async () => {
    const { stage, bob } = scene;
    await scene.asks();
    await stage.alice.seesModal(/Your request is recorded\. It waits in #approvals\./);
    await settles();
    expect(messages(channel.id)[0]?.shown).toMatch(
      /Waiting for approval[\s\S]*Remove …9136 from “Launch crew”[\s\S]*@alice asks for this[\s\S]*Asked for in #support\.[\s\S]*Review/,
    );
    expect(messages(channel.id)[0]?.shown).not.toMatch(/It waits in/);
    const status = onlyMessage(stage);
    expect(status.shown).toMatch(/Waiting for approval[\s\S]*It waits in #approvals\./);
    expect(status.shown).not.toMatch(/Review/);
    await scene.approves(bob);
    await settles();
    stage.linq.settles();
    await settles();
    expect(messages(stage.support.id).map(({ shown }) => shown)).toEqual([
      expect.stringMatching(/^\*Removed\*/),
    ]);
    expect(messages(channel.id).map(({ shown }) => shown)).toEqual([
      expect.stringMatching(
        /^\*Approved\*[\s\S]*Approved by @bob\.[\s\S]*Asked for in #support\. What becomes of it is told there/,
      ),
    ]);
    expect(replies(stage.support.id).map(({ shown }) => shown)).toEqual([
      expect.stringMatching(/^@alice this is done\.[\s\S]*Removed: …9136 is no longer in/),
    ]);
  });

  it('a decline and a withdrawal are read there too', async () => {
    await scene.asks();
    await scene.declines(scene.carol, 'still a customer');
    await settles();
    expect(messages(channel.id)[0]?.shown).toMatch(/Declined by @carol\.[\s\S]*Why: still a customer/);
    await scene.asks();
    await scene.withdraws();
    await settles();
    expect(messages(channel.id)[1]?.shown).toMatch(/Withdrawn by @alice/);
  });
});

describe('an APPROVAL_CHANNEL that the app cannot post in', () => {
  it('is passed over: each approver gets a direct message, or the conversation has it', async () => {
    scene = await setApprovals({ env: { APPROVAL_CHANNEL: 'C0APPROVALS' } });
    await scene.asks();
    await settles();
    expect(onlyMessage(scene.stage).shown).toMatch(/Review/);
    await scene.withdraws();
    const sales = elsewhere();
    await scene.asks(`/linq-remove ${BOTH}`, { in: sales.id });
    await settles();
    expect(scene.bob.directMessages).toHaveLength(1);
  });

  it('only when it comes to that: then each gets a direct message all the same', async () => {
    scene = await setApprovals({ env: { APPROVAL_CHANNEL: 'C0APPROVALS' } });
    const { slack } = scene.stage;
    const channel = slack.addChannel({
      id: 'C0APPROVALS',
      name: 'approvals',
      kind: 'public',
      members: ['bob'],
      bot: true,
    });
    channel.readOnly = true;
    await scene.asks();
    await settles();
    for (const person of [scene.bob, scene.carol, scene.dave]) expect(person.directMessages).toHaveLength(1);
    expect(onlyMessage(scene.stage).shown).toMatch(/It waits in a direct message to @bob, @carol, @dave/);
  });
});

describe('where nobody could approve it, asking is refused at once', () => {
  const refusal = async (env: Record<string, string>, change: () => void = () => {}) => {
    scene = await setApprovals({ env });
    change();
    await scene.stage.alice.runs(`/linq-remove ${BOTH}`);
    await scene.stage.alice.seesModal(/Review removal/);
    const { errors } = await scene.stage.alice.submits();
    expect(scene.stage.slack.messagesIn(scene.stage.support.id)).toEqual([]);
    return errors?.Reason;
  };
  const leads = (...people: string[]) => scene.stage.slack.usergroups.set('S0LEADS', new Set(people));
  const deactivate = (id: string) => Object.assign(scene.stage.slack.users.get(id) ?? {}, { deleted: true });

  it('for a group that holds only the asker', async () => {
    expect(await refusal({ APPROVERS: 'S0LEADS' }, () => leads('U0ALICE'))).toMatch(/^Nobody else is named/);
  });

  it('for people who are deactivated', async () => {
    const said = await refusal({ APPROVERS: 'U0BOB,S0LEADS' }, () => {
      leads('U0ALICE', 'U0CAROL');
      for (const id of ['U0BOB', 'U0CAROL']) deactivate(id);
    });
    expect(said).toMatch(/^Nobody could approve this.*deactivated.*APPROVERS has to name others/);
  });

  it('for fewer people than have to approve', async () => {
    const said = await refusal({ APPROVERS: 'U0BOB,U0ALICE', APPROVALS_NEEDED: '2' });
    expect(said).toMatch(
      /^2 different people have to approve this, and apart from you only one person could/,
    );
  });

  it('for a group that Slack does not tell about now', async () => {
    const said = await refusal({ APPROVERS: 'S0LEADS' }, () =>
      scene.stage.slack.next('usergroups.users.list', { error: 'internal_error' }),
    );
    expect(said).toMatch(/^Slack does not say now who may approve this/);
  });
});
