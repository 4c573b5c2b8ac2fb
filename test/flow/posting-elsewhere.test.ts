import type { ChannelKind } from '../../simulator/slack/world.js';
import { minutes, seconds } from '../support/clock.js';
import { approves, BOTH, CHAT_ID, PAT, type Stage, setStage } from '../support/stage.js';

let stage: Stage;
afterEach(async () => {
  expect(stage.linq.deletes).toHaveLength(1);
  await stage.stop();
});

/** Where the app is not, it cannot see whether another organisation takes part. */
const UNSEEN_TOO = { ALLOW_EXTERNAL_CHANNELS: 'true' };
const INVITE = 'I cannot post in this conversation. To have results posted there: `/invite @linq-remove`';
const CLOSED =
  'Nobody can post in that conversation right now. Where I should post: open another one and `/invite @linq-remove`';

/** An answer to the command cannot be edited: it says of which moment it speaks, and promises nothing of itself. */
const QUEUED_THEN = expect.stringMatching(
  /^\*As of 10:00:00 UTC: removal queued\*.*\n.* It is not done yet\.\n/,
);
const PROMISES =
  /This copy does not change; a second one here, or a direct message to @alice, tells how it ends\./;

/** A conversation of alice and bob without the bot. */
function without(kind: ChannelKind) {
  return stage.slack.addChannel({ name: `${kind}-talk`, kind, members: ['alice', 'bob'], bot: false });
}

/** Approves with nothing typed after the command. */
async function approvesFromForm(where: { in: string }) {
  const { alice } = stage;
  await alice.runs('/linq-remove', where);
  await alice.seesModal(/Remove participant/);
  alice.fills({ Chat: CHAT_ID, Handle: PAT });
  await alice.submits();
  await alice.submits();
}

const responded = (count: number) =>
  stage.ledger.until(() => stage.ledger.count('response_url') === count, `${count} responses`);

async function responses(count: number) {
  await responded(count);
  await stage.app.idle();
}

const said = (channelId: string) => stage.slack.messagesIn(channelId).map(({ shown }) => shown);

describe('a conversation without the bot', () => {
  beforeEach(async () => {
    stage = await setStage({ env: UNSEEN_TOO });
  });

  it.each<[ChannelKind, string]>([
    ['public', 'not_in_channel'],
    ['private', 'channel_not_found'],
    ['mpim', 'channel_not_found'],
    ['im', 'channel_not_found'],
  ])('(%s: %s) hears how it stands and how it ended, and how to invite the bot', async (kind, error) => {
    const { linq, ledger, passes } = stage;
    const channel = without(kind);
    await approvesFromForm({ in: channel.id });
    await responses(1);
    expect(ledger.of('chat.postMessage').map(({ answer }) => answer)).toEqual([error]);
    expect(said(channel.id)).toEqual([QUEUED_THEN]);

    await passes(seconds(2));
    linq.settles();
    await passes(seconds(2));
    expect(said(channel.id)).toEqual([QUEUED_THEN, expect.stringMatching(/^\*Removed\*/)]);
    const [first, last] = said(channel.id);
    expect(first).toMatch(PROMISES);
    expect(last).not.toMatch(/As of|This copy/);
    for (const shown of said(channel.id)) expect(shown).toContain(INVITE);
  });

  it('is not told anything between the first word and the last', async () => {
    const channel = without('private');
    let answer = () => {};
    stage.linq.nextRemoval([
      'slow',
      new Promise<void>((resolve) => {
        answer = resolve;
      }),
    ]);
    await approvesFromForm({ in: channel.id });
    await stage.ledger.until(() => stage.linq.deletes.length === 1, 'the DELETE');
    stage.clock.advance(seconds(4));
    void stage.app.tick();
    await responded(1);
    answer();
    await stage.passes(seconds(1));
    expect(said(channel.id)).toEqual([expect.stringMatching(/^\*As of 10:00:04 UTC: asking Linq\*/)]);
    stage.linq.settles();
    await stage.passes(seconds(2));
    expect(said(channel.id)).toEqual([expect.anything(), expect.stringMatching(/^\*Removed\*/)]);
  });

  it('is answered in a direct message when the address for answers is used up', async () => {
    const { alice, ledger, linq, passes } = stage;
    const channel = without('private');
    await alice.runs(`/linq-remove ${BOTH}`, { in: channel.id });
    await alice.seesModal(/Review removal/);
    const [command] = ledger.of('slash_commands');
    const { response_url } = Object(command?.detail);
    for (let use = 0; use < 5; use++) await fetch(response_url, { method: 'POST', body: '{"text":"used"}' });
    await alice.submits();
    await alice.sees(/^\*Removal queued\*/);
    expect(alice.directMessages.map(({ shown }) => shown)).toEqual([expect.stringContaining(INVITE)]);

    linq.settles();
    await passes(seconds(2));
    const [message, ...others] = alice.directMessages;
    expect([message?.shown, message?.edited, others]).toEqual([expect.stringMatching(/^\*Removed\*/), 1, []]);
  });

  it('is answered in a direct message when the address for answers has expired by the end', async () => {
    const { alice, linq, passes } = stage;
    const channel = without('private');
    linq.nextRemoval('never-settles');
    await approvesFromForm({ in: channel.id });
    await responses(1);
    for (let minute = 0; minute < 31; minute++) await passes(minutes(1));
    expect(said(channel.id)).toHaveLength(1);
    expect(alice.directMessages.map(({ shown }) => shown)).toEqual([
      expect.stringMatching(/^\*Not confirmed\*/),
    ]);
  });

  it('costs nothing but the telling when nobody can be told at all', async () => {
    const { ledger, linq, passes, slack } = stage;
    slack.next('response_url', { error: 'used_url' });
    const channel = without('private');
    slack.next('chat.postMessage', { error: 'channel_not_found' });
    slack.next('chat.postMessage', { error: 'user_not_found' });
    await approvesFromForm({ in: channel.id });
    await ledger.until(() => ledger.count('chat.postMessage') === 2, 'both tries');
    linq.settles();
    for (let minute = 0; minute < 5; minute++) await passes(minutes(1));
    expect(ledger.count('chat.postMessage')).toBe(2);
    expect(ledger.count('response_url')).toBe(1);
  });
});

