import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from './config/config.js';
import { toCsv } from './export/csv.js';
import { createPrivateServer } from './http/private.js';
import { createPublicServer } from './http/public.js';
import { createReadiness } from './http/readiness.js';
import { checkAccess } from './linq/check-access.js';
import { createLinqClient } from './linq/linq-client.js';
import { createWebhooks } from './linq/webhooks.js';
import { createLogger, toBoltLogger } from './log.js';
import { createMetrics } from './metrics.js';
import { createNetwork } from './network.js';
import { type AuditFact, startOf } from './removal/audit.js';
import type { ParticipantEvent } from './removal/event.js';
import { createLoop } from './removal/loop.js';
import { createMaintenance } from './removal/maintenance.js';
import type { Transition } from './removal/ports.js';
import { createStoreRest } from './removal/store-rest.js';
import { logTransition } from './removal/transition-log.js';
import { createAccess } from './slack/access/access.js';
import { createAsking } from './slack/access/asking.js';
import { createViewers } from './slack/access/viewers.js';
import { warnAboutAccess } from './slack/access/warnings.js';
import { createAuditChannel } from './slack/audit/audit-channel.js';
import { logFacts } from './slack/audit/audit-log.js';
import { createReplaceView } from './slack/blocks/open-view.js';
import { createShowRich } from './slack/blocks/rich-view.js';
import { createRepeatGuard } from './slack/command/repeat-guard.js';
import { ENDINGS, type Ending, registerEndings } from './slack/connection/endings.js';
import { createSlackGate } from './slack/connection/gate.js';
import { createRespond } from './slack/connection/response-url.js';
import { createSlackConnection } from './slack/connection/slack-connection.js';
import { createFindApprovers } from './slack/decision/reach.js';
import { createChatSearch } from './slack/find/find-chats.js';
import { createGuards } from './slack/guard/guard.js';
import { createLookUps } from './slack/guard/look-ups.js';
import { registerListeners } from './slack/listeners.js';
import { createDisclosure } from './slack/message/disclosure.js';
import { createMessenger } from './slack/message/messenger.js';
import { recordFacts } from './store/audit.js';
import { createAuditOutbox } from './store/audit-outbox.js';
import { createStoreClock } from './store/clock.js';
import { type OpenOptions, openDatabase } from './store/database.js';
import { createHistory } from './store/history-store.js';
import { readDatabaseUrl } from './store/location.js';
import { createStore } from './store/store.js';
import { createTicker } from './ticker.js';

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
  /** Carries out everything that is due now. The timer's work, here for a caller who moves the clock by hand. */
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
  /** Milliseconds since some moment, which a clock that is set does not change. Default: `performance.now`. */
  readonly elapsed?: () => number;
  /** How a person's call waits at Linq's gate; with a clock that is moved by hand, by that clock. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** How often the loop looks for due work, in milliseconds; null leaves that to `tick`. */
  readonly tickEveryMs?: number | null;
  readonly logger?: Logger;
  /** Carries every call that leaves for Linq or Slack: the exploration loses answers and stops processes with it. */
  readonly fetch?: typeof fetch;
  /** Put around the store's dialect, for the same reason. */
  readonly wrapStore?: OpenOptions['wrap'];
}

const TICK_EVERY_MS = 1_000;
const STOP_WITHIN_MS = 10_000;

