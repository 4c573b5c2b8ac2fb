import type { RequestListener } from 'node:http';
import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebAPIPlatformError } from '@slack/web-api';
import type { SlackConfig } from '../config.js';
import type { SlackGate } from './connection/gate.js';

export interface SlackConnection {
  readonly app: App;
  /** HTTP mode: what answers `POST /slack/events`. */
  readonly requestListener: RequestListener | undefined;
  /** Checks the token and connects. Rejects with a sentence that names the variable to mend. */
  start(): Promise<void>;
  /** Takes nothing in any more. */
  stop(): Promise<void>;
  isReady(): boolean;
  /** Slack refused our token while running: not ready until somebody restarts with a good one. */
  markRefused(): void;
}

/** Slack refused a token, or could not be reached: the start ends with this sentence. */
export class SlackStartError extends Error {
  override readonly name = 'SlackStartError';
}

const CALL_TIMEOUT_MS = 5_000;
const SOCKET_TIMEOUT_MS = 10_000;

/**
 * Bolt, built so that its three inherited habits do no harm: listener clients never retry (a lost reply would post
 * twice), the socket keeps its own generous retries in its own options object (`SocketModeClient` writes into the one
 * it is given), and the token is checked once, by an awaited `init`.
 */
export function createSlackConnection(
  config: SlackConfig,
  logger: Logger,
  gate: Pick<SlackGate, 'fetch'>,
): SlackConnection {
  const receiver =
    config.mode === 'socket' ? socketReceiver(config, logger, gate) : httpReceiver(config, logger);
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
  let started = false;
  let refused = false;
  const isConnected = receiver instanceof SocketModeReceiver ? watchConnection(receiver) : () => true;

  return {
    app,
    requestListener: receiver instanceof HTTPReceiver ? receiver.requestListener : undefined,
    async start() {
      await app.init().catch(explainStart('SLACK_BOT_TOKEN'));
      // In HTTP mode our own server listens; Bolt's would throw out of itself on `GET //`.
      if (receiver instanceof SocketModeReceiver) await app.start().catch(explainStart('SLACK_APP_TOKEN'));
      started = true;
    },
    async stop() {
      const wasStarted = started;
      started = false;
      if (wasStarted && receiver instanceof SocketModeReceiver) await disconnect(app, receiver);
    },
    isReady: () => started && !refused && isConnected(),
    markRefused() {
      refused = true;
    },
  };
}

function socketReceiver(
  { appToken, apiUrl }: SlackConfig & { mode: 'socket' },
  logger: Logger,
  { fetch }: Pick<SlackGate, 'fetch'>,
) {
  // Without `maxTimeout` the wait grows to minutes after an outage.
  const retryConfig = { retries: 100, factor: 1.3, maxTimeout: 30_000 };
  const clientOptions = { slackApiUrl: apiUrl, fetch, timeout: SOCKET_TIMEOUT_MS, retryConfig };
  return new SocketModeReceiver({ appToken, logger, installerOptions: { clientOptions } });
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

function explainStart(variable: string) {
  return (error: unknown): never => {
    if (error instanceof WebAPIPlatformError) {
      const code = error.data.error;
      throw new SlackStartError(
        `Slack refused ${variable} (${code}). Put a valid token in it and start again.`,
        {
          cause: error,
        },
      );
    }
    throw new SlackStartError(
      'Slack could not be reached. Check the network and SLACK_API_URL, then start again.',
      {
        cause: error,
      },
    );
  };
}
