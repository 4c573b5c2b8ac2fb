import { SLACK_QUOTA } from '../../simulator/slack/quota.js';
import { answerOf, type Stage, setStage } from './slack-bolt.js';

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
  for (const name of ['support', 'sales']) {
    stage.slack.addChannel({ name, kind: 'public', members: ['alice'] });
  }
  stage.slack.quota(SLACK_QUOTA);
});
afterEach(() => stage.strike());

const post = (channel = 'C0SUPPORT') => stage.client.chat.postMessage({ channel, text: 'Hello' });
const look = () => stage.client.users.info({ user: 'U0ALICE' });

describe("Slack's limits", () => {
  it('let three posts a channel through at once, and then one a second', async () => {
    for (let count = 0; count < 3; count++) expect(await answerOf(post())).toBe('ok');
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    expect(await answerOf(post('C0SALES'))).toBe('ok');
    stage.passes(1_000);
    expect(await answerOf(post())).toBe('ok');
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    expect(stage.slack.refusals).toHaveLength(2);
    expect(stage.slack.messagesIn('C0SUPPORT')).toHaveLength(4);
  });

  it.each(Object.entries(SLACK_QUOTA.perMinute))('let %s through %i times a minute', async (method, most) => {
    for (let count = 0; count < most; count++) await stage.client.apiCall(method).catch(() => {});
    expect(stage.slack.refusals).toEqual([]);
    stage.passes(20_000);
    await expect(stage.client.apiCall(method)).rejects.toMatchObject({ retryAfter: 40 });
    stage.passes(40_000);
    await stage.client.apiCall(method).catch(() => {});
    expect(stage.slack.refusals).toHaveLength(1);
  });

  it('can be lifted', async () => {
    stage.slack.quota(null);
    for (let count = 0; count < 9; count++) expect(await answerOf(post())).toBe('ok');
  });

  it('note the calls that come before a Retry-After is over, each method by itself', async () => {
    stage.slack.next('users.info', { rateLimited: 30 });
    await expect(look()).rejects.toMatchObject({ retryAfter: 30 });
    await stage.client.conversations.info({ channel: 'C0SUPPORT' });
    expect(stage.slack.earlyCalls).toEqual([]);
    stage.passes(29_999);
    await look();
    expect(stage.slack.earlyCalls).toMatchObject([{ method: 'users.info' }]);
    stage.passes(1);
    await look();
    expect(stage.slack.earlyCalls).toHaveLength(1);
  });

  it('note them for each channel by itself', async () => {
    for (let count = 0; count < 4; count++) await post().catch(() => {});
    await post('C0SALES');
    expect(stage.slack.earlyCalls).toEqual([]);
    await post().catch(() => {});
    expect(stage.slack.earlyCalls).toMatchObject([{ method: 'chat.postMessage', channel: 'C0SUPPORT' }]);
  });
});
