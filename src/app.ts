import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { createClockwork } from './clockwork.js';
import type { Config } from './config/config.js';
import { createPrivateServer } from './http/private.js';
import { createPublicServer } from './http/public.js';
import { createReadiness } from './http/readiness.js';
import { checkAccess } from './linq/check-access.js';
import { createLinqClient } from './linq/linq-client.js';
import { createWebhooks } from './linq/webhooks.js';
import { createLogger, toBoltLogger } from './log.js';
import { createMetrics } from './metrics.js';
import { createNetwork } from './network.js';
import type { ParticipantEvent } from './removal/event.js';
import { createExpiry } from './removal/expiry.js';
import { createNoticeRunner } from './removal/notice-runner.js';
import { createRetention } from './removal/retention.js';
import { createRunner } from './removal/runner.js';
import { createAccess } from './slack/access/access.js';
import { createAsking } from './slack/access/asking.js';
import { warnAboutAccess } from './slack/access/warnings.js';
import { createAddedBackTeller } from './slack/added-back.js';
import { createEntrances } from './slack/entrance.js';
import { registerListeners } from './slack/listeners.js';
import { createLookUps } from './slack/look-ups.js';
import { createMessenger } from './slack/messenger.js';
import { createRepeatGuard } from './slack/repeat-guard.js';
import { createRespond } from './slack/response-url.js';
import { createSlackConnection } from './slack/slack-connection.js';
import { createStoreClock } from './store/clock.js';
import { openDatabase } from './store/database.js';
import { createEventStore } from './store/event-store.js';
import { createHistory } from './store/history-store.js';
import { readDatabaseUrl } from './store/location.js';
import { createProposalStore } from './store/proposal-store.js';
import { createStore } from './store/removal-store.js';

export interface App {
  /**
   * Takes up work, what an earlier process left included, then connects to Slack; where Slack is out of reach that goes
   * on behind it. Rejects with a sentence for the operator.
   */
  start(): Promise<Ports>;
  /** Rejects, after the start, when Slack or Linq refuses what it knows us by: only another token or key helps. */
  readonly refused: Promise<never>;
  /** Takes nothing in any more, lets calls under way finish (10 s at most) and closes the store. */
  stop(): Promise<void>;
  /** Carries out everything that is due now. The timer's work, here for whoever moves the clock by hand. */
  tick(): Promise<void>;
  /** Settles when nothing is under way: no listener, no call to Linq or Slack. */
  idle(): Promise<void>;
}

export interface Ports {
  readonly port: number;
  /** Of `/metrics`; null where there is none. */
  readonly metricsPort: number | null;
}

export interface Overrides {
  readonly now?: () => Date;
  /** How often the loop looks for due work, in milliseconds; null leaves that to `tick`. */
  readonly tickEveryMs?: number | null;
  readonly logger?: Logger;
}

const TICK_EVERY_MS = 1_000;
const STOP_WITHIN_MS = 10_000;