describe('the answer in a conversation without the bot', () => {
  it.each([
    ['nothing typed', 'full', 'in_channel'],
    ['nothing typed', 'masked', 'in_channel'],
    ['both typed', 'full', 'in_channel'],
    ['both typed', 'masked', 'ephemeral'],
  ])('with %s and handles shown %s is %s', async (typed, display, type) => {
    stage = await setStage({ env: { HANDLE_DISPLAY: display, ...UNSEEN_TOO } });
    const channel = without('private');
    if (typed === 'nothing typed') await approvesFromForm({ in: channel.id });
    else await approves(stage.alice, `/linq-remove ${BOTH}`, { in: channel.id });
    await responses(1);
    expect(stage.ledger.of('response_url')[0]?.detail).toMatchObject({ response_type: type });
    const [message] = stage.slack.messagesIn(channel.id);
    expect(message?.ephemeralFor).toBe(type === 'ephemeral' ? stage.alice.id : undefined);
    if (display === 'masked' && type === 'in_channel') {
      expect(JSON.stringify(message)).not.toContain(PAT);
    }
  });
});

describe('a conversation where nobody may post', () => {
  beforeEach(async () => {
    stage = await setStage();
  });

  it.each([
    ['archived', 'is_archived'],
    ['readOnly', 'restricted_action'],
  ] as const)('(%s) is answered by the command itself', async (state, error) => {
    const { ledger, support } = stage;
    support[state] = true;
    await approves(stage.alice);
    await responses(1);
    expect(ledger.of('chat.postMessage').map(({ answer }) => answer)).toEqual([error]);
    expect(said(support.id)).toEqual([expect.stringContaining(CLOSED)]);
  });

  it('after the first message, hears the end by the command', async () => {
    const { alice, linq, passes, support } = stage;
    await approves(alice);
    await alice.sees(/Removal queued/);
    support.archived = true;
    linq.settles();
    await passes(seconds(2));
    expect(said(support.id)).toEqual([
      expect.stringMatching(/^\*Removal queued\*/),
      expect.stringMatching(/^\*Removed\*/),
    ]);
  });
});

describe('a conversation that fell silent, of a person who takes no direct messages', () => {
  it('hears the end there when Slack answers again', async () => {
    stage = await setStage();
    const { alice, ledger, linq, passes, slack, support } = stage;
    for (let post = 0; post < 2; post++) slack.next('chat.postMessage', { error: 'internal_error' });
    slack.next('response_url', { error: 'used_url' });
    slack.next('chat.postMessage', { error: 'user_not_found' });
    await approves(alice);
    for (let second = 0; second < 10; second++) await passes(seconds(1));
    expect(ledger.of('chat.postMessage').map(({ answer }) => answer)).toEqual([
      'internal_error',
      'internal_error',
      'user_not_found',
      'ok',
    ]);
    linq.settles();
    await passes(seconds(5));
    expect(said(support.id)).toEqual([expect.stringMatching(/^\*Removed\*/)]);
    expect(alice.directMessages).toEqual([]);
  });
});
