import { WebClient } from '@slack/web-api';
import { type Simulator, startSimulator } from '../../../simulator/simulator.js';
import type { Person } from '../../../simulator/slack/person.js';
import type { Channel } from '../../../simulator/slack/world.js';
import type { Delivery, Place } from '../../../src/removal/delivery.js';
import type { Messenger, Step } from '../../../src/removal/ports.js';
import type { RequestState } from '../../../src/removal/state.js';
import { createSlackGate } from '../../../src/slack/connection/gate.js';
import type { ResponseBody } from '../../../src/slack/connection/response-url.js';
import { createDisclosure, type DisclosureDeps } from '../../../src/slack/message/disclosure.js';
import { createMessenger, type MessengerDeps } from '../../../src/slack/message/messenger.js';
import { aboutScope } from '../../../src/slack/message/missing-scope.js';
import { seen } from '../slack-eyes.js';
import { about, aChange, aDelivery, aProposal, aRequest, aState, at, many, NOW, PAT } from './states.js';

/* The messenger with the real client, on the simulated Slack; the conversations are what people see. */

let simulator: Simulator;
let support: Channel;
let alice: Person;
let lines: string[];
let refusedTokens: number;
let responses: ResponseBody[];

beforeEach(async () => {
  simulator = await startSimulator({ now: () => NOW });
  alice = simulator.slack.person('alice');
  support = simulator.slack.addChannel({ name: 'support', kind: 'public', members: [alice.id], bot: true });
  lines = [];
  refusedTokens = 0;
  responses = [];
});
afterEach(() => simulator.stop());

type Given = Partial<MessengerDeps & DisclosureDeps>;

function messengerWith({
  isExternal = async () => false,
  allowExternal = false,
  display = 'full',
  ...deps
}: Given = {}): Messenger {
  const { botToken, apiUrl } = simulator.slack;
  const gate = createSlackGate({ now: () => NOW, elapsed: () => 0, onCall: () => {} });
  const log = (_fields: unknown, message: string) => void lines.push(message);
  return createMessenger({
    client: new WebClient(botToken, {
      slackApiUrl: apiUrl,
      fetch: gate.fetch,
      rejectRateLimitedCalls: true,
      retryConfig: { retries: 0 },
    }),
    gate,
    respond: async (_url, body) => responses.push(body) > 0,
    display,
    displayIn: createDisclosure({ display, allowExternal, isExternal }),
    now: () => NOW,
    onMisconfigured: () => {
      refusedTokens += 1;
    },
    log: { info: log, warn: log, error: log },
    ...deps,
  });
}

const inSupport = (facts: Partial<RequestState> = {}, request = {}): RequestState =>
  aState({ request: aRequest({ channelId: support.id, ...request }), ...facts });
const said = (channelId = support.id) => simulator.slack.messagesIn(channelId);
const shown = (channelId = support.id) => said(channelId).map((message) => message.shown);

/** Carries out a step that works, and answers with where the message now stands. */
async function does(
  step: Step,
  state: RequestState,
  delivery: Partial<Delivery> = {},
  messenger = messengerWith(),
): Promise<Place | null> {
  const posted = await messenger.carryOut(step, aDelivery(delivery), state);
  if (!posted.ok) throw new Error(`${step} did not work: ${posted.why}`);
  return posted.place;
}

