import type { Message } from '../../simulator/slack/messages.js';
import { minutes, seconds } from '../support/clock.js';
import { approves, BOTH, CHAT_ID, linqAnswers, PAT, type Stage, setStage } from '../support/stage.js';

const HOSTILE: [string, string][] = [
  ['a call to the whole channel', '<!channel> <!here> <!everyone> <!subteam^S0GROUP>'],
  ['a mention and a link', '<@U1> <https://evil.example|linq.com> <#C0SUPPORT>'],
  ['escapes of escapes', '&lt;!here&gt; &amp;lt;!channel&amp;gt;'],
  ['names that Slack might look up', '@channel @here @everyone https://evil.example'],
  ['marks of emphasis', '`*_~bold~_*` > quote\n```code'],
  ['marks that turn the reading direction', 'gnp\u202E.exe\u202C\u200B\u2066<!channel>\u2069\uFEFF'],
  ['control characters', 'one\u0000\u0007\r\n\u2028<!here>'],
  ['an emoji family', '👨‍👩‍👧‍👦 & co'],
  ['three thousand characters', '😀<!channel>&'.repeat(230)],
];
/** Control characters but the line break, and marks that cannot be seen or that turn the reading direction. */
const INVISIBLE = /(?!\n)[\p{Cc}\u200B\u202A-\u202E\u2060-\u206F\u2028\u2029\uFEFF]/u;

let stage: Stage;
beforeEach(async () => {
  stage = await setStage({ env: { CONFIRM_WINDOW_MINUTES: '1', ALLOW_EXTERNAL_CHANNELS: 'true' } });
});
afterEach(async () => {
  // A message that Slack would not take in its full form is one that this text has broken.
  const answers = stage.ledger.of('chat.postMessage').map(({ answer }) => answer);
  expect(answers.filter((answer) => answer === 'invalid_blocks' || answer === 'msg_too_long')).toEqual([]);
  await stage.stop();
});

/** What Slack would read as markup in a message: all its text but what it keeps plain. */
function markup({ text, blocks }: Pick<Message, 'text' | 'blocks'>): string[] {
  const found: string[] = [];
  JSON.stringify(blocks, (_key, part) => {
    if (part?.type === 'mrkdwn') found.push(part.text);
    return part;
  });
  return [text, ...found];
}

/** Nothing rings, nothing links but our own mention and times, nothing is invisible, everything fits. */
function expectHarmless(messages: readonly Message[]) {
  for (const message of messages) {
    expect(message.rang).toEqual([]);
    expect([...message.text].length).toBeLessThanOrEqual(4_000);
    for (const text of markup(message)) {
      expect(text.replaceAll('<@U0ALICE>', '').replace(/<!date\^[^>]*>/g, '')).not.toMatch(/[<>]/);
      expect(text).not.toMatch(/&(?!amp;|lt;|gt;)/);
      expect(text).not.toMatch(INVISIBLE);
    }
  }
}

const everything = () => [...stage.slack.channels.values()].flatMap(({ messages }) => messages);
const edits = () => stage.ledger.of('chat.update').map(({ detail }) => detail);

describe.each(HOSTILE)('%s in a chat name', (_what, name) => {
  beforeEach(() => stage.linq.rename(CHAT_ID, name));

  it('stays words in the windows, the message and its edits', async () => {
    const { alice, linq, passes } = stage;
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Review removal/);
    expect(markup({ text: '', blocks: alice.modal?.view.blocks ?? [] }).join()).not.toMatch(/<!|<@U1|evil/);
    expect(alice.modalText()).not.toMatch(INVISIBLE);
    await alice.submits();
    await alice.sees(/Removal queued/);
    linq.settles();
    await passes(seconds(2));
    expect(everything().map(({ shown }) => shown)).toEqual([expect.stringMatching(/^\*Removed\*/)]);
    expect(edits()).toMatchObject([{ parse: 'none', blocks: expect.anything() }]);
    expectHarmless(everything());
  });

  it('stays words in a list of chats, in the window and in the message', async () => {
    const { alice, linq, passes } = stage;
    linq.addChat({ name, members: [PAT, '+12025550143', '+12025550144', 'sam@example.com'] });
    await alice.runs(`/linq-remove ${PAT}`);
    await alice.seesModal(/Remove participant/);
    await alice.submits();
    const choices = alice.modal?.view.blocks.find(({ type }) => type === 'input')?.element?.options ?? [];
    expect(choices).toHaveLength(2);
    alice.fills({ Chats: choices.map(({ text }) => text.text) });
    await alice.submits();
    await alice.sees(/2 of 2 queued/);
    expect(alice.modalText()).not.toMatch(INVISIBLE);
    linq.settles();
    for (const wait of [2, 1]) await passes(seconds(wait));
    await alice.sees(/2 of 2 removed/);
    expectHarmless(everything());
  });

  it('stays words in every other way to tell people, and in the thread', async () => {
    const { alice, linq, ledger, slack, passes } = stage;
    const talk = slack.addChannel({ name: 'talk', kind: 'private', members: ['alice'], bot: false });
    linq.nextRemoval('never-settles');
    await approves(alice, `/linq-remove ${BOTH}`, { in: talk.id });
    await alice.sees(/^\*As of \S+ UTC: removal queued\*/, { in: talk.id });
    slack.next('response_url', { error: 'used_url' });
    for (let minute = 0; minute < 3; minute++) await passes(minutes(1));
    await alice.sees(/Not confirmed/);
    expect(alice.directMessages).not.toHaveLength(0);
    expect(ledger.count('response_url')).toBeGreaterThan(0);
    expectHarmless(everything());
  });
});

