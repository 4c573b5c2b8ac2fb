import type { App, types } from '@slack/bolt';
import { type Stage, setStage } from './slack-bolt.js';

const view = (title: string, clears = false): types.ModalView => ({
  type: 'modal',
  callback_id: 'ask',
  clear_on_close: clears,
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
beforeEach(async () => {
  stage = await setStage();
  stage.slack.addChannel({ name: 'support', kind: 'public', members: ['alice'] });
});
afterEach(() => stage.strike());
const alice = () => stage.slack.person('alice');

/** Kind, whom it was for, and how it begins. */
const told = () =>
  stage.slack
    .said()
    .map(({ kind, to, channel, text }) => [kind, to ?? channel, text.split('\n')[0] ?? ''].join(' '));

describe('the record of what people were shown', () => {
  it('holds every state of a message, and whether it was for one person', async () => {
    const { client, passes, slack } = stage;
    const channel = 'C0SUPPORT';
    const { ts = '' } = await client.chat.postMessage({ channel, text: 'Queued' });
    passes(2_000);
    await client.chat.update({ channel, ts, text: 'Removed' });
    await client.chat.postEphemeral({ channel, user: 'U0ALICE', text: 'Only you' });
    await client.chat.postMessage({ channel, text: 'Look', thread_ts: ts });
    await client.chat.delete({ channel, ts });
    expect(told()).toEqual([
      'message C0SUPPORT Queued',
      'edit C0SUPPORT Removed',
      'ephemeral U0ALICE Only you',
      'message C0SUPPORT Look',
      'deleted C0SUPPORT ',
    ]);
    expect(slack.said()[0]).toMatchObject({ id: ts, at: new Date('2026-03-02T09:00:00Z'), thread: null });
    expect(slack.said()[1]).toMatchObject({ id: ts, at: new Date('2026-03-02T09:00:02Z') });
    expect(slack.said()[3]).toMatchObject({ thread: ts });
  });

  it('holds what is read on the screen and what is read aloud', async () => {
    const blocks = [{ type: 'section', text: { type: 'plain_text', text: 'Seen' } }] as const;
    await stage.client.chat.postMessage({ channel: 'C0SUPPORT', text: 'Heard', blocks: [...blocks] });
    expect(stage.slack.said()[0]).toMatchObject({ text: 'Seen', spoken: 'Heard' });
  });

  it('holds every window, errors on its fields, and what Slack itself says', async () => {
    await stage.bolt('http', (app: App) => {
      app.command('/linq-remove', async ({ ack, body, client }) => {
        await client.views.open({ trigger_id: body.trigger_id, view: view('First') });
        await ack();
      });
      app.view('ask', async ({ ack, view: { title, id }, client }) => {
        if (title.text === 'First') return ack({ response_action: 'errors', errors: { who: 'Not pat.' } });
        await ack({ response_action: 'update', view: view('Third') });
        await client.views.update({ view_id: id, view: view('Fourth') });
      });
    });
    await alice().runs('/linq-remove');
    await alice().submits();
    const modal = alice().modal;
    await stage.client.views.update({ view_id: modal?.id ?? '', view: view('Second') });
    stage.slack.loseNextAck();
    await alice().submits();
    await alice().seesModal(/Fourth/);
    expect(told()).toEqual([
      'window U0ALICE First',
      'errors U0ALICE First',
      'window U0ALICE Second',
      'trouble U0ALICE We had some trouble connecting. Try again?',
      'window U0ALICE Fourth',
    ]);
    expect(stage.slack.said()[1]?.text).toContain('Not pat.');
    expect(stage.slack.said()[0]?.id).toBe(modal?.id);
  });
});
