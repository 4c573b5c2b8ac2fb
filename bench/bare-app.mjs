// What linq-remove is measured against: Bolt with one command that opens the same modal, and nothing else.
import bolt from '@slack/bolt';

const { App, HTTPReceiver } = bolt;
const receiver = new HTTPReceiver({ signingSecret: process.env.SLACK_SIGNING_SECRET, port: 0 });
const app = new App({
  token: process.env.SLACK_BOT_TOKEN,
  receiver,
  deferInitialization: true,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});
const text = (words) => ({ type: 'plain_text', text: words, emoji: false });
const input = (id, label, example, hint) => ({
  type: 'input',
  block_id: id,
  label: text(label),
  hint: text(hint),
  optional: true,
  element: { type: 'plain_text_input', action_id: id, max_length: 3000, placeholder: text(example) },
});

app.command('/linq-remove', async ({ ack, command, client }) => {
  await ack();
  await client.views.open({
    trigger_id: command.trigger_id,
    view: {
      type: 'modal',
      callback_id: 'request',
      private_metadata: JSON.stringify({ channel: command.channel_id, responseUrl: command.response_url }),
      title: text('Remove participant'),
      submit: text('Review'),
      close: text('Cancel'),
      blocks: [
        input(
          'chat',
          'Chat',
          'Launch crew, or 550e8400-e29b-41d4-a716-446655440000',
          'Part of the group chat’s name, its ID, or a link with it. Leave it empty to choose among the chats of the person.',
        ),
        input(
          'handle',
          'Handle',
          '+12052499136 or pat@example.com',
          'The phone number or email of the person to remove. Leave it empty to choose among the members of the chat.',
        ),
        {
          type: 'context',
          elements: [
            {
              type: 'mrkdwn',
              text: `Nothing is removed yet: you review it first. The result will be posted in <#${command.channel_id}>.`,
              verbatim: true,
            },
          ],
        },
      ],
    },
  });
});

// Straight to Linq, with nothing recorded, checked or promised.
app.view('request', async ({ ack, view }) => {
  await ack();
  const typed = (id) => view.state.values[id][id].value;
  await fetch(`${process.env.LINQ_API_V3_BASE_URL}/v3/chats/${typed('chat')}/participants`, {
    method: 'DELETE',
    headers: {
      authorization: `Bearer ${process.env.LINQ_API_V3_API_KEY}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ handle: typed('handle') }),
  });
});

await app.init();
const server = await app.start({ port: 0, host: '127.0.0.1' });
process.stdout.write(`{"port":${server.address().port}}\n`);
process.on('SIGTERM', () => process.exit(0));