describe('the status message', () => {
  it('is posted in the conversation of the command and edited there', async () => {
    const place = await does('post', inSupport());
    expect(shown()).toEqual([expect.stringMatching(/^\*Removal queued\*/)]);
    expect(place).toEqual({ channel: support.id, ts: said()[0]?.ts });
    const done = inSupport({ changes: [aChange({ status: 'done' })] });
    expect(await does('edit', done, { place })).toEqual(place);
    expect(shown()).toEqual([expect.stringMatching(/^\*Removed\*/)]);
  });

  it('of a request made on a message stands in its thread, and so do its replies', async () => {
    const first = await does('post', inSupport());
    const state = inSupport({}, { threadTs: first?.ts });
    const place = await does('post', state);
    expect(await does('list', state, { place })).toEqual(place);
    expect(await does('tell', state, { place })).toEqual(place);
    expect(said().map(({ thread_ts }) => thread_ts)).toEqual([undefined, first?.ts, first?.ts, first?.ts]);
  });

  it('of Add back stands in the thread of what it undoes, and so does what comes after it', async () => {
    const thread = await does('post', inSupport());
    const changes = [aChange({ direction: 'add', status: 'unconfirmed', reason: 'still-listed' })];
    const state = inSupport({ changes, thread }, { id: 'request-2', undoes: 'request-1' });
    const place = await does('post', state);
    await does('tell', state, { place });
    expect(said().map(({ thread_ts }) => thread_ts)).toEqual([undefined, thread?.ts, thread?.ts]);
    expect(said()[2]?.text).toMatch(/^<@U0ALICE> Not confirmed: /);
  });

  it('of Add back goes to the asker where there is no such thread, without a hint at the conversation', async () => {
    const state = inSupport({ changes: [aChange({ direction: 'add' })] }, { undoes: 'request-1' });
    await does('post-to-person', state);
    expect(said()).toEqual([]);
    expect(alice.directMessages.map((message) => message.shown)).toEqual([
      expect.stringMatching(/^\*Adding back queued\*/),
    ]);
    expect(alice.directMessages[0]?.shown).not.toMatch(/invite/);
  });

  it('is told to the asker directly, with why and with buttons, and stays so when it is edited', async () => {
    const delivery = { route: 'person', hint: 'deleted' } as const;
    const place = await does(
      'post-to-person',
      inSupport({ changes: [aChange({ status: 'waiting' })] }),
      delivery,
    );
    const hint =
      'The message in the conversation was deleted, or can no longer be changed, so this is told here.';
    expect(alice.directMessages[0]?.shown).toContain(hint);
    expect(JSON.stringify(alice.directMessages[0]?.blocks)).toContain('"stop"');
    const failed = [aChange({ status: 'refused', reason: 'conflict' })];
    await does('edit', inSupport({ changes: failed }), { ...delivery, place });
    expect(alice.directMessages.map((message) => message.shown)).toEqual([
      expect.stringMatching(/^\*Not removed\*/),
    ]);
    expect(alice.directMessages[0]?.shown).toContain(hint);
    expect(said()).toEqual([]);
  });

  it('that others have to decide can be withdrawn, but not decided, where the asker alone reads it', async () => {
    const alone = { route: 'person', hint: 'invite' } as const;
    const copies = [
      aDelivery({ kind: 'approval', recipient: 'U0BOB', place: { channel: 'D0BOB', ts: '1.1' } }),
    ];
    const state = inSupport({ changes: [], proposal: aProposal(), status: aDelivery(alone), copies });
    await does('post-to-person', state, alone);
    const [message] = alice.directMessages;
    expect(message?.shown).toMatch(
      /It waits in a direct message to @U0BOB[\s\S]*I cannot post in this conversation/,
    );
    const blocks = JSON.stringify(message?.blocks);
    expect([blocks.includes('"Withdraw…"'), blocks.includes('"Review"')]).toEqual([true, false]);
  });

  it('is said in words alone when Slack does not take its form', async () => {
    simulator.slack.next('chat.postMessage', { error: 'invalid_blocks' });
    const place = await does('post', inSupport());
    simulator.slack.next('chat.update', { error: 'msg_blocks_too_long' });
    await does('edit', inSupport({ changes: [aChange({ status: 'done' })] }), { place });
    expect(said()).toMatchObject([{ blocks: [], text: expect.stringMatching(/^Removed: /) }]);
    expect(lines).toEqual(Array(2).fill(expect.stringMatching(/Slack refused the form/)));
  });
});

describe('the notice that a person was added back', () => {
  const notice = { kind: 'added-back', changeId: 'request-1:1', eventAt: at(90) } as const;

  it('stands in the thread of the message and mentions the asker', async () => {
    const place = await does('post', inSupport());
    const state = inSupport({ status: aDelivery({ place }) });
    await does('post', state, notice);
    expect(said()[1]).toMatchObject({
      thread_ts: place?.ts,
      text: expect.stringMatching(
        /^<@U0ALICE> \+12052499136 was added back to “Launch crew” \(…0000\)\. Added at <[^>]*10:01:30 UTC>\./,
      ),
    });
  });

  it('goes to the asker where there is no message', async () => {
    await does('post-to-person', inSupport(), notice);
    expect(alice.directMessages.map(({ text }) => text)).toEqual([expect.stringMatching(/was added back/)]);
  });

  it('shows nobody where another organisation reads, and does not say when Linq does not', async () => {
    const place = await does('post', inSupport());
    const state = inSupport({ status: aDelivery({ place }) });
    const messenger = messengerWith({ isExternal: async () => true });
    await does('post', state, { ...notice, eventAt: null }, messenger);
    expect(said()[1]?.text).toMatch(
      /^<@U0ALICE> This person was added back to “Launch crew” \(…0000\)\. If that should not be/,
    );
  });

  it('about a change that is not there is a mistake of ours, and not one of Slack’s', async () => {
    const messenger = messengerWith();
    const posted = messenger.carryOut('post', aDelivery({ ...notice, changeId: 'other' }), inSupport());
    await expect(posted).rejects.toThrow(/names a change/);
  });
});

