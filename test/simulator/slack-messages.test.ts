import type { Channel } from '../../simulator/slack/world.js';
import { answerOf, type Stage, setStage } from './slack-bolt.js';

describe('messages', () => {
  let stage: Stage;
  let support: Channel;
  beforeEach(async () => {
    stage = await setStage();
    support = stage.slack.addChannel({ name: 'support', kind: 'public', members: ['alice'] });
  });
  afterEach(() => stage.strike());
  const post = (channel: string, text = 'Hello') => stage.client.chat.postMessage({ channel, text });

  it.each([
    ['a public channel without the bot', 'not_in_channel', { kind: 'public', bot: false }, {}],
    ['a private channel without the bot', 'channel_not_found', { kind: 'private', bot: false }, {}],
    ["somebody else's conversation", 'channel_not_found', { kind: 'im' }, {}],
    ['a group conversation', 'channel_not_found', { kind: 'mpim' }, {}],
    ['an archived channel', 'is_archived', { kind: 'public' }, { archived: true }],
    ['a read-only channel', 'restricted_action', { kind: 'public' }, { readOnly: true }],
    ['a private channel with the bot', 'ok', { kind: 'private', bot: true }, {}],
  ] as const)('to %s: %s', async (_, answer, kind, state) => {
    const channel = stage.slack.addChannel({ name: 'there', members: ['alice'], ...kind });
    Object.assign(channel, state);
    expect(await answerOf(post(channel.id))).toBe(answer);
    expect(stage.ledger.of('chat.postMessage')).toMatchObject([{ answer, detail: { channel: channel.id } }]);
  });

  it('need a channel that exists, something to say and the scope for it', async () => {
    expect(await answerOf(post('C0NOWHERE'))).toBe('channel_not_found');
    expect(await answerOf(post(support.id, ''))).toBe('no_text');
    stage.slack.scopes.delete('users:read');
    expect(await answerOf(stage.client.users.info({ user: 'U0ALICE' }))).toBe('missing_scope');
    stage.slack.scopes.delete('chat:write');
    expect(await answerOf(post(support.id))).toBe('missing_scope');
    expect(await answerOf(stage.client.apiCall('chat.shout'))).toBe('unknown_method');
  });

  it('have times of their own even when the clock stands still', async () => {
    const first = await post(support.id);
    const second = await post(support.id);
    expect(first.ts).toBe('1772442000.000000');
    expect(second.ts).toBe('1772442000.000001');
  });

  it('go to a person by their user id, in a conversation that others do not see', async () => {
    stage.slack.person('alice');
    const posted = await post('U0ALICE', 'Just between us');
    expect(posted.channel).toMatch(/^D/);
    await stage.slack.person('alice').sees('Just between us');
    expect(stage.slack.person('alice').directMessages).toHaveLength(1);
    expect(stage.slack.person('bob').directMessages).toHaveLength(0);
    const update = { ts: String(posted.ts), text: 'Changed' };
    expect(await answerOf(stage.client.chat.update({ channel: 'U0ALICE', ...update }))).toBe(
      'channel_not_found',
    );
    expect(await answerOf(stage.client.chat.update({ channel: String(posted.channel), ...update }))).toBe(
      'ok',
    );
  });

  it('can be edited by their author and keep their history', async () => {
    const { ts = '' } = await stage.client.chat.postMessage({
      channel: support.id,
      text: 'Queued',
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Queued' } }],
    });
    const { chat } = stage.client;
    await chat.update({ channel: support.id, ts, text: 'Removed' });
    expect(stage.slack.messagesIn(support.id)).toMatchObject([
      { text: 'Removed', shown: 'Removed', blocks: [], edited: 1, history: ['Queued', 'Removed'] },
    ]);
    const change = (text: string, at = ts) => answerOf(chat.update({ channel: support.id, ts: at, text }));
    expect(await change('x'.repeat(4_000))).toBe('ok');
    expect(await change('x'.repeat(4_001))).toBe('msg_too_long');
    expect(await change('Removed', '1.1')).toBe('message_not_found');
    support.messages.push({ ...(support.messages[0] as Channel['messages'][0]), ts: '2.2', user: 'U0ALICE' });
    expect(await change('Not mine', '2.2')).toBe('cant_update_message');
    support.archived = true;
    expect(await change('Removed')).toBe('is_inactive');
  });

  it('are cut at 40,000 characters when posted', async () => {
    await post(support.id, 'x'.repeat(40_001));
    expect(support.messages[0]?.text).toHaveLength(40_000);
  });

  it('are refused with blocks that Slack does not take', async () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: '' } }];
    await expect(
      stage.client.chat.postMessage({ channel: support.id, text: 'x', blocks }),
    ).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        response_metadata: { messages: [expect.stringContaining('json-pointer:/blocks/0/text/text')] },
      },
    });
  });

  it('may be for one pair of eyes', async () => {
    const whisper = (user: string) =>
      answerOf(stage.client.chat.postEphemeral({ channel: support.id, user, text: 'Psst' }));
    expect(await whisper('U0BOB')).toBe('user_not_in_channel');
    expect(await whisper('U0ALICE')).toBe('ok');
    support.members.add(stage.slack.person('bob').id);
    expect(stage.slack.person('alice').ephemerals).toHaveLength(1);
    expect(stage.slack.person('bob').ephemerals).toHaveLength(0);
  });

  it('reply in threads and can be deleted', async () => {
    const { ts = '' } = await post(support.id);
    await stage.client.chat.postMessage({ channel: support.id, text: 'Reply', thread_ts: ts });
    expect(support.messages[1]).toMatchObject({ thread_ts: ts });
    await stage.client.chat.delete({ channel: support.id, ts });
    expect(support.messages.map(({ text }) => text)).toEqual(['Reply']);
  });

  it.each([
    ['<!channel> look', ['channel'], '@channel look'],
    ['&lt;!channel&gt; look', [], '<!channel> look'],
    ['&amp;lt;!here&amp;gt;', [], '&lt;!here&gt;'],
    ['<!subteam^S1|@ops>', ['S1'], '@ops'],
    ['<@U0ALICE> in <#C0SUPPORT>', [], '@alice in #support'],
    ['<https://linqapp.com|docs> and <mailto:a@b.c|a@b.c>', [], 'docs and a@b.c'],
    ['<!date^1772442000^{time}|09:00 UTC>', [], '09:00 UTC'],
  ])('reads %s as people do (rings: %j)', async (text, rang, shown) => {
    await post(support.id, text);
    expect(support.messages[0]).toMatchObject({ rang, shown });
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text } }];
    await stage.client.chat.postMessage({ channel: support.id, text: 'x', blocks });
    expect(support.messages[1]).toMatchObject({ rang, shown });
    const harmless = [{ type: 'section', text: { type: 'plain_text', text } }];
    await stage.client.chat.postMessage({ channel: support.id, text: 'x', blocks: harmless });
    expect(support.messages[2]).toMatchObject({ rang: [], shown: text });
  });

  it('bring their buttons to life', async () => {
    await stage.bolt('socket', (app) => {
      app.action('again', async ({ ack, respond }) => {
        await ack();
        await respond({ replace_original: true, text: 'Done' });
      });
    });
    const text = { type: 'plain_text' as const, text: 'Again' };
    const blocks = [{ type: 'actions', elements: [{ type: 'button', action_id: 'again', text }] }];
    await stage.client.chat.postMessage({ channel: support.id, text: 'Try', blocks });
    await stage.slack.person('alice').presses('Again');
    await expect(stage.slack.person('alice').sees('Done', { in: support.id })).resolves.toMatchObject({
      edited: 1,
    });
    await expect(stage.slack.person('alice').presses('Again')).rejects.toThrow('sees no button "Again"');
  });
});
