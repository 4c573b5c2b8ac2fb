import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname } from 'node:path';
import type { Simulator } from '../simulator/simulator.js';
import type { Clock } from './clock.js';
import { createActs } from './page-acts.js';
import { type Command, snapshotFor } from './page-snapshot.js';
import { createTools } from './page-tools.js';
import { ROLES, type Role } from './world.js';

const FOLDER = new URL('page/', import.meta.url);
/** Everything the page consists of, as it was at the start. Nothing else is served, whatever the path. */
const FILES: ReadonlySet<string> = new Set(readdirSync(FOLDER));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Only the page's own files and its own server; no inline code, no frames. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

const BODY_MAX = 64 * 1024;
/** Changes come in bursts; one snapshot shows them all. */
const COALESCE_MS = 25;

export interface PageOptions {
  readonly simulator: Simulator;
  readonly clock: Clock;
  /** 0: any free one. */
  readonly port: number;
  /** The app's own command first. */
  readonly commands: readonly [Command, ...Command[]];
}

export interface Page {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves the page on this machine only. Rejects when the port is taken. */
export async function startPage({ simulator, clock, port, commands }: PageOptions): Promise<Page> {
  const tools = createTools(simulator, clock);
  const act = createActs({ simulator, clock, tools, command: commands[0].name });
  const watchers = new Map<ServerResponse, Role>();
  const snapshot = (role: Role) =>
    snapshotFor(role, {
      simulator,
      commands,
      tools: tools.groups(),
      plugged: tools.plugged,
      freshSince: tools.freshSince,
    });
  const push = (watcher: ServerResponse, role: Role) => {
    watcher.write(`data: ${JSON.stringify(snapshot(role))}\n\n`);
  };
  const stopListening = simulator.ledger.onChange(
    coalesced(() => {
      for (const [watcher, role] of watchers) push(watcher, role);
    }),
  );

  function watch(role: Role, response: ServerResponse): void {
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
    watchers.set(response, role);
    response.on('close', () => watchers.delete(response));
    push(response, role);
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isFromThisMachine(request, portOf(server))) return refuse(response, 403);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const role = ROLES.find((each) => each === url.searchParams.get('as'));
    if (request.method === 'GET' && url.pathname === '/events' && role) return watch(role, response);
    if (request.method === 'GET') return serveFile(url.pathname, response);
    if (request.method !== 'POST' || url.pathname !== '/act') return refuse(response, 404);
    if (request.headers['content-type'] !== 'application/json') return refuse(response, 415);
    answer(response, await act(await readJson(request)));
  }

  const server = createServer((request, response) => {
    route(request, response).catch(() => refuse(response, 400));
  });
  await listen(server, port);
  return {
    url: `http://localhost:${portOf(server)}`,
    async stop() {
      stopListening();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function coalesced(act: () => void): () => void {
  let planned = false;
  return () => {
    if (planned) return;
    planned = true;
    setTimeout(() => {
      planned = false;
      act();
    }, COALESCE_MS).unref();
  };
}

/**
 * The page's buttons act, so other sites that are open in the same browser must not press them: by a name that
 * resolves to this machine (Host), or with a form or a fetch of their own (Origin; their requests cannot carry JSON).
 */
function isFromThisMachine({ headers }: IncomingMessage, port: number): boolean {
  const hosts = [`localhost:${port}`, `127.0.0.1:${port}`];
  const isOurs = headers.origin === undefined || hosts.some((host) => headers.origin === `http://${host}`);
  return hosts.includes(headers.host ?? '') && isOurs;
}

async function serveFile(path: string, response: ServerResponse): Promise<void> {
  const name = path === '/' ? 'index.html' : path.slice(1);
  if (!FILES.has(name)) return refuse(response, 404);
  const body = await readFile(new URL(name, FOLDER));
  response.writeHead(200, { ...HEADERS, 'content-type': TYPES[extname(name)] }).end(body);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk;
    if (body.length > BODY_MAX) throw new Error('too large');
  }
  return JSON.parse(body);
}

function answer(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { ...HEADERS, 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, HEADERS).end();
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}
