import { type Stage, setStage } from './slack-bolt.js';

describe('a response_url', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage();
    stage.slack.addChannel({ name: 'there', kind: 'private', members: ['alice', 'bob'], bot: false });
    await stage.slack.person('alice').runs('/linq-remove +12052499136');
  });
  afterEach(() => stage.strike());

  const respond = async (body: object) => {
    const response = await fetch(stage.latest('response_url'), {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return `${response.status} ${await response.text()}`;
  };

  it('works five times', async () => {
    for (let use = 1; use <= 5; use += 1) expect(await respond({ text: `Use ${use}` })).toBe('200 ok');
    expect(await respond({ text: 'One too many' })).toBe('404 used_url');
    expect(stage.slack.person('alice').ephemerals).toHaveLength(5);
    expect(stage.ledger.of('response_url').map(({ answer }) => answer)).toEqual([
      ...Array(5).fill('ok'),
      'used_url',
    ]);
  });

  it('works for thirty minutes', async () => {
    stage.passes(30 * 60_000);
    expect(await respond({ text: 'In time' })).toBe('200 ok');
    stage.passes(1);
    expect(await respond({ text: 'Late' })).toBe('404 expired_url');
  });

  it('speaks to one person where the bot cannot post, unless told otherwise', async () => {
    await respond({ text: 'For you' });
    expect(stage.slack.person('bob').ephemerals).toEqual([]);
    await respond({ text: 'For all', response_type: 'in_channel' });
    await expect(stage.slack.person('bob').sees('For all')).resolves.toMatchObject({
      shownCommand: '/linq-remove +12052499136',
    });
  });

  it('refuses what Slack would not show, and can be made to fail', async () => {
    expect(await respond({})).toBe('400 no_text');
    stage.slack.next('response_url', { error: 'used_url' });
    expect(await respond({ text: 'x' })).toBe('404 used_url');
    stage.slack.next('response_url', 'lost-reply');
    await expect(respond({ text: 'Acted upon' })).rejects.toThrow();
    expect(stage.slack.person('alice').ephemerals).toMatchObject([{ text: 'Acted upon' }]);
  });
});
