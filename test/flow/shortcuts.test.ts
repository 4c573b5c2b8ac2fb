import type { Message } from '../../simulator/slack/messages.js';
import { seconds } from '../support/clock.js';
import { CHAT_ID, MODES, PAT, type Stage, setStage } from '../support/stage.js';

const ON_MESSAGE = 'Remove from a Linq chat';
const EVERYWHERE = 'Remove a participant';

let stage: Stage;
afterEach(() => stage.stop());

/** Alice uses the shortcut on a message that she wrote in #support. */
async function usesOn(text: string, where: Parameters<Stage['alice']['writes']>[1]): Promise<Message> {
  const message = stage.alice.writes(text, where);
  await stage.alice.usesOn(ON_MESSAGE, message);
  return message;
}

/** Alice reviews what the request window holds, and approves it. */
async function goesOn(): Promise<void> {
  await stage.alice.submits();
  await stage.alice.seesModal(/Review removal/);
  await stage.alice.submits();
}

const deletes = () => stage.linq.deletes.map(({ chatId, handle }) => [chatId, handle]);

describe.each(MODES)('the shortcut on a message, in %s mode', (mode) => {
  beforeEach(async () => {
    stage = await setStage({ mode });
  });

  it('fills in what the message names, and tells the result in its thread', async () => {
    const { alice, support } = stage;
    const message = await usesOn(`Please take (205) 249-9136 out of ${CHAT_ID}`, { in: support.id });
    await alice.seesModal(/Remove participant/);
    expect(alice.modalText()).toContain(PAT);
    expect(alice.modalText()).toContain(CHAT_ID);
    expect(alice.modalText()).toContain('in the thread of the message in #support');
    await goesOn();
    const told = await alice.sees(/Removal queued/);
    expect([told.channel, told.thread_ts]).toEqual([support.id, message.ts]);
    expect(deletes()).toEqual([[CHAT_ID, PAT]]);
    stage.linq.settles();
    await stage.passes(seconds(2));
    await alice.sees(/Removed/);
    await stage.passes(seconds(1));
    await alice.presses('Add back…');
    await alice.seesModal(/What this does not do/);
    await alice.submits();
    await stage.passes(seconds(2));
    const added = await alice.sees(/Adding back queued/);
    expect([added.channel, added.thread_ts]).toEqual([support.id, message.ts]);
  });

  it('works on a reply: the result stands in the same thread', async () => {
    const { alice, support } = stage;
    const first = alice.writes('Who takes care of this?', { in: support.id });
    await usesOn(`${PAT} in ${CHAT_ID}`, { in: support.id, thread: first.ts });
    await alice.seesModal(/Remove participant/);
    await goesOn();
    expect((await alice.sees(/Removal queued/)).thread_ts).toBe(first.ts);
  });

  it('reads blocks and the titles of files', async () => {
    const { alice, support } = stage;
    await usesOn('', {
      in: support.id,
      blocks: [{ type: 'section', block_id: 'b', text: { type: 'mrkdwn', text: `Chat \`${CHAT_ID}\`` } }],
      files: [{ id: 'F1', title: `${PAT} has left.pdf` }],
    });
    await alice.seesModal(/Remove participant/);
    expect(alice.modalText()).toContain(PAT);
    expect(alice.modalText()).toContain(CHAT_ID);
  });

  it('on a message that names nothing says so, and lets people type', async () => {
    const { alice, support } = stage;
    await usesOn('lunch?', { in: support.id });
    await alice.seesModal(/No phone number, email or chat ID can be read in this message/);
    alice.fills({ Handle: PAT, Chat: CHAT_ID });
    await goesOn();
    await alice.sees(/Removal queued/);
  });

  it('removes several people whom the message names with one approval', async () => {
    const { alice, support } = stage;
    const message = await usesOn(`${PAT}, sam@example.com and +442079460958, chat ${CHAT_ID}`, {
      in: support.id,
    });
    await alice.seesModal(/Remove participant/);
    await goesOn();
    const told = await alice.sees(/3 of 3 queued/);
    expect(told.thread_ts).toBe(message.ts);
  });

  it('takes 20 of 30 numbers, and says so', async () => {
    const numbers = Array.from({ length: 30 }, (_, index) => `+1202555${1100 + index}`);
    await usesOn(numbers.join(' and '), { in: stage.support.id });
    await stage.alice.seesModal(/names more people or chats than one request takes: the first 20 are here/);
    expect(stage.alice.modalText()).toContain(numbers.slice(0, 20).join(', '));
    expect(stage.alice.modalText()).not.toContain(numbers[20]);
  });

  it('asks which chat is meant where the message names several', async () => {
    const other = '660e8400-e29b-41d4-a716-446655440000';
    await usesOn(`${PAT} in ${CHAT_ID} or ${other}?`, { in: stage.support.id });
    await stage.alice.seesModal(/names several chats\. Enter the one you mean/);
    expect(stage.alice.modalText()).toContain(`${CHAT_ID}, ${other}`);
    expect((await stage.alice.submits()).errors).toBeNull();
  });

  it('works in a direct message with the app', async () => {
    const { alice, slack } = stage;
    const direct = slack.addChannel({ name: 'with-app', kind: 'im', members: [alice.id], bot: true });
    const message = await usesOn(`${PAT} ${CHAT_ID}`, { in: direct.id });
    await alice.seesModal(/Remove participant/);
    await goesOn();
    expect((await alice.sees(/Removal queued/, { in: direct.id })).thread_ts).toBe(message.ts);
  });

  it('where the bot is not, answers the person', async () => {
    const { alice, slack } = stage;
    const random = slack.addChannel({ name: 'random', kind: 'public', members: [alice.id], bot: false });
    await usesOn(`${PAT} ${CHAT_ID}`, { in: random.id });
    await alice.seesModal(/Remove participant/);
    await goesOn();
    await alice.sees(/removal queued[\s\S]*\/invite @linq-remove/, { in: random.id });
    expect(deletes()).toEqual([[CHAT_ID, PAT]]);
  });

  it('is refused as the command is', async () => {
    await stage.stop();
    stage = await setStage({ mode, env: { ALLOWED_CHANNELS: 'C0OTHER' } });
    await usesOn(`${PAT} ${CHAT_ID}`, { in: stage.support.id });
    await stage.alice.seesModal(/Not allowed[\s\S]*may not be used in this conversation/);
  });

  it('refuses a guest behind the window', async () => {
    const { alice, slack, support } = stage;
    const user = slack.users.get(alice.id);
    if (user) user.isRestricted = true;
    await usesOn(`${PAT} ${CHAT_ID}`, { in: support.id });
    await alice.seesModal(/Not allowed[\s\S]*Guests of this workspace/);
  });

  it('says so when its window did not open', async () => {
    const { alice, slack, support } = stage;
    slack.expireNextTrigger();
    await usesOn(PAT, { in: support.id });
    await alice.sees(/Slack did not open the window[\s\S]*That changes nothing/);
    expect(alice.ephemerals).toHaveLength(1);
  });

  it('delivered twice opens one window', async () => {
    const { alice, slack, support } = stage;
    await usesOn(PAT, { in: support.id });
    await alice.seesModal(/Remove participant/);
    await slack.redeliver();
    await stage.app.idle();
    expect(alice.stack).toHaveLength(1);
    expect(alice.ephemerals).toHaveLength(0);
  });
});

