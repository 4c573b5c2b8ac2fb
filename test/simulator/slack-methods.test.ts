import { answerOf, type Stage, setStage } from './slack-bolt.js';

describe('the table of Web API methods', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage();
  });
  afterEach(() => stage.strike());

  it('covers these and no others', () => {
    expect([...stage.slack.methods].sort()).toEqual([
      'apps.connections.open',
      'auth.teams.list',
      'auth.test',
      'chat.delete',
      'chat.postEphemeral',
      'chat.postMessage',
      'chat.update',
      'conversations.info',
      'conversations.members',
      'files.completeUploadExternal',
      'files.getUploadURLExternal',
      'usergroups.users.list',
      'users.info',
      'views.open',
      'views.push',
      'views.update',
    ]);
  });

  it('spells them as the genuine client does', () => {
    const strangers = stage.slack.methods.filter((name) => {
      const found = name
        .split('.')
        .reduce<unknown>((part, key) => Reflect.get(Object(part), key), stage.client);
      return typeof found !== 'function';
    });
    expect(strangers).toEqual([]);
  });

  it('knows who the bot is', async () => {
    const { slack, client } = stage;
    await expect(client.auth.test()).resolves.toMatchObject({
      user_id: slack.botUserId,
      team_id: slack.teamId,
    });
  });

  it('reads conversations, users and groups with the scopes for it', async () => {
    const { slack, client } = stage;
    const secret = slack.addChannel({ name: 'secret', kind: 'private', members: ['alice'], bot: false });
    const open = slack.addChannel({ name: 'open', kind: 'public', members: ['alice', 'bob'], bot: false });
    slack.usergroups.set('S0OPS', new Set(['U0ALICE']));
    slack.scopes.delete('channels:read');
    expect(await answerOf(client.conversations.info({ channel: open.id }))).toBe('missing_scope');
    slack.scopes.add('channels:read');
    expect(await answerOf(client.conversations.info({ channel: secret.id }))).toBe('channel_not_found');
    await expect(client.conversations.info({ channel: open.id })).resolves.toMatchObject({
      channel: { id: open.id, is_private: false, is_member: false },
    });
    await expect(client.conversations.members({ channel: open.id, limit: 1 })).resolves.toMatchObject({
      members: ['U0ALICE'],
      response_metadata: { next_cursor: '1' },
    });
    expect(await answerOf(client.conversations.members({ channel: secret.id }))).toBe('channel_not_found');
    await expect(client.users.info({ user: 'U0ALICE' })).resolves.toMatchObject({
      user: { is_restricted: false },
    });
    await expect(client.usergroups.users.list({ usergroup: 'S0OPS' })).resolves.toMatchObject({
      users: ['U0ALICE'],
    });
    expect(await answerOf(client.usergroups.users.list({ usergroup: 'S0NONE' }))).toBe('no_such_subteam');
  });
});
