import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { createHttpServer } from './http-server.js';
import { createLinqClient } from './linq/linq-client.js';
import { createLogger, toBoltLogger } from './log.js';
import { reasonFor } from './removal/reasons.js';
import { createRunner, type Runner } from './removal/runner.js';
import { createEntrances } from './slack/entrance.js';
import { registerListeners } from './slack/listeners.js';
import { createLookUps } from './slack/look-ups.js';
import { createMessenger } from './slack/messenger.js';
import { createRepeatGuard } from './slack/repeat-guard.js';
import { createRespond } from './slack/response-url.js';
import { createSlackConnection } from './slack/slack-connection.js';
import { createStoreClock } from './store/clock.js';
import { openDatabase } from './store/database.js';
import { readDatabaseUrl } from './store/location.js';
import { createStore } from './store/removal-store.js';

export interface App {
  /** Connects and takes up work, what an earlier process left included. Rejects with a sentence for the operator. */
  start(): Promise<{ readonly port: number }>;
  /** Takes nothing in any more, lets calls under way finish (10 s at most) and closes the store. */
  stop(): Promise<void>;
  /** Carries out everything that is due now. The timer's work, here for whoever moves the clock by hand. */
  tick(): Promise<void>;
  /** Settles when nothing is under way: no listener, no call to Linq or Slack. */
  idle(): Promise<void>;
}

export interface Overrides {
  readonly now?: () => Date;
  /** How often the loop looks for due work, in milliseconds; null leaves that to `tick`. */
  readonly tickEveryMs?: number | null;
  readonly logger?: Logger;
}

const TICK_EVERY_MS = 1_000;
const STOP_WITHIN_MS = 10_000;

/** Linq refused the key at the start. */
export class LinqStartError extends Error {
  override readonly name = 'LinqStartError';
}

/** Builds everything in dependency order: store, Linq, Slack, the loop, the entrances, the HTTP server. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const log = overrides.logger ?? createLogger({ level: config.logLevel });
  const db = await openDatabase(config.databaseUrl, { poolSize: config.databasePool });
  const now = overrides.now ?? (await createStoreClock(db, readDatabaseUrl(config.databaseUrl).engine));
  const store = createStore(db);
  const linq = createLinqClient({ ...config.linq, log, now });
  const slack = createSlackConnection(config.slack, toBoltLogger(log));
  const respond = createRespond(config.slack.apiUrl);
  const messenger = createMessenger({
    client: slack.app.client,
    respond,
    display: config.handleDisplay,
    onMisconfigured: slack.markRefused,
    log,
  });
  const { confirmWindowMs } = config;
  const runner = createRunner({ store, linq, messenger, log, now, confirmWindowMs });
  const loop = createLoop(
    runner,
    log,
    overrides.tickEveryMs === undefined ? TICK_EVERY_MS : overrides.tickEveryMs,
  );
  const entrances = createEntrances(log);
  registerListeners(
    slack.app,
    {
      linq,
      store,
      wake: loop.wake,
      respond,
      lookUps: createLookUps(),
      isRepeated: createRepeatGuard(),
      log,
      now,
      newId: randomUUID,
      defaultCountry: config.defaultCountry,
      display: config.handleDisplay,
    },
    entrances,
  );
  const server = createHttpServer({
    host: config.host,
    port: config.port,
    isReady,
    ...(slack.requestListener && { slackEvents: slack.requestListener }),
    log,
  });

  async function isReady() {
    const storeAnswers = await store.ping().then(
      () => true,
      () => false,
    );
    const waitingFor = [...(slack.isReady() ? [] : ['slack']), ...(storeAnswers ? [] : ['store'])];
    return { ok: waitingFor.length === 0, waitingFor };
  }

  /** A key that Linq refuses is worth stopping for; a Linq that is out of reach is not: it may be back in a minute. */
  async function checkLinq(): Promise<void> {
    const access = await linq.checkAccess();
    if (access.ok) return;
    const { status } = access.failure;
    if (reasonFor(access.failure) === 'unauthorized') {
      throw new LinqStartError(
        `Linq refused LINQ_API_V3_API_KEY (status ${status}). Put a valid key in it and start again.`,
      );
    }
    log.warn({ status }, 'Linq could not be checked at the start; removals will be tried all the same');
  }

  async function idle(): Promise<void> {
    await Promise.all([entrances.idle(), runner.idle()]);
  }

  async function start(): Promise<{ port: number }> {
    const port = await server.start();
    await checkLinq();
    await slack.start();
    loop.start();
    log.info({ port, mode: config.slack.mode }, 'linq-remove is running');
    return { port };
  }

  async function stop(): Promise<void> {
    entrances.close();
    loop.stop();
    runner.close();
    await Promise.race([idle(), deadline()]);
    await Promise.race([Promise.all([slack.stop(), server.stop(1_000)]), deadline()]);
    await store.close();
    log.info({}, 'linq-remove has stopped');
  }

  return { start, stop, tick: runner.tick, idle };
}

function deadline(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, STOP_WITHIN_MS).unref();
  });
}

/** The loop's clockwork: a timer for what comes due, a nudge for what is due now. */
function createLoop(runner: Runner, log: Logger, everyMs: number | null) {
  let timer: NodeJS.Timeout | undefined;
  const wake = () => {
    runner.tick().catch((error: unknown) => log.error({ err: error }, 'The loop could not read the store'));
  };
  return {
    wake,
    start() {
      wake();
      if (everyMs !== null) timer = setInterval(wake, everyMs);
    },
    stop() {
      clearInterval(timer);
    },
  };
}