describe.each(MODES)('the shortcut for everywhere, in %s mode', (mode) => {
  async function begins(env: Record<string, string> = {}): Promise<void> {
    stage = await setStage({ mode, env });
  }

  /** Fills the window in, with this conversation in it, and submits it. */
  async function asks(conversation: string) {
    const { alice } = stage;
    await alice.uses(EVERYWHERE);
    await alice.seesModal(/Remove participant/);
    alice.fills({ Chat: CHAT_ID, Handle: PAT, Conversation: conversation });
    return alice.submits();
  }

  it('asks where the result belongs, with the conversation on the screen chosen', async () => {
    await begins();
    const { alice, slack, support } = stage;
    slack.addChannel({ name: 'vip', kind: 'private', members: [alice.id], bot: true });
    await alice.uses(EVERYWHERE, { in: support.id });
    await alice.seesModal(/Conversation[\s\S]*#support/);
    alice.fills({ Chat: CHAT_ID, Handle: PAT, Conversation: 'vip' });
    await goesOn();
    expect((await alice.sees(/Removal queued/)).channel).toBe('C0VIP');
    expect(slack.messagesIn(support.id)).toHaveLength(0);
  });

  it('needs a conversation', async () => {
    await begins();
    expect((await asks('')).errors).toEqual({ Conversation: expect.any(String) });
  });

  it('keeps what was entered when people go back', async () => {
    await begins();
    const { alice } = stage;
    await asks('support');
    await alice.seesModal(/Review removal/);
    await alice.presses('Change chat or person');
    await alice.seesModal(/Conversation[\s\S]*#support/);
    expect(alice.modalText()).toContain(PAT);
  });

  it('refuses a conversation in which the command may not be used, and lets another be chosen', async () => {
    await begins({ ALLOWED_CHANNELS: 'C0SUPPORT' });
    const { alice, slack } = stage;
    slack.addChannel({ name: 'vip', kind: 'private', members: [alice.id], bot: true });
    await asks('vip');
    await alice.seesModal(/Not allowed[\s\S]*may not be used in this conversation/);
    await alice.presses('Go back');
    await alice.seesModal(/Remove participant/);
    expect(alice.modalText()).toContain(PAT);
    alice.fills({ Conversation: 'support' });
    await goesOn();
    await alice.sees(/Removal queued/, { in: 'C0SUPPORT' });
  });

  it.each(['external', 'pending'] as const)('refuses a conversation that is shared: %s', async (shared) => {
    await begins();
    const { alice, slack } = stage;
    slack.addChannel({ name: 'partners', kind: 'public', members: [alice.id] }).shared = shared;
    await asks('partners');
    await alice.seesModal(/Not allowed[\s\S]*shared with another organisation/);
    expect(stage.linq.deletes).toHaveLength(0);
  });

  it('tells it through the chosen conversation where the bot is not in it', async () => {
    await begins();
    const { alice, slack } = stage;
    slack.addChannel({ name: 'random', kind: 'public', members: [alice.id], bot: false });
    await asks('random');
    await alice.seesModal(/Review removal/);
    await alice.submits();
    await alice.sees(/removal queued[\s\S]*\/invite @linq-remove/, { in: 'C0RANDOM' });
  });

  it('refuses a person who may not before anything is typed', async () => {
    await begins({ ALLOW_EVERYONE: '', ALLOWED_USERS: 'U0BOB' });
    await stage.alice.uses(EVERYWHERE);
    await stage.alice.seesModal(/Not allowed[\s\S]*not among the people who may do this/);
  });

  it('tells the person directly when its window did not open', async () => {
    await begins();
    stage.slack.expireNextTrigger();
    await stage.alice.uses(EVERYWHERE);
    await stage.alice.sees(/Slack did not open the window/);
    expect(stage.alice.directMessages).toHaveLength(1);
  });
});
