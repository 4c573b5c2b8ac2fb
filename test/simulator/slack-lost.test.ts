import type { App, types } from '@slack/bolt';
import type { SlackFault } from '../../simulator/slack/faults.js';
import { type Stage, setStage } from './slack-bolt.js';

const MODES = ['socket', 'http'] as const;
const view = (title: string): types.ModalView => ({
  type: 'modal',
  callback_id: 'ask',
  title: { type: 'plain_text', text: title },
  submit: { type: 'plain_text', text: 'Go' },
  blocks: [
    {
      type: 'input',
      block_id: 'who',
      label: { type: 'plain_text', text: 'Who' },
      element: { type: 'plain_text_input', action_id: 'value', initial_value: 'pat' },
    },
  ],
});

let stage: Stage;
let submissions = 0;
beforeEach(async () => {
  stage = await setStage();
  submissions = 0;
  stage.slack.addChannel({ name: 'support', kind: 'public', members: ['alice'] });
});
afterEach(() => stage.strike());
const alice = () => stage.slack.person('alice');

function listen(app: App): void {
  app.command('/linq-remove', async ({ ack, body, client }) => {
    await client.views.open({ trigger_id: body.trigger_id, view: view('First') });
    await ack();
  });
  app.view('ask', async ({ ack }) => {
    submissions += 1;
    await ack({ response_action: 'update', view: view('Second') });
  });
}

describe.each(MODES)('an answer of the app that is lost over %s', (mode) => {
  beforeEach(() => stage.bolt(mode, listen));

  it('leaves the window as it was, and the app unaware', async () => {
    await alice().runs('/linq-remove');
    stage.slack.loseNextAck();
    expect(await alice().submits()).toMatchObject({
      outcome: 'operation_timeout',
      trouble: 'We had some trouble connecting. Try again?',
    });
    expect(submissions).toBe(1);
    expect(alice().modalText()).toMatch(/^First/);
    expect(stage.ledger.of('ack').at(-1)?.answer).toBe('lost');
    expect(await alice().submits()).toMatchObject({ outcome: 'acknowledged', errors: null });
    expect(alice().modalText()).toMatch(/^Second/);
  });

  it('fails the command, whose window is open all the same', async () => {
    stage.slack.loseNextAck();
    const trouble = '/linq-remove failed with the error "operation_timeout"';
    expect(await alice().runs('/linq-remove')).toMatchObject({ trouble });
    expect(alice().modalText()).toMatch(/^First/);
  });

  it('may be lost with its connection while the payload was on its way', async () => {
    await alice().runs('/linq-remove');
    stage.slack.cutNextDelivery();
    expect(await alice().submits()).toMatchObject({ outcome: 'operation_timeout' });
    await stage.ledger.until(() => submissions === 1, 'the app to be told');
    expect(alice().modalText()).toMatch(/^First/);
    if (mode === 'socket') {
      await stage.ledger.until(() => stage.slack.connections() === 0, 'the connection to go');
      await stage.ledger.until(() => stage.slack.connections() === 1, 'Bolt to reconnect');
    }
    expect(await alice().runs('/linq-remove')).toMatchObject({ outcome: 'acknowledged' });
  });
});

describe('a cable that is pulled', () => {
  it('cuts everything until it is plugged in again', async () => {
    await stage.bolt('socket', listen);
    stage.slack.unplug();
    await expect(stage.client.auth.test()).rejects.toThrow();
    await stage.ledger.until(() => stage.slack.connections() === 0, 'the connection to go');
    expect(await alice().runs('/linq-remove')).toMatchObject({ outcome: 'dispatch_failed' });
    stage.slack.plug();
    await expect(stage.client.auth.test()).resolves.toMatchObject({ ok: true });
  });
});

describe('a fault may meet any method', () => {
  const faults: [SlackFault, string | number][] = [
    [{ error: 'ratelimited' }, 'ratelimited'],
    [{ error: 'fatal_error' }, 'fatal_error'],
    [{ error: 'internal_error' }, 'internal_error'],
    [{ rateLimited: 3 }, 429],
    [{ status: 502 }, 502],
    ['reset', 'reset'],
    ['lost-reply', 'lost-reply'],
    ['cut', 'cut'],
    ['hang', 'hang'],
  ];

  /** What became of the first such call; one that is left hanging is given up as soon as that is known. */
  async function answerTo(what: string, url: string, body?: string) {
    const caller = new AbortController();
    const call = fetch(url, { method: 'POST', signal: caller.signal, ...(body && { body }) });
    const over = call.then((response) => response.text()).catch(() => {});
    const answer = await stage.ledger.until(() => stage.ledger.of(what)[0]?.answer, what);
    if (answer === 'hang') caller.abort();
    await over;
    return answer;
  }

  it.each(faults)('%j', async (fault, answer) => {
    for (const method of stage.slack.methods) {
      stage.slack.next(method, fault);
      expect([method, await answerTo(method, stage.slack.apiUrl + method)]).toEqual([method, answer]);
    }
  });

  it.each(faults)('%j, and a response_url too', async (fault, answer) => {
    await stage.bolt('socket', listen);
    await alice().runs('/linq-remove');
    stage.slack.next('response_url', fault);
    const body = JSON.stringify({ text: 'Hello' });
    expect(await answerTo('response_url', stage.latest('response_url'), body)).toBe(answer);
    expect(alice().ephemerals).toHaveLength(fault === 'lost-reply' || fault === 'cut' ? 1 : 0);
  });
});
