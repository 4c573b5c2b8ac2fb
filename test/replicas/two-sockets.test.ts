import type { App } from '../../src/app.js';
import { minutes, seconds } from '../support/clock.js';
import { approves, PAT, type Stage, setStage } from '../support/stage.js';

/** Socket Mode: Slack hands every press to any one of the connections. */
describe('Two processes in Socket Mode on one database', () => {
  let stage: Stage;
  let second: App;

  beforeEach(async () => {
    stage = await setStage({ mode: 'socket', engine: 'postgres' });
    second = (await stage.another()).app;
  });
  afterEach(() => stage.stop());

  async function bothPass(ms: number): Promise<void> {
    await Promise.all([stage.app.idle(), second.idle()]);
    stage.clock.advance(ms);
    stage.linq.catchUp();
    await Promise.all([stage.app.tick(), second.tick()]);
  }

  const newChat = () =>
    stage.linq.addChat({ members: [PAT, '+12025550143', '+12025550144', '+12025550145', '+12025550146'] });

  it('hold a connection each, and remove each person once whoever hears of it', async () => {
    const { alice, slack, linq, support } = stage;
    expect(slack.connections()).toBe(2);
    const chats = Array.from({ length: 6 }, newChat);
    for (const chat of chats) {
      await approves(alice, `/linq-remove ${chat.id} ${PAT}`);
      await bothPass(seconds(2));
      await alice.sees(new RegExp(`Removal queued.*${chat.id.slice(-4)}`));
    }
    linq.settles();
    // One list of the person's chats answers for all, whichever process read it: some are judged by the next one.
    for (let past = 0; past < minutes(1); past += seconds(2)) await bothPass(seconds(2));
    expect(linq.deletes.map(({ chatId }) => chatId).sort()).toEqual(chats.map(({ id }) => id).sort());
    const texts = slack.messagesIn(support.id).map(({ text }) => text);
    expect(texts).toHaveLength(chats.length);
    for (const text of texts) expect(text).toMatch(/^Removed:/);
  });

  it('go on when one of them is gone', async () => {
    const { alice, slack, linq } = stage;
    await second.stop();
    await stage.ledger.until(
      () => slack.connections() === 1,
      'the connection of the one that stopped to end',
    );
    const chat = newChat();
    await approves(alice, `/linq-remove ${chat.id} ${PAT}`);
    await alice.sees(/Removal queued/);
    expect(linq.deletes).toHaveLength(1);
  });
});