describe.each(HOSTILE)('%s from elsewhere', (_what, words) => {
  it('stays words as the reason that a person gave', async () => {
    const { alice } = stage;
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Review removal/);
    alice.fills({ Reason: [...words].slice(0, 300).join('') });
    await alice.submits();
    expect((await alice.sees(/Removal queued/)).text).toMatch(/Reason: /);
    expectHarmless(everything());
  });

  it('stays words as what Linq says, quoted', async () => {
    const { alice, linq } = stage;
    linq.nextRemoval(linqAnswers(409, { code: 2015, message: words }));
    await approves(alice);
    expect((await alice.sees(/Not removed/)).shown).toMatch(/Linq said: “.{1,200}”/u);
    expectHarmless(everything());
  });

  it('stays words as what was typed after the command', async () => {
    const { alice } = stage;
    await alice.runs(`/linq-remove ${words}`);
    await alice.seesModal(/Remove participant/);
    stage.slack.expireNextTrigger();
    await alice.runs(`/linq-remove ${words}`);
    await alice.sees(/run it again/);
    expect(stage.alice.ephemerals.length).toBe(1);
    for (const message of everything()) expect(message.rang).toEqual([]);
  });
});

describe('with handles shown masked', () => {
  const MEMBERS = [PAT, '+12025550143', '+12025550144', 'sam@example.com', '+442079460958'];
  const NAMES: [string, string | null, string][] = [
    [
      'a chat without a name, which lists its members',
      null,
      '“…9136, …0143, …0144, s…@example.com, …0958” (…0000)',
    ],
    ['a name with a number written for people', 'Pat, 205‑249‑9136', '“Pat, …9136” (…0000)'],
    ['a plain name', 'Launch crew', '“Launch crew” (…0000)'],
  ];

  beforeEach(async () => {
    await stage.stop();
    stage = await setStage({ env: { HANDLE_DISPLAY: 'masked', CONFIRM_WINDOW_MINUTES: '1' } });
  });

  /** All that Slack holds of a conversation, hidden parts included. */
  const held = (channelId: string) => JSON.stringify(stage.slack.messagesIn(channelId));

  it.each(NAMES)(
    '%s hides every handle from the channel, and none from the window',
    async (_what, name, shown) => {
      const { alice, linq, support, passes } = stage;
      linq.rename(CHAT_ID, name);
      await alice.runs(`/linq-remove ${BOTH}`);
      await alice.seesModal(/Review removal/);
      for (const handle of MEMBERS) expect(alice.modalText()).toContain(handle);
      expect(alice.modalText()).toContain('#support will see your name, …9136, the chat');
      await alice.submits();
      await alice.sees(/Removal queued/);
      linq.settles();
      await passes(seconds(2));
      expect(held(support.id)).toContain(`…9136 is no longer in ${shown}`);
      for (const handle of MEMBERS) expect(held(support.id)).not.toContain(handle.replace('+1', ''));
    },
  );

  it('hides the handles in what Linq says and in the reason too', async () => {
    const { alice, linq, support } = stage;
    linq.nextRemoval(linqAnswers(400, { code: 1005, message: `No such member: ${PAT}` }));
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Review removal/);
    alice.fills({ Reason: `now reachable as pat@example.com, not ${PAT}` });
    await alice.submits();
    await alice.sees(/Linq said: “No such member: …9136”/, { in: support.id });
    expect(held(support.id)).toContain('now reachable as p…@example.com, not …9136');
    expect(held(support.id)).not.toContain('2052499136');
  });

  it('hides them in a bad late ending in the thread', async () => {
    const { alice, linq, support, passes } = stage;
    linq.nextRemoval('never-settles');
    await approves(alice);
    await alice.sees(/Removal queued/);
    for (let minute = 0; minute < 3; minute++) await passes(minutes(1));
    expect(stage.slack.messagesIn(support.id)).toHaveLength(2);
    expect(held(support.id)).not.toContain('2052499136');
  });
});
