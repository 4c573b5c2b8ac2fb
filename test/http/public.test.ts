import { once } from 'node:events';
import { type IncomingMessage, type RequestListener, request, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { createPublicServer, type PublicServerDeps } from '../../src/http/public.js';
import type { HttpServer } from '../../src/http/server.js';
import type { Log } from '../../src/removal/ports.js';

const logged: string[] = [];
const note = (_fields: Record<string, unknown>, message: string) => {
  logged.push(message);
};
const log: Log = { info: note, warn: note, error: note };

const started: HttpServer[] = [];
beforeEach(() => logged.splice(0));
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop(0)));
});

function build(deps: Partial<PublicServerDeps> = {}): HttpServer {
  const server = createPublicServer({
    host: '127.0.0.1',
    port: 0,
    isReady: async () => true,
    log,
    ...deps,
  });
  started.push(server);
  return server;
}

async function startServer(deps: Partial<PublicServerDeps> = {}): Promise<number> {
  return build(deps).start();
}

/** `path` goes out exactly as given, which no URL-building client would do. */
async function ask(port: number, method: string, path: string, body = '') {
  const req = request({ host: '127.0.0.1', port, method, path, agent: false });
  req.end(body);
  const [res] = (await once(req, 'response')) as [IncomingMessage];
  return { status: res.statusCode, headers: res.headers, body: await text(res) };
}

/** Bolt looks for a body that was read already in `rawBody`. */
const slackEvents = {
  listener: ((req, res) =>
    res.end(`${req.url} ${'rawBody' in req ? String(req.rawBody) : ''}`)) satisfies RequestListener,
  ready: Promise.resolve(),
};
const webhooks = async (_headers: unknown, body: string) => ({ status: 200, word: body });

