import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Log } from '../removal/ports.js';
import { answer } from './answer.js';
import { createHttpServer, type HttpServer, type Limits, type Route } from './server.js';

export interface PublicServerDeps {
  readonly host: string;
  readonly port: number;
  readonly isReady: () => Promise<boolean>;
  /** Why it will never be ready again, in a word; null: it may be. */
  readonly ended?: () => string | null;
  /** In HTTP mode: Bolt's request listener, and what settles once it can serve. */
  readonly slackEvents?: { readonly listener: RequestListener; readonly ready: Promise<unknown> };
  /** Takes one delivery of Linq and says how to answer it. */
  readonly webhooks?: (
    headers: IncomingHttpHeaders,
    body: string,
  ) => Promise<{ status: number; word: string }>;
  readonly limits?: Partial<Limits>;
  readonly log: Log;
}

const LIMITS: Limits = { connections: 256, waiting: 100, headersMs: 10_000, requestMs: 15_000 };
const READ = ['GET', 'HEAD'];
const POST = ['POST'];
/** Slack gives up after three seconds; until then an app that is just starting may still answer. */
const HOLD_MS = 2_500;

/** What the world may reach: health, Linq's webhooks and, in HTTP mode, Slack's requests. */
export function createPublicServer(deps: PublicServerDeps): HttpServer {
  return createHttpServer({
    host: deps.host,
    port: deps.port,
    variables: { host: 'HOST', port: 'PORT' },
    routes: routesOf(deps),
    limits: { ...LIMITS, ...deps.limits },
    log: deps.log,
  });
}

function routesOf({
  isReady,
  ended = () => null,
  slackEvents,
  webhooks,
}: PublicServerDeps): Record<string, Route> {
  return {
    '/healthz': { methods: READ, handle: (_req, res) => answer(res, 200, 'ok') },
    '/readyz': {
      methods: READ,
      handle: async (_req, res) =>
        (await isReady()) ? answer(res, 200, 'ready') : answer(res, 503, ended() ?? 'not ready'),
    },
    ...(slackEvents && { '/slack/events': slackRoute(slackEvents) }),
    ...(webhooks && { '/linq/webhooks': webhookRoute(webhooks) }),
  };
}

/** Requests that come before Bolt can serve wait for it: it would answer them with 401. */
function slackRoute({ listener, ready }: NonNullable<PublicServerDeps['slackEvents']>): Route {
  let isReady = false;
  ready.then(
    () => {
      isReady = true;
    },
    () => {},
  );
  return {
    methods: POST,
    async handle(req, res, body, taken) {
      if (!isReady && !(await settlesWithin(HOLD_MS, ready))) return answer(res, 503, 'not ready');
      taken();
      // Bolt takes a body that was read before from here.
      listener(Object.assign(req, { rawBody: body }), res);
    },
  };
}

function webhookRoute(take: NonNullable<PublicServerDeps['webhooks']>): Route {
  return {
    methods: POST,
    async handle(req: IncomingMessage, res: ServerResponse, body, taken) {
      taken();
      const { status, word } = await take(req.headers, body.toString('utf8'));
      answer(res, status, word);
    },
  };
}

async function settlesWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const done = work.then(
    () => true,
    () => false,
  );
  return await Promise.race([done, late]).finally(() => clearTimeout(timer));
}
