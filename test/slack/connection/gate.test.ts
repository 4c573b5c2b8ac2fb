import { WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import { type Simulator, startSimulator } from '../../../simulator/simulator.js';
import { SLACK_QUOTA } from '../../../simulator/slack/quota.js';
import { createSlackGate, type SlackGate } from '../../../src/slack/connection/gate.js';
import { createRespond, ephemeral } from '../../../src/slack/connection/response-url.js';
import { type Clock, createClock, minutes, seconds } from '../../support/clock.js';

/* The gate in front of the real client, which reaches the simulated Slack over a real socket. */

let simulator: Simulator;
let clock: Clock;
let gate: SlackGate;
let client: WebClient;
let counted: string[];

beforeEach(async () => {
  clock = createClock();
  simulator = await startSimulator({ now: clock.now });
  counted = [];
  gate = createSlackGate({
    now: clock.now,
    elapsed: clock.elapsed,
    onCall: (method, result) => counted.push(`${method} ${result}`),
  });
  const { botToken, apiUrl } = simulator.slack;
  client = new WebClient(botToken, {
    slackApiUrl: apiUrl,
    fetch: gate.fetch,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
  });
  for (const name of ['support', 'sales'])
    simulator.slack.addChannel({ name, kind: 'public', members: ['U0ALICE'], bot: true });
});
afterEach(() => simulator.stop());

const post = (channel: string) => client.chat.postMessage({ channel, text: 'hello' });
const arrived = (method: string) => simulator.ledger.count(method);
/** How many seconds the caller is asked to wait; null when it went through. */
const waitOf = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => (error instanceof WebAPIRateLimitedError ? error.retryAfter : error),
  );
const channelId = (name: string) =>
  [...simulator.slack.channels.values()].find((channel) => channel.name === name)?.id ?? '';

describe('a Retry-After', () => {
  it('keeps every call of the method from leaving until it is over, and says what remains', async () => {
    simulator.slack.next('users.info', { rateLimited: 30 });
    const ask = () => waitOf(client.users.info({ user: 'U0ALICE' }));
    simulator.slack.person('alice');
    expect(await ask()).toBe(30);
    clock.advance(seconds(10));
    expect(await ask()).toBe(20);
    clock.advance(seconds(20) - 1);
    expect(await ask()).toBe(1);
    expect(arrived('users.info')).toBe(1);
    clock.advance(1);
    expect(await ask()).toBeNull();
    expect(arrived('users.info')).toBe(2);
    expect(counted).toEqual([
      'users.info status_429',
      'users.info not_sent',
      'users.info not_sent',
      'users.info ok',
    ]);
  });

  it('stops posts of that channel alone, and no other method', async () => {
    const [support, sales] = [channelId('support'), channelId('sales')];
    simulator.slack.next('chat.postMessage', { rateLimited: 30 });
    expect(await waitOf(post(support))).toBe(30);
    expect(await waitOf(post(support))).toBe(30);
    expect(await waitOf(post(sales))).toBeNull();
    expect(await waitOf(client.conversations.info({ channel: support }))).toBeNull();
    expect(simulator.slack.messagesIn(support)).toEqual([]);
  });

  it('counts as half a minute where Slack names no time', async () => {
    const answers = createSlackGate({
      now: clock.now,
      elapsed: clock.elapsed,
      onCall: () => {},
      send: async () => new Response('slow down', { status: 429 }),
    });
    const ask = async () =>
      (await answers.fetch('https://slack.com/api/users.info')).headers.get('retry-after');
    expect(await ask()).toBe('30');
    clock.advance(seconds(12));
    expect(await ask()).toBe('18');
  });

  it('is neither lengthened by a clock that is set back, nor shortened by one that is set forward', async () => {
    simulator.slack.next('users.info', { rateLimited: 30 });
    const ask = () => waitOf(client.users.info({ user: 'U0ALICE' }));
    expect(await ask()).toBe(30);
    clock.jump(-minutes(60));
    expect(await ask()).toBe(30);
    clock.jump(minutes(120));
    expect(await ask()).toBe(30);
    clock.advance(seconds(29));
    expect(await ask()).toBe(1);
  });

  it('of a response_url stops that address alone, which is nobody else’s to know', async () => {
    const sent: string[] = [];
    const answers = createSlackGate({
      now: clock.now,
      elapsed: clock.elapsed,
      onCall: (method, result) => counted.push(`${method} ${result}`),
      send: async (url) => {
        sent.push(String(url));
        return sent.length > 1
          ? new Response('ok')
          : new Response('', { status: 429, headers: { 'retry-after': '30' } });
      },
    });
    const respond = createRespond('https://slack.com/api/', answers.respond);
    const [busy, free] = [
      'https://hooks.slack.com/commands/1',
      'https://hooks.slack.com/commands/2',
    ] as const;
    expect(await respond(busy, ephemeral('One'))).toBe(false);
    expect(await respond(busy, ephemeral('Two'))).toBe(false);
    expect(await respond(free, ephemeral('Three'))).toBe(true);
    clock.advance(seconds(30));
    expect(await respond(busy, ephemeral('Four'))).toBe(true);
    expect(sent).toEqual([busy, free, busy]);
    expect(counted).toEqual(['status_429', 'not_sent', 'ok', 'ok'].map((result) => `response_url ${result}`));
  });

  it('is read from calls in every form that Slack takes', async () => {
    const sent: string[] = [];
    const counting = createSlackGate({
      now: clock.now,
      elapsed: clock.elapsed,
      onCall: () => {},
      send: async (_url, init) => {
        sent.push(typeof init?.body === 'string' ? 'text' : 'form');
        return new Response('', { status: 429, headers: { 'retry-after': '9' } });
      },
    });
    const form = new FormData();
    form.set('channel', 'C3');
    const bodies = ['text=a&channel=C1', '{"channel":"C2","text":"a"}', form];
    for (const body of [...bodies, ...bodies]) {
      const { status } = await counting.fetch('https://slack.com/api/chat.postMessage', { body });
      expect(status).toBe(429);
    }
    expect(sent).toEqual(['text', 'text', 'form']);
  });
});

