import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { createPublicServer } from '../../src/http/public.js';
import type { HttpServer } from '../../src/http/server.js';
import { least, quickest, took } from '../support/quickest.js';
import { type Stage, setStage } from '../support/stage.js';

/* Many strangers at once, over real sockets. */

jest.setTimeout(60_000);

const SOON_MS = 1_000;

const sockets: Socket[] = [];
afterEach(hangUp);

function hangUp(): void {
  for (const socket of sockets.splice(0)) socket.destroy();
}

function open(port: number, written = ''): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.resume();
  if (written) socket.write(written);
  sockets.push(socket);
  return socket;
}

const many = (count: number, port: number, written: (index: number) => string) =>
  Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const socket = open(port, written(index));
      await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
      return socket;
    }),
  );

const HEAD = 'HTTP/1.1\r\nhost: x\r\n';
const unfinishedBody = (path: string) => `POST ${path} ${HEAD}content-length: 1000\r\n\r\nhalf`;

describe('While strangers flood the app in HTTP mode', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage({ mode: 'http', env: { LINQ_WEBHOOK_SECRET: 'whsec_YQ==' } });
  });
  afterAll(() => stage.stop());

  it.each<[string, number, (index: number) => string]>([
    ['700 connections that say nothing', 700, () => ''],
    ['700 connections to /healthz', 700, () => `GET /healthz ${HEAD}\r\n`],
    ['700 connections to /readyz', 700, () => `GET /readyz ${HEAD}\r\n`],
    ['700 connections to no path', 700, (index) => `GET /${index} ${HEAD}\r\n`],
    ['700 headers that do not end', 700, () => `GET /healthz ${HEAD}x-more: `],
    [
      '700 forged requests to Slack’s path',
      700,
      () => `POST /slack/events ${HEAD}content-length: 2\r\n\r\n{}`,
    ],
    ['60 unfinished bodies for Slack', 60, () => unfinishedBody('/slack/events')],
    ['700 unfinished bodies for Slack', 700, () => unfinishedBody('/slack/events')],
    ['700 unfinished bodies for Linq', 700, () => unfinishedBody('/linq/webhooks')],
  ])('with %s, help is answered within a second', async (_what, count, written) => {
    const help = async () => {
      const before = stage.alice.ephemerals.length;
      await stage.alice.runs('/linq-remove help');
      await stage.ledger.until(() => stage.alice.ephemerals.length > before, 'the help');
    };
    const helpInFlood = async () => {
      hangUp();
      await many(count, stage.port, written);
      return took(help);
    };
    expect(await least(SOON_MS, helpInFlood)).toBeLessThan(SOON_MS);
  });
});

describe('The limits of the public port', () => {
  let server: HttpServer;
  let port: number;
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const never = new Promise<never>(() => {});

  async function serve(limits = {}, ready: Promise<unknown> = Promise.resolve()) {
    server = createPublicServer({
      host: '127.0.0.1',
      port: 0,
      isReady: async () => true,
      slackEvents: { listener: (_req, res) => res.end('Bolt'), ready },
      webhooks: async () => ({ status: 200, word: 'taken' }),
      limits,
      log,
    });
    port = await server.start();
  }
  afterEach(() => server.stop(0));

  const alive = (sockets: readonly Socket[]) => sockets.filter((socket) => !socket.closed).length;
  const healthz = async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).status;

  it('are 256 connections: the ones that have said nothing for longest go', async () => {
    await serve();
    const quiet = await many(300, port, () => '');
    expect(await healthz()).toBe(200);
    expect(alive(quiet)).toBeLessThanOrEqual(256);
    expect(alive(quiet.slice(-200))).toBe(200);
  });

  it('are 100 that wait for a body: the ones that have waited longest go', async () => {
    await serve();
    const halves = await many(130, port, () => unfinishedBody('/linq/webhooks'));
    while (alive(halves) > 100) await new Promise((resolve) => setImmediate(resolve));
    expect(alive(halves.slice(-90))).toBe(90);
    expect(await healthz()).toBe(200);
  });

  it.each([
    ['a head that does not end', `GET /healthz ${HEAD}x-more: `],
    ['a body that does not end', unfinishedBody('/slack/events')],
  ])('are a time for %s, even when a little comes all the while', async (_what, written) => {
    await serve({ headersMs: 300, requestMs: 600 });
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(written);
    const drip = setInterval(() => socket.write('x'), 50);
    // Without the limit it would go on for as long as something comes.
    expect(await text(socket).catch(() => '')).toMatch(/^(HTTP\/1\.1 408 |$)/);
    clearInterval(drip);
  });

  it.each(['/slack/events', '/linq/webhooks'])(
    'are 512 KiB on %s before anything is checked',
    async (path) => {
      await serve();
      const post = (size: number) =>
        fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: 'x'.repeat(size) });
      expect((await post(512 * 1_024)).status).toBe(200);
      expect((await post(512 * 1_024 + 1)).status).toBe(413);
    },
  );

  it('hold a request of Slack until Bolt can serve it', async () => {
    let beReady = () => {};
    await serve(
      {},
      new Promise<void>((resolve) => {
        beReady = resolve;
      }),
    );
    const asked = fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', body: '' });
    expect(await healthz()).toBe(200);
    beReady();
    expect(await (await asked).text()).toBe('Bolt');
  });

  it('give such a request up after 2.5 s, before Slack does', async () => {
    await serve({}, never);
    const given = async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', body: '' });
      expect(answer.status).toBe(503);
    };
    expect(await quickest(2_900, given)).toBeLessThan(2_900);
  });
});