describe('how people are shown', () => {
  const note = { note: `call ${PAT}` };

  it.each([
    ['full', false, 'full'],
    ['masked', false, 'masked'],
    ['full', true, 'hidden'],
    ['masked', true, 'hidden'],
    ['full', null, 'masked'],
    ['masked', null, 'masked'],
  ] as const)(
    'with HANDLE_DISPLAY=%s and a conversation that is external: %s, is %s',
    async (display, is, as) => {
      const messenger = messengerWith({ display, isExternal: async () => is });
      const place = await does('post', inSupport({}, note), {}, messenger);
      for (const step of ['edit', 'list', 'tell'] as const) {
        const failed = [aChange({ status: 'unconfirmed', reason: 'still-listed' })];
        await does(step, inSupport({ changes: failed }, note), { place }, messenger);
      }
      expect(said()).toHaveLength(3);
      for (const { text, blocks } of said()) {
        const words = `${text} ${JSON.stringify(blocks)}`;
        expect(words.includes(PAT)).toBe(as === 'full');
        if (as === 'hidden') expect(words).not.toContain('9136');
      }
    },
  );

  it('is decided anew each time: a conversation may be shared after the first message', async () => {
    let isExternal = false;
    const messenger = messengerWith({ isExternal: async () => isExternal });
    const place = await does('post', inSupport(), {}, messenger);
    expect(said()[0]?.text).toContain(PAT);
    isExternal = true;
    await does('edit', inSupport(), { place }, messenger);
    expect(said()[0]?.text).toContain('this person');
    expect(said()[0]?.text).not.toContain('9136');
  });

  it('is as configured where ALLOW_EXTERNAL_CHANNELS=true, whatever Slack says', async () => {
    const messenger = messengerWith({ allowExternal: true, isExternal: async () => true });
    await does('post', inSupport(), {}, messenger);
    expect(said()[0]?.text).toContain(PAT);
  });

  it('is masked when the question about the conversation fails altogether', async () => {
    const messenger = messengerWith({ isExternal: () => Promise.reject(new Error('no answer')) });
    await does('post', inSupport(), {}, messenger);
    expect(said()[0]?.text).toContain('…9136');
    expect(said()[0]?.text).not.toContain(PAT);
  });

  it('is as configured for the asker alone, without a question to Slack', async () => {
    const isExternal = jest.fn(async () => true);
    const messenger = messengerWith({ isExternal });
    const place = await does('post-to-person', inSupport(), { route: 'person', hint: 'invite' }, messenger);
    await does('edit', inSupport(), { route: 'person', hint: 'invite', place }, messenger);
    expect(alice.directMessages[0]?.text).toContain(PAT);
    expect(isExternal).not.toHaveBeenCalled();
  });
});