describe('the places for posts and edits', () => {
  const slot = (method: 'chat.postMessage' | 'chat.update', channel: string) =>
    gate.slotFor(method, channel).getTime() - clock.now().getTime();
  const slots = (count: number, method: 'chat.postMessage' | 'chat.update', channel: string) =>
    Array.from({ length: count }, () => slot(method, channel));

  it('are one a second and channel for posts', () => {
    expect(slots(3, 'chat.postMessage', 'C1')).toEqual([0, 1_000, 2_000]);
    expect(slot('chat.postMessage', 'C2')).toBe(0);
    clock.advance(seconds(2.5));
    expect(slot('chat.postMessage', 'C1')).toBe(500);
    clock.advance(minutes(1));
    expect(slots(2, 'chat.postMessage', 'C1')).toEqual([0, 1_000]);
  });

  it('are fifty in any minute for edits, whatever channels they are in', () => {
    const taken = Array.from({ length: 120 }, (_, index) => slot('chat.update', `C${index}`));
    expect(taken.filter((at) => at === 0)).toHaveLength(10);
    for (const from of taken)
      expect(taken.filter((at) => at >= from && at < from + minutes(1)).length).toBeLessThanOrEqual(50);
    expect(Math.max(...taken)).toBe(110 * 1_500);
  });

  it('come only after a Retry-After, one after the other', async () => {
    const support = channelId('support');
    simulator.slack.next('chat.postMessage', { rateLimited: 30 });
    await waitOf(post(support));
    expect(slots(2, 'chat.postMessage', support)).toEqual([30_000, 31_000]);
  });

  it('keep within all that Slack allows, however much there is to tell', async () => {
    const { slack } = simulator;
    slack.quota(SLACK_QUOTA);
    const support = channelId('support');
    const { ts = '' } = await post(support);
    const inTime = async (method: 'chat.postMessage' | 'chat.update', make: () => Promise<unknown>) => {
      clock.advance(Math.max(0, slot(method, support)));
      expect(await waitOf(make())).toBeNull();
    };
    for (let edit = 0; edit < 120; edit++) {
      await inTime('chat.update', () => client.chat.update({ channel: support, ts, text: `${edit}` }));
      if (edit % 3 === 0) await inTime('chat.postMessage', () => post(support));
    }
    expect([slack.refusals, slack.earlyCalls]).toEqual([[], []]);
    expect(clock.now().getTime()).toBeLessThan(createClock().now().getTime() + minutes(4));
  });

  it('are forgotten once their time is over, however many channels there were', () => {
    for (let index = 0; index < 5_000; index++) {
      expect(slot('chat.postMessage', `C${index}`)).toBe(0);
      clock.advance(seconds(1));
    }
    expect(slot('chat.postMessage', 'C0')).toBe(0);
  });
});

