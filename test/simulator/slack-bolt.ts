import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { createLedger, type Entry, type Ledger } from '../../simulator/ledger.js';
import { type SlackSimulator, startSlackSimulator } from '../../simulator/slack/slack-simulator.js';

/** The simulator's Slack with the genuine client and framework in front of it. */
export interface Stage {
  readonly slack: SlackSimulator;
  readonly ledger: Ledger;
  readonly client: WebClient;
  /** Moves the simulator's clock, which otherwise stands still. */
  passes(ms: number): void;
  bolt(mode: 'socket' | 'http', listen: (app: App) => void, signingSecret?: string): Promise<void>;
  /** The latest payload's field, for tests that need no app: `trigger_id`, `response_url`. */
  latest(field: 'trigger_id' | 'response_url'): string;
  strike(): Promise<void>;
}

export async function setStage(): Promise<Stage> {
  const ledger = createLedger();
  let time = Date.parse('2026-03-02T09:00:00Z');
  const slack = await startSlackSimulator({ ledger, now: () => new Date(time), port: 0 });
  const closing: (() => Promise<unknown>)[] = [() => slack.stop()];
  return {
    slack,
    ledger,
    client: new WebClient(slack.botToken, { ...clientOptions(slack), logger: quiet }),
    passes: (ms) => {
      time += ms;
    },
    async bolt(mode, listen, signingSecret = slack.signingSecret) {
      closing.unshift(
        await (mode === 'socket' ? socketApp(slack, listen) : httpApp(slack, listen, signingSecret)),
      );
    },
    latest: (field) => payloadField(ledger.entries, field),
    async strike() {
      for (const close of closing) await close();
    },
  };
}

function clientOptions(slack: SlackSimulator) {
  return {
    slackApiUrl: slack.apiUrl,
    timeout: 1_000,
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
  };
}

async function socketApp(slack: SlackSimulator, listen: (app: App) => void): Promise<() => Promise<unknown>> {
  const installerOptions = { clientOptions: { slackApiUrl: slack.apiUrl } };
  const receiver = new SocketModeReceiver({ appToken: slack.appToken, logger: quiet, installerOptions });
  const app = await ready(slack, receiver, listen);
  await app.start();
  return () => app.stop();
}

async function httpApp(
  slack: SlackSimulator,
  listen: (app: App) => void,
  signingSecret: string,
): Promise<() => Promise<unknown>> {
  const receiver = new HTTPReceiver({ signingSecret, logger: quiet });
  const app = await ready(slack, receiver, listen);
  const server = await receiver.start(0);
  const address = server.address();
  slack.deliverTo(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/slack/events`);
  return () => app.stop();
}

async function ready(
  slack: SlackSimulator,
  receiver: SocketModeReceiver | HTTPReceiver,
  listen: (app: App) => void,
): Promise<App> {
  const app = new App({
    token: slack.botToken,
    receiver,
    logger: quiet,
    deferInitialization: true,
    clientOptions: clientOptions(slack),
  });
  await app.init();
  listen(app);
  return app;
}

const quiet: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

function payloadField(entries: readonly Entry[], field: string): string {
  const payloads = entries.filter((entry) => entry.direction === 'to-app');
  const detail = payloads.at(-1)?.detail;
  const value = typeof detail === 'object' && detail !== null ? Object.entries(detail) : [];
  return String(value.find(([name]) => name === field)?.[1]);
}

/** The error code that Slack answered a call with, or `ok`. */
export async function answerOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    const data = error instanceof Error && 'data' in error ? error.data : null;
    if (typeof data === 'object' && data !== null && 'error' in data) return String(data.error);
    throw error;
  }
}
