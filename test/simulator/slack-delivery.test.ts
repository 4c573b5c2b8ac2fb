import { MODAL_TROUBLE } from '../../simulator/slack/submission.js';
import { type Stage, setStage } from './slack-bolt.js';

describe('delivering to the app', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage();
    stage.slack.addChannel({ name: 'support', kind: 'public', members: ['alice'] });
  });
  afterEach(() => stage.strike());
  const alice = () => stage.slack.person('alice');

  it('fails at once when nobody is connected', async () => {
    await expect(alice().runs('/linq-remove')).resolves.toEqual({
      outcome: 'dispatch_failed',
      body: null,
      trouble: '/linq-remove failed with the error "dispatch_failed"',
    });
  });

  it('gives up after three seconds and notes the acknowledgement that comes later', async () => {
    let acknowledge = () => {};
    const asked = new Promise<void>((resolve) => {
      acknowledge = resolve;
    });
    await stage.bolt('socket', (app) => {
      app.command('/linq-remove', async ({ ack }) => {
        await asked;
        await ack('too late');
      });
    });
    await expect(alice().runs('/linq-remove')).resolves.toMatchObject({ outcome: 'operation_timeout' });
    acknowledge();
    await stage.ledger.until(() => stage.ledger.of('ack')[0]?.answer === 'late', 'the late acknowledgement');
    expect(alice().ephemerals).toEqual([]);
  });

  it.each(['socket', 'http'] as const)(
    'shows the text of an acknowledgement over %s to the person alone',
    async (mode) => {
      await stage.bolt(mode, (app) => {
        app.command('/linq-remove', async ({ ack }) => ack('Just for you'));
      });
      await alice().runs('/linq-remove help');
      expect(alice().ephemerals).toMatchObject([{ text: 'Just for you', ephemeralFor: 'U0ALICE' }]);
    },
  );

  it('delivers what was typed as it was typed', async () => {
    let text = '';
    await stage.bolt('http', (app) => {
      app.command('/linq-remove', async ({ ack, body }) => {
        text = body.text;
        await ack();
      });
    });
    await alice().runs('/linq-remove  (205)\u00a0249‑9136 <!channel> & "x"\n');
    expect(text).toBe(' (205)\u00a0249‑9136 <!channel> & "x"\n');
  });

  it('is refused by Bolt when the signing secret differs', async () => {
    await stage.bolt('http', () => {}, 'another-secret');
    await expect(alice().runs('/linq-remove')).resolves.toMatchObject({
      outcome: 'dispatch_failed',
      status: 401,
    });
  });

  it('says that a listener failed when Bolt answers 500', async () => {
    await stage.bolt('http', (app) => {
      app.command('/linq-remove', async () => {
        throw new Error('before the acknowledgement');
      });
    });
    await expect(alice().runs('/linq-remove')).resolves.toMatchObject({
      outcome: 'dispatch_failed',
      status: 500,
    });
  });

  it.each(['socket', 'http'] as const)(
    'delivers the same payload twice over %s when asked to',
    async (mode) => {
      const triggers: string[] = [];
      await stage.bolt(mode, (app) => {
        app.command('/linq-remove', async ({ ack, body }) => {
          triggers.push(body.trigger_id);
          await ack();
        });
      });
      await alice().runs('/linq-remove');
      await expect(stage.slack.redeliver()).resolves.toMatchObject({ outcome: 'acknowledged' });
      expect(triggers).toHaveLength(2);
      expect(triggers[0]).toBe(triggers[1]);
    },
  );

  it('counts and drops connections, and Bolt comes back', async () => {
    await stage.bolt('socket', (app) => {
      app.command('/linq-remove', async ({ ack }) => ack());
    });
    expect(stage.slack.connections()).toBe(1);
    stage.slack.dropConnections();
    await stage.ledger.until(() => stage.slack.connections() === 0, 'the connection to go');
    await stage.ledger.until(() => stage.slack.connections() === 1, 'Bolt to reconnect');
    await expect(alice().runs('/linq-remove')).resolves.toMatchObject({ outcome: 'acknowledged' });
  });

  it('opens no connection with the wrong token or none', async () => {
    await expect(
      fetch(`${stage.slack.apiUrl}apps.connections.open`, { method: 'POST' }).then((r) => r.json()),
    ).resolves.toEqual({
      ok: false,
      error: 'not_authed',
    });
    const opening = stage.client.apiCall('apps.connections.open');
    await expect(opening).rejects.toMatchObject({ data: { error: 'not_allowed_token_type' } });
    stage.slack.refuseTokens();
    await expect(stage.client.auth.test()).rejects.toMatchObject({ data: { error: 'invalid_auth' } });
  });

  it.each([
    ['an error on a block that is no input', { response_action: 'errors', errors: { note: 'No.' } }],
    ['an error without words', { response_action: 'errors', errors: { handle: '' } }],
    ['a view that Slack would not show', { response_action: 'update', view: { type: 'modal', blocks: [] } }],
    ['an action that does not exist', { response_action: 'explode' }],
  ])('shows trouble when a submission is answered with %s', async (_, answer) => {
    await stage.bolt('socket', (app) => {
      app.command('/linq-remove', async ({ ack }) => ack());
      // Bolt's types would not let an app say this.
      app.view(/.*/, async ({ ack }) => Reflect.apply(ack, undefined, [answer]));
    });
    await alice().runs('/linq-remove');
    await stage.client.views.open({
      trigger_id: stage.latest('trigger_id'),
      view: {
        type: 'modal',
        title: { type: 'plain_text', text: 'Remove' },
        submit: { type: 'plain_text', text: 'Go' },
        blocks: [
          { type: 'section', block_id: 'note', text: { type: 'mrkdwn', text: 'Mind' } },
          {
            type: 'input',
            block_id: 'handle',
            optional: true,
            label: { type: 'plain_text', text: 'Handle' },
            element: { type: 'plain_text_input', action_id: 'a' },
          },
        ],
      },
    });
    await expect(alice().submits()).resolves.toMatchObject({ trouble: MODAL_TROUBLE, errors: null });
    expect(alice().modal).not.toBeNull();
  });
});
