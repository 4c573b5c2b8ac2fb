import { answerOf, type Stage, setStage } from './slack-bolt.js';

describe('named faults', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage();
    stage.slack.addChannel({ id: 'C0SUPPORT', name: 'support', kind: 'public', members: ['alice'] });
  });
  afterEach(() => stage.strike());
  const post = () => stage.client.chat.postMessage({ channel: 'C0SUPPORT', text: 'Hello' });
  const posted = () => stage.slack.messagesIn('C0SUPPORT').length;

  it('lose the reply of a call that was carried out', async () => {
    stage.slack.next('chat.postMessage', 'lost-reply');
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(posted()).toBe(1);
  });

  it('cut a connection before anything happens', async () => {
    stage.slack.next('chat.postMessage', 'reset');
    await expect(post()).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(posted()).toBe(0);
  });

  it('limit the rate, answer with an error or a status, each once and in order', async () => {
    stage.slack.next('chat.postMessage', { rateLimited: 7 });
    stage.slack.next('chat.postMessage', { error: 'fatal_error' });
    stage.slack.next('chat.postMessage', { status: 503 });
    await expect(post()).rejects.toMatchObject({ retryAfter: 7 });
    expect(await answerOf(post())).toBe('fatal_error');
    await expect(post()).rejects.toMatchObject({ statusCode: 503 });
    expect(posted()).toBe(0);
    expect(await answerOf(post())).toBe('ok');
    expect(stage.ledger.of('chat.postMessage').map(({ answer }) => answer)).toEqual([
      429,
      'fatal_error',
      503,
      'ok',
    ]);
  });

  it('hold a call until they are let go', async () => {
    let letGo = () => {};
    const hold = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    stage.slack.next('chat.postMessage', { hold });
    const posting = post();
    await stage.ledger.until(() => stage.ledger.count('chat.postMessage'), 'the call to arrive');
    expect(posted()).toBe(0);
    letGo();
    await expect(posting).resolves.toMatchObject({ ok: true });
  });

  it('never answer, so that the client has to give up', async () => {
    stage.slack.next('chat.postMessage', 'hang');
    await expect(post()).rejects.toThrow();
    expect(posted()).toBe(0);
  });
});