/** Builds everything in dependency order: store, Linq, Slack, the loop, the entrances, the HTTP server. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const log = overrides.logger ?? createLogger({ level: config.logLevel });
  const db = await openDatabase(config.databaseUrl, { poolSize: config.databasePool });
  const now = overrides.now ?? (await createStoreClock(db, readDatabaseUrl(config.databaseUrl).engine));
  const store = createStore(db);
  const history = createHistory(db);
  const events = createEventStore(db);
  const proposals = createProposalStore(db);
  const metrics = createMetrics(store.openRemovals, now);
  const network = createNetwork(config.proxy);
  const { fetch } = network;
  const linq = createLinqClient({
    ...config.linq,
    fetch,
    log,
    now,
    onCall: metrics.countCall.bind(null, 'linq'),
  });
  const slack = createSlackConnection(
    config.slack,
    toBoltLogger(log),
    metrics.countCall.bind(null, 'slack'),
    log,
    network,
  );
  const respond = createRespond(config.slack.apiUrl, fetch);
  const messenger = createMessenger({
    client: slack.app.client,
    respond,
    display: config.handleDisplay,
    now,
    onMisconfigured: slack.markRefused,
    log,
  });
  const { confirmWindowMs, keepPersonalForMs } = config;
  const runner = createRunner({
    store,
    linq,
    messenger,
    observer: metrics.observer,
    log,
    now,
    confirmWindowMs,
  });
  const notices = createNoticeRunner({
    notices: events,
    findRequest: store.findRequest,
    tell: createAddedBackTeller({
      client: slack.app.client,
      display: config.handleDisplay,
      onMisconfigured: slack.markRefused,
    }),
    log,
    now,
  });
  const expiry = createExpiry({ proposals, log, now });
  const access = createAccess({
    rules: config.access,
    approvers: config.approval.approvers,
    asking: createAsking(slack.app.client, now),
    history,
    log,
    now,
  });
  const retention = createRetention({ history, events, keepForMs: keepPersonalForMs, now, log });
  const loop = createClockwork(
    tick,
    log,
    overrides.tickEveryMs === undefined ? TICK_EVERY_MS : overrides.tickEveryMs,
  );
  const entrances = createEntrances(log);
  registerListeners(
    slack.app,
    {
      linq,
      store,
      history,
      proposals,
      access,
      approval: config.approval,
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
  const isReady = createReadiness({ isConnected: slack.isReady, ping: store.ping, log });
  const server = createPublicServer({
    host: config.host,
    port: config.port,
    isReady,
    ...(slack.requestListener && {
      slackEvents: { listener: slack.requestListener, ready: slack.connected },
    }),
    ...(config.linq.webhookSecrets.length > 0 && {
      webhooks: createWebhooks({ secrets: config.linq.webhookSecrets, take, log }),
    }),
    log,
  });
  const refusal = createRefusal();
  const metricsServer = config.metrics && createPrivateServer({ ...config.metrics, metrics, log });

  async function tick(): Promise<void> {
    const expired = expiry.tick().then((count) => (count > 0 ? runner.tick() : undefined));
    await Promise.all([runner.tick(), notices.tick(), retention.tick(), expired]);
  }

  async function take(event: ParticipantEvent) {
    const effect = await events.takeEvent(event, now());
    if (effect) loop.wake();
    return effect;
  }

  async function idle(): Promise<void> {
    await entrances.idle();
    await Promise.all([access.idle(), runner.idle(), notices.idle()]);
  }

  async function start(): Promise<Ports> {
    const port = await server.start();
    const metricsPort = metricsServer ? await metricsServer.start() : null;
    loop.start();
    checkAccess(linq, log).catch(refusal.note);
    slack.connected.catch(refusal.note);
    await slack.start();
    warnAboutAccess(config, log);
    log.info({ port, metricsPort, mode: config.slack.mode }, 'linq-remove is running');
    return { port, metricsPort };
  }

  async function stop(): Promise<void> {
    log.info({}, 'linq-remove is stopping; calls under way may finish');
    entrances.close();
    loop.stop();
    runner.close();
    // A look at the store may have begun before: closed, the runner finishes that round and takes up nothing else.
    const lastRound = runner.tick().catch(() => {});
    await Promise.race([Promise.all([lastRound, idle()]), deadline()]);
    await Promise.race([
      Promise.all([slack.stop(), server.stop(1_000), metricsServer?.stop(1_000)]),
      deadline(),
    ]);
    await store.close();
    log.info({}, 'linq-remove has stopped');
  }

  return { start, stop, tick, idle, refused: refusal.promise };
}

function deadline(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, STOP_WITHIN_MS).unref();
  });
}

/** A promise that never resolves, and what rejects it. */
function createRefusal() {
  let note: (error: unknown) => void = () => {};
  const promise = new Promise<never>((_resolve, reject) => {
    note = reject;
  });
  // An app in a test, whose refusals are not looked at, must not end the test by them.
  promise.catch(() => {});
  return { promise, note };
}
