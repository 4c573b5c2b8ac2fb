import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from './removal/ports.js';

export interface HttpServerDeps {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** `waitingFor` names parts of the application ('slack', 'store'); it is shown to whoever asks. */
  readonly isReady: () => Promise<{ readonly ok: boolean; readonly waitingFor: readonly string[] }>;
  /** For Prometheus; it says nothing about people. */
  readonly metrics: { readonly contentType: string; read(): Promise<string> };
  /** Bolt's request listener, in HTTP mode. */
  readonly slackEvents?: RequestListener;
  /** Linq's webhooks. */
  readonly webhooks?: RequestListener;
  readonly log: Log;
}

export interface HttpServer {
  /** Resolves with the actual port; rejects with `HttpStartError`, which names the variable to change. */
  start(): Promise<number>;
  /** Takes no new requests, lets running ones finish, and cuts those that are not done after `deadlineMs`. */
  stop(deadlineMs: number): Promise<void>;
}

/** The server cannot listen. The message says why and what to do; it is fit for a person and a log. */
export class HttpStartError extends Error {
  override readonly name = 'HttpStartError';
}

interface Route {
  readonly methods: readonly string[];
  readonly handle: (req: IncomingMessage, res: ServerResponse) => unknown;
}

/**
 * Health, webhooks and, in HTTP mode, Slack's requests. A server of our own because Bolt's custom routes let `GET //`
 * or a bad `%` sequence end the process; here paths are compared as they arrived, and never decoded.
 */
export function createHttpServer(deps: HttpServerDeps): HttpServer {
  const routes = routesOf(deps);
  const server = createServer((req, res) => {
    res.once('close', closeWhenStopping);
    dispatch(routes, req, res).catch((error: unknown) => {
      deps.log.error({ err: error, path: pathOf(req) }, 'A request failed');
      fail(res);
    });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  // Longer than the 60 s of common load balancers, so that none sends into a connection that we are closing.
  server.keepAliveTimeout = 65_000;

  /** A kept-alive connection turns idle only a moment after its answer, and `close` has gone by then. */
  function closeWhenStopping(): void {
    if (!server.listening) setImmediate(() => server.closeIdleConnections());
  }

  function start(): Promise<number> {
    return new Promise((resolve, reject) => {
      const refuse = (error: NodeJS.ErrnoException) =>
        reject(new HttpStartError(whyNotListening(error, deps), { cause: error }));
      server.once('error', refuse);
      server.listen(deps.port, deps.host, () => {
        server.off('error', refuse);
        server.on('error', (error) => deps.log.error({ err: error }, 'The HTTP server has a problem'));
        resolve((server.address() as AddressInfo).port);
      });
    });
  }

  async function stop(deadlineMs: number): Promise<void> {
    if (!server.listening) return;
    const deadline = setTimeout(() => server.closeAllConnections(), deadlineMs);
    await new Promise((resolve) => server.close(resolve));
    clearTimeout(deadline);
  }

  return { start, stop };
}

function routesOf({ isReady, metrics, slackEvents, webhooks }: HttpServerDeps): ReadonlyMap<string, Route> {
  const routes = new Map<string, Route>([
    ['/healthz', { methods: READ, handle: (_req, res) => answer(res, 200, { status: 'ok' }) }],
    ['/readyz', { methods: READ, handle: (_req, res) => answerReadiness(res, isReady) }],
    ['/metrics', { methods: READ, handle: (_req, res) => answerMetrics(res, metrics) }],
  ]);
  if (slackEvents) routes.set('/slack/events', { methods: ['POST'], handle: slackEvents });
  if (webhooks) routes.set('/linq/webhooks', { methods: ['POST'], handle: webhooks });
  return routes;
}

const READ = ['GET', 'HEAD'];

async function dispatch(
  routes: ReadonlyMap<string, Route>,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const route = routes.get(pathOf(req));
  if (!route) return answer(res, 404, { status: 'not found' });
  if (!route.methods.includes(req.method ?? '')) {
    res.setHeader('allow', route.methods.join(', '));
    return answer(res, 405, { status: 'method not allowed' });
  }
  await route.handle(req, res);
}

function pathOf(req: IncomingMessage): string {
  return req.url?.split('?', 1)[0] ?? '';
}

async function answerReadiness(res: ServerResponse, isReady: HttpServerDeps['isReady']): Promise<void> {
  const { ok, waitingFor } = await isReady();
  if (ok) answer(res, 200, { status: 'ready' });
  else answer(res, 503, { status: 'not ready', waitingFor });
}

async function answerMetrics(res: ServerResponse, metrics: HttpServerDeps['metrics']): Promise<void> {
  const text = await metrics.read();
  res.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' });
  res.end(text);
}

function answer(res: ServerResponse, status: number, body: object): void {
  const json = JSON.stringify(body);
  res.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(json),
    'cache-control': 'no-store',
  });
  res.end(json);
}

/** After headers went out there is no status left to change: only cutting says that something is wrong. */
function fail(res: ServerResponse): void {
  if (res.headersSent) res.destroy();
  else answer(res, 500, { status: 'failed' });
}

function whyNotListening(error: NodeJS.ErrnoException, { host, port }: HttpServerDeps): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program. Stop that program, or set PORT to a free port.`;
    case 'EACCES':
      return `This process may not listen on port ${port}. Set PORT to a port above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${host}. Set HOST to one of its addresses, or to 0.0.0.0 for all.`;
    default:
      return `The HTTP server cannot listen on ${host}, port ${port} (${error.message}). Check HOST and PORT.`;
  }
}
