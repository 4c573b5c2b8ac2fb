import type { RequestListener } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import {
  App,
  HTTPReceiver,
  type Logger,
  LogLevel,
  SocketModeReceiver,
  type SocketModeReceiverOptions,
} from '@slack/bolt';
import type { SlackConfig } from '../../config/slack.js';
import type { Log } from '../../removal/ports.js';
import { connect, type Step } from './connect.js';
import type { SlackGate } from './gate.js';

export interface SlackConnection {
  readonly app: App;
  /** HTTP mode: what answers `POST /slack/events`. */
  readonly requestListener: RequestListener | undefined;
  /** Settles when Bolt can serve requests; rejects with `SlackStartError` when Slack refuses a token. */
  readonly connected: Promise<void>;
  /**
   * Checks the token and connects, and goes on trying where Slack is out of reach. Settles after the first try, or
   * while it takes too long. Rejects with `SlackStartError` when Slack refuses a token by then.
   */
  start(): Promise<void>;
  /** Takes nothing in any more. */
  stop(): Promise<void>;
  isReady(): boolean;
  /** Slack refused our token while running: not ready until Slack takes it again, which is looked after by itself. */
  markRefused(): void;
}

/** How the socket leaves this machine; calls go through the gate's `fetch`. */
type Dispatcher = SocketModeReceiverOptions['dispatcher'];

/** How often a refused token is tried again at most. */
const LOOK_AGAIN_MS = 2_000;
const CALL_TIMEOUT_MS = 5_000;
const SOCKET_TIMEOUT_MS = 10_000;
/** A start waits so long for Slack before it goes on without. */
const FIRST_TRY_MS = 6_000;

/**
 * Bolt, built so that its three inherited habits do no harm: listener clients never retry (a lost reply would post
 * twice), the socket keeps its own generous retries in its own options object (`SocketModeClient` writes into the one
 * it is given), and the token is checked once, by an awaited `init`.
 */
export function createSlackConnection(
  config: SlackConfig,
  logger: Logger,
  gate: Pick<SlackGate, 'fetch'>,
  log: Log,
  dispatcher?: Dispatcher,
): SlackConnection {
  const receiver =
    config.mode === 'socket'
      ? socketReceiver(config, logger, gate, dispatcher)
      : httpReceiver(config, logger);
  const app = new App({
    token: config.botToken,
    receiver,
    logger,
    logLevel: LogLevel.INFO,
    deferInitialization: true,
    convoStore: false,
    clientOptions: {
      slackApiUrl: config.apiUrl,
      fetch: gate.fetch,
      timeout: CALL_TIMEOUT_MS,
      rejectRateLimitedCalls: true,
      retryConfig: { retries: 0 },
    },
  });
  let stopping = false;
  let opened = false;
  let started = false;
  let refused = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  const isConnected = receiver instanceof SocketModeReceiver ? watchConnection(receiver) : () => true;
  const { promise: connected, resolve: noteConnected, reject: noteRefused } = withResolvers();
  connected.catch(() => {});

  async function start(): Promise<void> {
    const { promise: tried, resolve: afterTry } = withResolvers();
    connect(
      stepsOf(app, receiver, () => {
        opened = true;
      }),
      log,
      { isOver: () => stopping, afterTry },
    )
      .then(() => {
        started = !stopping;
        noteConnected();
      })
      .catch(noteRefused);
    await Promise.race([connected, tried, pause(FIRST_TRY_MS, undefined, { ref: false })]);
  }

  /** Slack refuses a good token now and then (`account_inactive`). Looked at while somebody asks for readiness. */
  function lookAgain(): void {
    if (stopping || performance.now() - lookedAt < LOOK_AGAIN_MS) return;
    lookedAt = performance.now();
    app.client.auth.test().then(
      () => {
        refused = false;
        log.info({}, 'Slack takes the token again');
      },
      (error: unknown) => log.warn({ err: error }, 'Slack still refuses the token'),
    );
  }

  return {
    app,
    requestListener: receiver instanceof HTTPReceiver ? receiver.requestListener : undefined,
    connected,
    start,
    async stop() {
      stopping = true;
      started = false;
      const isOpen = opened;
      opened = false;
      if (isOpen && receiver instanceof SocketModeReceiver) await disconnect(app, receiver);
    },
    isReady() {
      if (refused) lookAgain();
      return started && !refused && isConnected();
    },
    markRefused() {
      refused = true;
    },
  };
}

function socketReceiver(
  { appToken, apiUrl }: SlackConfig & { mode: 'socket' },
  logger: Logger,
  { fetch }: Pick<SlackGate, 'fetch'>,
  dispatcher: Dispatcher,
) {
  // Without `maxTimeout` the wait grows to minutes after an outage; an end of the retries would end the process.
  const retryConfig = { forever: true, factor: 1.3, maxTimeout: 30_000 };
  const clientOptions = { slackApiUrl: apiUrl, fetch, timeout: SOCKET_TIMEOUT_MS, retryConfig };
  return new SocketModeReceiver({
    appToken,
    logger,
    installerOptions: { clientOptions },
    ...(dispatcher && { dispatcher }),
  });
}

function httpReceiver({ signingSecret }: SlackConfig & { mode: 'http' }, logger: Logger) {
  return new HTTPReceiver({ signingSecret, logger });
}

/** Bolt's own stop does not wait for the socket to close. */
async function disconnect(app: App, { client }: SocketModeReceiver): Promise<void> {
  const disconnected = new Promise<void>((resolve) => {
    client.once('disconnected', () => resolve());
  });
  await app.stop();
  await disconnected;
}

/** `close` is the first sign of a drop; the library reconnects by itself. */
function watchConnection({ client }: SocketModeReceiver): () => boolean {
  let connected = false;
  client.on('connected', () => {
    connected = true;
  });
  for (const event of ['close', 'reconnecting', 'disconnecting', 'disconnected']) {
    client.on(event, () => {
      connected = false;
    });
  }
  return () => connected;
}

/** In HTTP mode our own server listens; Bolt's would throw out of itself on `GET //`. */
function stepsOf(app: App, receiver: Receiver, onOpen: () => void): readonly Step[] {
  const check: Step = { variable: 'SLACK_BOT_TOKEN', run: () => app.init() };
  if (receiver instanceof HTTPReceiver) return [check];
  const open: Step = {
    variable: 'SLACK_APP_TOKEN',
    run() {
      onOpen();
      return app.start();
    },
  };
  return [check, open];
}

type Receiver = HTTPReceiver | SocketModeReceiver;

/** `Promise.withResolvers`, which Node.js 20 does not have. */
function withResolvers() {
  let resolve = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<void>((onDone, onFailure) => {
    resolve = onDone;
    reject = onFailure;
  });
  return { promise, resolve, reject };
}