describe('the answer to the command itself', () => {
  it.each([
    ['nothing typed', 'full', false, 'in_channel', 'full'],
    ['nothing typed', 'masked', false, 'in_channel', 'masked'],
    ['nothing typed', 'full', true, 'in_channel', 'hidden'],
    ['nothing typed', 'full', null, 'in_channel', 'masked'],
    ['both typed', 'full', false, 'in_channel', 'full'],
    ['both typed', 'masked', false, 'ephemeral', 'masked'],
    // Only the asker reads it.
    ['both typed', 'full', true, 'ephemeral', 'full'],
    ['both typed', 'full', null, 'ephemeral', 'full'],
  ] as const)(
    'with %s, HANDLE_DISPLAY=%s, external: %s is %s and %s',
    async (typed, display, is, type, as) => {
      const messenger = messengerWith({ display, isExternal: async () => is });
      const state = inSupport({}, { commandHadText: typed === 'both typed' });
      await does('respond', state, { route: 'response', hint: 'invite' }, messenger);
      const [response] = responses;
      expect(response?.response_type).toBe(type);
      expect(response?.text.includes(PAT)).toBe(as === 'full');
      expect(response?.text.includes('this person')).toBe(as === 'hidden');
      expect(response?.text).toMatch(/^As of <!date\^.*: removal queued: /);
      expect(response?.text).toMatch(/This copy does not change; a second one here/);
      expect(seen(response?.blocks ?? [])).toMatch(/To have results posted there: `\/invite @linq-remove`$/);
    },
  );

  it('cannot be decided, for it cannot be kept true, but withdrawn', async () => {
    const status = aDelivery({ route: 'response' });
    const pending = (commandHadText: boolean) =>
      inSupport({ changes: [], proposal: aProposal(), status }, { commandHadText });
    const messenger = messengerWith({ display: 'masked' });
    for (const typed of [false, true]) await does('respond', pending(typed), status, messenger);
    const has = (label: string) => responses.map(({ blocks }) => JSON.stringify(blocks).includes(label));
    expect([has('"Review"'), has('"Withdraw…"')]).toEqual([
      [false, false],
      [true, true],
    ]);
  });

  it('says that its message may have arrived, where no reason was given', async () => {
    await does('respond', inSupport(), { route: 'response' });
    expect(responses[0]?.text).toMatch(/Slack did not say whether my message arrived in the conversation/);
  });

  it('is refused where there is no address for it, or it is used up', async () => {
    const refused = { ok: false, why: 'refused', hint: null, retryAfterMs: null };
    const carryOut = (deps: Partial<MessengerDeps>, request: object) =>
      messengerWith(deps).carryOut('respond', aDelivery(), inSupport({}, request));
    expect(await carryOut({}, { responseUrl: null })).toEqual(refused);
    expect(await carryOut({ respond: async () => false }, {})).toEqual(refused);
    expect(responses).toEqual([]);
  });
});

describe('what Slack refuses', () => {
  it('is named in the log with what to do, when a scope is missing', async () => {
    simulator.slack.scopes.delete('chat:write');
    const posted = await messengerWith().carryOut('post', aDelivery(), inSupport());
    expect(posted).toMatchObject({ ok: false, why: 'misconfigured', hint: 'admin' });
    expect([refusedTokens, lines]).toEqual([1, [aboutScope('chat:write')]]);
  });

  it.each<[Step, string, object]>([
    ['edit', 'message_not_found', { why: 'lost', hint: 'deleted' }],
    ['post', 'is_archived', { why: 'refused', hint: 'closed' }],
    ['post', 'ratelimited', { why: 'later' }],
    ['tell', 'internal_error', { why: 'unknown' }],
  ])('(%s: %s) is told to the loop', async (step, error, expected) => {
    const place = await does('post', inSupport());
    simulator.slack.next(step === 'edit' ? 'chat.update' : 'chat.postMessage', { error });
    const posted = await messengerWith().carryOut(step, aDelivery({ place }), inSupport());
    expect(posted).toMatchObject({ ok: false, ...expected });
  });

  it('throws for a step that needs a message where none stands', async () => {
    await expect(messengerWith().carryOut('edit', aDelivery(), inSupport())).rejects.toThrow(
      /has no message/,
    );
  });
});

it('asks the gate for a place where the step will go', () => {
  const asked: string[] = [];
  const slotFor = (method: string, channel: string) => {
    asked.push(`${method} ${channel}`);
    return at(3);
  };
  const { slotFor: slot } = messengerWith({ gate: { slotFor } });
  const place = { channel: 'C0ELSE', ts: '1.1' };
  const thread = { channel: 'C0THREAD', ts: '2.2' };
  const addBack = aState({ request: aRequest({ undoes: 'request-0' }), thread });
  expect(slot('post', aDelivery(), many({}, {}))).toEqual(at(3));
  slot('edit', aDelivery({ place }), about({}));
  slot('list', aDelivery({ place }), about({}));
  slot('tell', aDelivery({ place }), about({}));
  slot('post', aDelivery(), addBack);
  slot('post-to-person', aDelivery(), addBack);
  expect(slot('respond', aDelivery(), about({}))).toEqual(NOW);
  expect(asked).toEqual([
    'chat.postMessage C0SUPPORT',
    'chat.update C0ELSE',
    'chat.postMessage C0ELSE',
    'chat.postMessage C0ELSE',
    'chat.postMessage C0THREAD',
    'chat.postMessage U0ALICE',
  ]);
});