describe('calls under way', () => {
  const open = () =>
    client.views.open({ trigger_id: 'none', view: { type: 'modal', title: TITLE, blocks: [] } });
  const TITLE = { type: 'plain_text', text: 'Hello' } as const;
  const anEdit = () => client.chat.update({ channel: channelId('support'), ts: '1.1', text: 'hello' });
  let answerOne: () => void;
  let answerAll: () => void;

  const held = () => {
    let answer = () => {};
    const hold = new Promise<void>((resolve) => {
      answer = resolve;
    });
    return { hold, answer };
  };

  beforeEach(() => {
    const [one, others] = [held(), held()];
    simulator.slack.next('chat.update', { hold: one.hold });
    for (let call = 1; call < 20; call++) simulator.slack.next('chat.update', { hold: others.hold });
    answerOne = one.answer;
    answerAll = () => {
      one.answer();
      others.answer();
    };
  });

  it('are twenty at most; a window that opens waits for none of them', async () => {
    const edits = Array.from({ length: 25 }, () => waitOf(anEdit()));
    await simulator.ledger.until(() => arrived('chat.update') === 20, 'twenty edits');
    await waitOf(open());
    expect(arrived('views.open')).toBe(1);
    expect(arrived('chat.update')).toBe(20);
    answerAll();
    await Promise.all(edits);
    expect(arrived('chat.update')).toBe(25);
  });

  it('let what a person waits for go before messages', async () => {
    const waiting = Array.from({ length: 22 }, () => waitOf(anEdit()));
    await simulator.ledger.until(() => arrived('chat.update') === 20, 'twenty edits');
    const asked = waitOf(client.users.info({ user: 'U0ALICE' }));
    answerAll();
    await Promise.all([...waiting, asked]);
    const order = simulator.ledger.entries.map(({ what }) => what);
    expect(order.indexOf('users.info')).toBeLessThan(order.lastIndexOf('chat.update'));
  });

  it('do not leave any more once a Retry-After came while they queued', async () => {
    simulator.slack.next('chat.update', { rateLimited: 30 });
    const edits = Array.from({ length: 25 }, () => waitOf(anEdit()));
    await simulator.ledger.until(() => arrived('chat.update') === 20, 'twenty edits');
    answerOne();
    expect(await Promise.all(edits.slice(20))).toEqual([30, 30, 30, 30, 30]);
    expect(arrived('chat.update')).toBe(21);
    answerAll();
    await Promise.all(edits);
  });

  it('do not leave any more once their caller has given up, and are known not to have left', async () => {
    const underWay = Array.from({ length: 20 }, () => waitOf(anEdit()));
    await simulator.ledger.until(() => arrived('chat.update') === 20, 'twenty edits');
    const late = new AbortController();
    const answered = gate.fetch(`${simulator.slack.apiUrl}chat.update`, { signal: late.signal });
    late.abort();
    answerAll();
    expect((await answered).status).toBe(429);
    await Promise.all(underWay);
    expect(arrived('chat.update')).toBe(20);
  });
});

it('tells what became of each call', async () => {
  simulator.slack.next('users.info', { status: 503 });
  simulator.slack.next('users.info', 'reset');
  for (let call = 0; call < 3; call++) await waitOf(client.users.info({ user: 'U0NOBODY' }));
  await waitOf(client.auth.test());
  expect(counted).toEqual([
    'users.info status_503',
    'users.info no_answer',
    'users.info user_not_found',
    'auth.test ok',
  ]);
});
