import type { App, types } from '@slack/bolt';
import { type Stage, setStage } from './slack-bolt.js';

const requestView: types.ModalView = {
  type: 'modal',
  callback_id: 'request',
  title: { type: 'plain_text', text: 'Remove participant' },
  submit: { type: 'plain_text', text: 'Review' },
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'handle',
      label: { type: 'plain_text', text: 'Handle' },
      element: {
        type: 'plain_text_input',
        action_id: 'value',
        initial_value: 'pat@example.com',
        max_length: 40,
      },
    },
    {
      type: 'input',
      block_id: 'chats',
      optional: true,
      label: { type: 'plain_text', text: 'Chats' },
      element: {
        type: 'checkboxes',
        action_id: 'value',
        options: ['Launch', 'Support'].map((name) => ({
          text: { type: 'mrkdwn', text: `*${name}*` },
          value: name,
        })),
      },
    },
    {
      type: 'actions',
      block_id: 'buttons',
      elements: [
        { type: 'button', action_id: 'help', text: { type: 'plain_text', text: 'Help' }, value: 'me' },
      ],
    },
  ],
};

function listen(app: App): void {
  app.command('/linq-remove', async ({ ack, body, client }) => {
    await ack();
    await client.views.open({
      trigger_id: body.trigger_id,
      view: { ...requestView, private_metadata: body.channel_id },
    });
  });
  app.view({ callback_id: 'request', type: 'view_submission' }, async ({ ack, view, body, client }) => {
    const handle = view.state.values.handle?.value?.value ?? '';
    if (!handle.includes('@')) return ack({ response_action: 'errors', errors: { handle: 'Not an email.' } });
    await ack();
    const chats = view.state.values.chats?.value?.selected_options?.map((option) => option.value) ?? [];
    await client.chat.postMessage({
      channel: view.private_metadata,
      text: `<@${body.user.id}> removed ${handle} from ${chats.join(' &amp; ')}`,
    });
  });
  app.view({ callback_id: 'request', type: 'view_closed' }, async ({ ack }) => ack());
  app.action('help', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.view) return;
    const more: types.Block | types.KnownBlock = {
      type: 'header',
      text: { type: 'plain_text', text: 'Some help' },
    };
    const view = { ...requestView, private_metadata: body.view.private_metadata };
    const blocks = [more, ...requestView.blocks];
    await client.views.update({ view_id: body.view.id, hash: body.view.hash, view: { ...view, blocks } });
  });
}

describe.each(['socket', 'http'] as const)('Bolt over %s against the simulated Slack', (mode) => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await setStage();
    stage.slack.addChannel({ name: 'support', kind: 'private', members: ['alice', 'bob'] });
    await stage.bolt(mode, listen);
  });
  afterEach(() => stage.strike());

  it('goes from the command through the modal to a message that others see', async () => {
    const alice = stage.slack.person('alice');
    await expect(alice.runs('/linq-remove +1 205')).resolves.toMatchObject({
      outcome: 'acknowledged',
      body: null,
    });
    await alice.seesModal('Remove participant');
    alice.fills({ Handle: 'zoë@example.com', Chats: ['*Launch*', '*Support*'] });
    await expect(alice.submits()).resolves.toMatchObject({ outcome: 'acknowledged', errors: null });
    const message = await stage.slack
      .person('bob')
      .sees('@alice removed zoë@example.com from Launch & Support');
    expect(message).toMatchObject({ user: stage.slack.botUserId, edited: 0, rang: [] });
    expect(alice.modal).toBeNull();
    expect(stage.ledger.entries.map((entry) => entry.what)).toEqual(
      expect.arrayContaining(['slash_commands', 'ack', 'views.open', 'view_submission', 'chat.postMessage']),
    );
  });

  it('shows inline errors by label and lets the person correct them', async () => {
    const alice = stage.slack.person('alice');
    await alice.runs('/linq-remove');
    await alice.seesModal('pat@example.com');
    alice.fills({ Handle: 'pat' });
    await expect(alice.submits()).resolves.toMatchObject({ errors: { Handle: 'Not an email.' } });
    expect(alice.modalText()).toContain('Not an email.');
    alice.fills({ Handle: 'pat@example.com' });
    await expect(alice.submits()).resolves.toMatchObject({ errors: null });
  });

  it('keeps what was typed when the app updates the view', async () => {
    const alice = stage.slack.person('alice');
    await alice.runs('/linq-remove');
    await alice.seesModal('Help');
    alice.fills({ Handle: 'sam@example.com' });
    await expect(alice.presses('Help')).resolves.toMatchObject({ outcome: 'acknowledged' });
    await alice.seesModal('Some help');
    expect(alice.modalText()).toContain('sam@example.com');
  });

  it('tells the app when the person closes the modal', async () => {
    const alice = stage.slack.person('alice');
    await alice.runs('/linq-remove');
    await alice.seesModal('Remove participant');
    await alice.closes();
    expect(stage.ledger.of('view_closed')).toMatchObject([
      { answer: 'acknowledged', detail: { is_cleared: true } },
    ]);
    expect(alice.modalText()).toBe('');
  });
});

describe("Slack's own client", () => {
  it('holds back a submission with a required field empty or a text too long', async () => {
    const stage = await setStage();
    stage.slack.addChannel({ name: 'support', kind: 'public', members: ['alice'] });
    const alice = stage.slack.person('alice');
    await alice.runs('/linq-remove');
    await stage.client.views.open({ trigger_id: stage.latest('trigger_id'), view: requestView });
    alice.fills({ Handle: '' });
    const required = { Handle: 'Please complete this required field.' };
    await expect(alice.submits()).resolves.toEqual({ outcome: 'not_sent', body: null, errors: required });
    alice.fills({ Handle: '🙂'.repeat(40) });
    await expect(alice.submits()).resolves.toMatchObject({ outcome: 'dispatch_failed', errors: null });
    alice.fills({ Handle: 'x'.repeat(41) });
    await expect(alice.submits()).resolves.toMatchObject({ outcome: 'not_sent' });
    expect(stage.ledger.count('view_submission')).toBe(1);
    expect(() => alice.fills({ Handel: '' })).toThrow('No input "Handel"');
    expect(() => alice.fills({ Chats: 'Elsewhere' })).toThrow('No option "Elsewhere"');
    await stage.strike();
  });
});