describe('The health routes', () => {
  it('say that the process lives', async () => {
    const answer = await ask(await startServer(), 'GET', '/healthz');

    expect(answer).toMatchObject({ status: 200, body: '{"status":"ok"}' });
    expect(answer.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  });

  it('answer HEAD as GET, without a body', async () => {
    const port = await startServer();

    expect(await ask(port, 'HEAD', '/healthz')).toMatchObject({ status: 200, body: '' });
    expect(await ask(port, 'HEAD', '/readyz?from=probe')).toMatchObject({ status: 200, body: '' });
  });

  it('say whether everything is ready, and no more than that', async () => {
    let ready = false;
    const port = await startServer({ isReady: async () => ready });

    expect(await ask(port, 'GET', '/readyz')).toMatchObject({ status: 503, body: '{"status":"not ready"}' });

    ready = true;
    expect(await ask(port, 'GET', '/readyz')).toMatchObject({ status: 200, body: '{"status":"ready"}' });
  });

  it('answer 500 without details when readiness cannot be found out', async () => {
    const port = await startServer({ isReady: () => Promise.reject(new Error('xoxb-secret')) });

    expect(await ask(port, 'GET', '/readyz')).toMatchObject({ status: 500, body: '{"status":"failed"}' });
    expect(logged).toEqual(['A request failed']);
  });
});

describe('Requests from outside', () => {
  it('reach Bolt and Linq’s listener with the body as it came', async () => {
    const port = await startServer({ slackEvents, webhooks });

    expect((await ask(port, 'POST', '/slack/events', 'payload=1')).body).toBe('/slack/events payload=1');
    expect((await ask(port, 'POST', '/linq/webhooks?version=2026-02-03', '{}')).body).toBe('{"status":"{}"}');
  });

  it('are not found where nobody listens', async () => {
    const port = await startServer();

    expect((await ask(port, 'POST', '/slack/events')).status).toBe(404);
    expect((await ask(port, 'POST', '/linq/webhooks')).status).toBe(404);
  });

  it.each([
    '/',
    '//',
    '/%',
    '/%E0%A4%A',
    '/healthz/',
    '/HEALTHZ',
    '//healthz',
    '/slack%2Fevents',
    '/slack/events/..',
    '*',
  ])('for %s are not found, and the server lives on', async (path) => {
    const port = await startServer({ slackEvents, webhooks });

    expect((await ask(port, 'GET', path)).status).toBe(404);
    expect((await ask(port, 'POST', path)).status).toBe(404);
    expect((await ask(port, 'GET', '/healthz')).status).toBe(200);
  });

  it.each([
    ['POST', '/healthz', 'GET, HEAD'],
    ['DELETE', '/readyz', 'GET, HEAD'],
    ['GET', '/slack/events', 'POST'],
    ['HEAD', '/linq/webhooks', 'POST'],
  ])('with the wrong method (%s %s) learn the right one', async (method, path, allow) => {
    const port = await startServer({ slackEvents, webhooks });

    expect(await ask(port, method, path)).toMatchObject({ status: 405, headers: { allow } });
  });

  it('are answered 500 when a listener throws or rejects, and the server lives on', async () => {
    const port = await startServer({
      slackEvents: {
        ready: Promise.resolve(),
        listener() {
          throw new Error('thrown');
        },
      },
      webhooks: () => Promise.reject(new Error('rejected')),
    });

    expect((await ask(port, 'POST', '/slack/events')).status).toBe(500);
    expect((await ask(port, 'POST', '/linq/webhooks')).status).toBe(500);
    expect((await ask(port, 'GET', '/healthz')).status).toBe(200);
  });

  it('that are no HTTP are refused, and the server lives on', async () => {
    const port = await startServer();
    const socket = connect(port, '127.0.0.1');
    socket.end('\u0016\u0003\u0001 hello\r\n\r\n');

    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
    expect((await ask(port, 'GET', '/healthz')).status).toBe(200);
  });
});

describe('Starting', () => {
  it('on a busy port rejects with what to change', async () => {
    const port = await startServer();

    await expect(startServer({ port })).rejects.toThrow(
      `Port ${port} is in use by another program. Stop that program, or set PORT to a free port.`,
    );
  });

  it.each(['::', '::1'])('on %s is reached by IPv6', async (host) => {
    const port = await startServer({ host });
    expect((await fetch(`http://[::1]:${port}/healthz`)).status).toBe(200);
    if (host === '::') expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });

  it('on an address of another machine rejects with what to change', async () => {
    await expect(startServer({ host: '192.0.2.1' })).rejects.toThrow(/Set HOST to one of its addresses/);
  });
});

describe('Stopping', () => {
  /** A listener whose answer the test gives; `arrived` resolves when a request came. */
  function slowListener() {
    const arrivals: ((res: ServerResponse) => void)[] = [];
    const arrived = new Promise<ServerResponse>((resolve) => arrivals.push(resolve));
    const listener: RequestListener = (_req, res) => arrivals[0]?.(res);
    return { listener, arrived };
  }

  it('lets a running request finish, on a connection that would have been kept', async () => {
    const { listener, arrived } = slowListener();
    const server = build({ slackEvents: { listener, ready: Promise.resolve() } });
    const socket = connect(await server.start(), '127.0.0.1');
    socket.write('POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n');
    const res = await arrived;

    const stopped = server.stop(60_000);
    res.end('done');

    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK.*done/s);
    await stopped;
  });

  it('cuts what is not done at the deadline', async () => {
    const { listener, arrived } = slowListener();
    const server = build({ slackEvents: { listener, ready: Promise.resolve() } });
    const socket = connect(await server.start(), '127.0.0.1');
    socket.on('error', () => {});
    socket.write('POST /slack/events HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n');
    await arrived;

    await server.stop(10);

    if (!socket.closed) await once(socket, 'close');
  });

  it('closes idle connections at once and refuses new ones', async () => {
    const server = build();
    const port = await server.start();
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n');
    await once(socket, 'data');

    await server.stop(60_000);

    await expect(ask(port, 'GET', '/healthz')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('twice, or before a start, does nothing', async () => {
    const server = build();
    await server.stop(0);
    await server.start();

    await Promise.all([server.stop(0), server.stop(0)]);
  });
});