/** Builds everything in dependency order: store, Linq, Slack, the loop, the dialogues, the HTTP server. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const log = overrides.logger ?? createLogger({ level: config.logLevel });
  const network = createNetwork(config.proxy);
  const { fetch = network.fetch, wrapStore, sleep = (ms) => pause(ms) } = overrides;
  const { elapsed = () => performance.now() } = overrides;
  const db = await openDatabase(config.databaseUrl, { poolSize: config.databasePool, wrap: wrapStore });
  const now = overrides.now ?? (await createStoreClock(db, readDatabaseUrl(config.databaseUrl).engine));
  const audit = { onFacts, isPosted: config.auditChannel !== null };
  const store = createStore(db, { onTransition, audit });
  const history = createHistory(db, audit);
  const metrics = createMetrics(store.openChanges, now);
  const { observer } = metrics;
  const linq = createLinqClient({
    ...config.linq,
    log,
    now,
    elapsed,
    sleep,
    fetch,
    onCall: metrics.countCall.bind(null, 'linq'),
  });
  const gate = createSlackGate({
    now,
    elapsed,
    onCall: metrics.countCall.bind(null, 'slack'),
    send: fetch,
  });
  const slack = createSlackConnection(config.slack, toBoltLogger(log), gate, log, network.dispatcher);
  const { client } = slack.app;
  const respond = createRespond(config.slack.apiUrl, gate.respond);
  const asking = createAsking(client, elapsed);
  const displayIn = createDisclosure({
    display: config.handleDisplay,
    allowExternal: config.access.allowExternalChannels,
    isExternal,
  });
  const messenger = createMessenger({
    client,
    gate,
    respond,
    display: config.handleDisplay,
    displayIn,
    now,
    onMisconfigured: slack.markRefused,
    log,
  });
  const auditChannel = createAuditChannel({
    client,
    gate,
    outbox: createAuditOutbox(db),
    channel: config.auditChannel,
    isExternal,
    now,
    log,
  });
  const { confirmWindowMs, keepPersonalForMs, approval, access: rules } = config;
  const yieldTurn = () => nextTurn();
  const rest = createStoreRest({ store, log, now });
  const loop = createLoop({ store, rest, linq, messenger, observer, log, now, confirmWindowMs, yieldTurn });
  const maintenance = createMaintenance({
    store,
    history,
    keepForMs: keepPersonalForMs,
    now,
    yieldTurn,
    log,
  });
  const access = createAccess({
    rules,
    approvers: approval.approvers,
    viewers: config.historyViewers,
    asking,
    history,
    log,
    now,
  });
  const findApprovers = createFindApprovers({ approval, rules, asking, log });
  const tickEveryMs = overrides.tickEveryMs === undefined ? TICK_EVERY_MS : overrides.tickEveryMs;
  const ticker = createTicker(round, log, now, tickEveryMs);
  const guards = createGuards(log);
  const replaceView = createReplaceView(sleep);
  registerListeners(
    slack.app,
    {
      linq,
      store,
      history,
      access,
      viewers: createViewers(config.historyViewers, asking),
      approval,
      findApprovers,
      removalsPerHour: config.removalsPerHour,
      reason: config.reason,
      wake,
      respond,
      displayIn,
      replaceView,
      showRich: createShowRich(replaceView, log),
      toCsv,
      lookUps: createLookUps(),
      isRepeated: createRepeatGuard(),
      chatSearch: createChatSearch(linq, elapsed),
      log,
      now,
      newId: randomUUID,
      defaultCountry: config.defaultCountry,
      display: config.handleDisplay,
    },
    guards,
  );
  let ending: Ending | null = null;
  registerEndings(slack.app, (told) => void end(told));
  const isReady = createReadiness({ isConnected: slack.isReady, ping: store.ping, log });
  const server = createPublicServer({
    host: config.host,
    port: config.port,
    isReady,
    ended: () => ending,
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

  /** Counters and log lines follow from what was committed, in this one place. */
  function onTransition(transitions: readonly Transition[]): void {
    for (const transition of transitions) {
      observer.transition(transition);
      logTransition(log, transition);
    }
  }

  function onFacts(facts: readonly AuditFact[]): void {
    logFacts(log, facts);
  }

  async function isExternal(channel: string): Promise<boolean | null> {
    const answer = await asking.conversationNow(channel);
    return answer.ok ? answer.value.isExternal : null;
  }

  async function round(): Promise<Date | null> {
    if (!(await rest.isOver())) return null;
    try {
      const [nextAt] = await Promise.all([loop.tick(), maintenance.tick(), auditChannel.tick()]);
      if (!rest.isResting()) rest.end();
      return nextAt;
    } catch (error) {
      if (!rest.begin(error)) throw error;
      return null;
    }
  }

  /** What maintenance ended (a proposal that expired) is told in the same tick. */
  async function tick(): Promise<void> {
    await round();
    await loop.tick();
  }

  /** Something was written just now: that ends a pause of the store, whatever its plan was. */
  function wake(): void {
    rest.end();
    ticker.wake();
  }

  async function take(event: ParticipantEvent) {
    const effect = await store.takeEvent(event, now());
    if (effect) {
      loop.forgetReadings(event.chatId);
      wake();
    }
    return effect;
  }

  async function idle(): Promise<void> {
    await guards.idle();
    await Promise.all([access.idle(), loop.idle(), auditChannel.idle()]);
  }

  async function start(): Promise<Ports> {
    const port = await server.start();
    const metricsPort = metricsServer ? await metricsServer.start() : null;
    await recordFacts(db, audit, [startOf(now(), config.settings)]);
    ticker.start();
    checkAccess(linq, log).catch(refusal.note);
    const learned = slack.connected.then(access.learnGroups);
    learned.catch(refusal.note);
    await slack.start();
    if (slack.isReady()) await learned;
    warnAboutAccess(config, log);
    log.info({ port, metricsPort, mode: config.slack.mode }, 'linq-remove is running');
    return { port, metricsPort };
  }

  /** Slack has taken the app away: what is under way finishes, and nothing else is taken up; health says so. */
  async function end(told: Ending): Promise<void> {
    if (ending) return;
    ending = told;
    log.error({ ending: told }, ENDINGS[told]);
    await quiesce();
    await Promise.race([slack.stop(), deadline()]);
  }

  async function quiesce(): Promise<void> {
    guards.close();
    ticker.stop();
    loop.close();
    // A look at the store may have begun before: closed, the loop finishes that round and takes up nothing else.
    const lastRound = loop.tick().catch(() => {});
    await Promise.race([Promise.all([lastRound, idle()]), deadline()]);
  }

  async function stop(): Promise<void> {
    log.info({}, 'linq-remove is stopping; calls under way may finish');
    await quiesce();
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
