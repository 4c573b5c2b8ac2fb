import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../removal/ports.js';
import { answer, fail } from './answer.js';
import { readBody } from './body.js';
import { type ConnectionLimits, type Connections, createConnections } from './connections.js';

export interface Route {
  readonly methods: readonly string[];
  /** `body` is empty where the method has none. Until `taken` is called the sender may be cut to make room. */
  readonly handle: (req: IncomingMessage, res: ServerResponse, body: Buffer, taken: () => void) => unknown;
}

export interface HttpServerDeps {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** The variables that `host` and `port` come from. */
  readonly variables: { readonly host: string; readonly port: string };
  /** By path. Paths are compared as they arrive, and never decoded. */
  readonly routes: Readonly<Record<string, Route>>;
  readonly limits: Limits;
  readonly log: Log;
}

export interface Limits extends ConnectionLimits {
  readonly headersMs: number;
  /** For a whole request, headers and body. */
  readonly requestMs: number;
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

/** Longer than the 60 s of common load balancers, so that none sends into a connection that we are closing. */
const KEEP_ALIVE_MS = 65_000;
/** With Node's 511, a burst makes genuine senders wait a second for their turn. */
const BACKLOG = 2_048;
/** Node looks for late requests only every 30 s by itself. */
const LOOK_EVERY_MS = 500;

/**
 * A server of our own, because Bolt's custom routes let `GET //` or a bad `%` sequence end the process, and because
 * what strangers may cost before a signature is checked is bounded here.
 */
export function createHttpServer(deps: HttpServerDeps): HttpServer {
  const { routes, limits, log } = deps;
  const options = {
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: Math.min(LOOK_EVERY_MS, limits.headersMs / 2),
    keepAliveTimeout: KEEP_ALIVE_MS,
  };
  const server = createServer(options, (req, res) => {
    res.once('close', () => {
      connections.note(req.socket, 'idle');
      closeWhenStopping();
    });
    dispatch(routes, connections, req, res).catch((error: unknown) => {
      log.error({ err: error, path: pathOf(req) }, 'A request failed');
      fail(res);
    });
  });
  const connections = createConnections(server, limits);

  /** A kept-alive connection turns idle only a moment after its answer, and `close` has gone by then. */
  function closeWhenStopping(): void {
    if (!server.listening) setImmediate(() => server.closeIdleConnections());
  }

  function start(): Promise<number> {
    return new Promise((resolve, reject) => {
      const refuse = (error: NodeJS.ErrnoException) =>
        reject(new HttpStartError(whyNotListening(error, deps), { cause: error }));
      server.once('error', refuse);
      server.listen({ port: deps.port, host: deps.host, backlog: BACKLOG }, () => {
        server.off('error', refuse);
        server.on('error', (error) => log.error({ err: error }, 'The HTTP server has a problem'));
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

async function dispatch(
  routes: Readonly<Record<string, Route>>,
  connections: Connections,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const path = pathOf(req);
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (!route) return answer(res, 404, 'not found');
  if (!route.methods.includes(req.method ?? '')) {
    res.setHeader('allow', route.methods.join(', '));
    return answer(res, 405, 'method not allowed');
  }
  connections.note(req.socket, 'waiting');
  const body = req.method === 'POST' ? await readBody(req, res) : Buffer.alloc(0);
  if (body) await route.handle(req, res, body, () => connections.note(req.socket, 'answering'));
}

function pathOf(req: IncomingMessage): string {
  return req.url?.split('?', 1)[0] ?? '';
}

function whyNotListening(
  error: NodeJS.ErrnoException,
  { host, port, variables }: Pick<HttpServerDeps, 'host' | 'port' | 'variables'>,
): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program. Stop that program, or set ${variables.port} to a free port.`;
    case 'EACCES':
      return `This process may not listen on port ${port}. Set ${variables.port} to a port above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `This machine has no address ${host}. Set ${variables.host} to one of its addresses, or to 0.0.0.0 for all.`;
    default:
      return `The HTTP server cannot listen on ${host}, port ${port} (${error.message}). Check ${variables.host} and ${variables.port}.`;
  }
}
