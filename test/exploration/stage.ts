import { pino } from 'pino';
import { type Simulator, startSimulator } from '../../simulator/simulator.js';
import type { Channel } from '../../simulator/slack/world.js';
import { loadConfig } from '../../src/config/config.js';
import { DATABASES, type Engine } from '../support/stage.js';
import { type Activity, createActivity } from './activity.js';
import { type ChatShape, type People, setTheScene } from './cast.js';
import { installChance } from './chance.js';
import { createNetwork, type Network } from './network.js';
import { OPEN_PLANS } from './plans.js';
import { createPostman } from './postman.js';
import { type AppProcess, type Sabotage, startProcess } from './process.js';
import { environmentOf, prepareLinq, type Setting } from './setting.js';
import { watchServers } from './sockets.js';
import { createTicker, type Ticker } from './ticker.js';
import { installVirtualTime, type VirtualTime } from './virtual-time.js';
import { watchWire } from './wire.js';

/** The real app, in one process or several, on the simulated Slack and Linq, in virtual time. */
export interface Stage {
  readonly setting: Setting;
  readonly simulator: Simulator;
  readonly people: People;
  readonly support: Channel;
  /** Where approvers are asked; null where they have no conversation of their own. */
  readonly approvals: Channel | null;
  /** Every chat there is at Linq. */
  readonly chats: readonly ChatShape[];
  readonly network: Network;
  /** Every process that ever was, in order of their start. */
  readonly processes: readonly AppProcess[];
  /** What all of them logged, line by line. */
  readonly log: readonly string[];
  readonly ticker: Ticker;
  /** Milliseconds since 1970, as Slack and Linq see it. */
  now(): number;
  /** Lets time pass until nothing moves at that moment. */
  passes(ms: number): Promise<void>;
  /** Lets time pass until the work has settled, or that long. Answers whether it has; rejects when the work does. */
  finishes(work: Promise<unknown>, withinMs: number): Promise<boolean>;
  /** Starts a process. One that cannot start is tried again after a while, as a supervisor does. */
  launch(): AppProcess;
  /** Processes that take requests. */
  living(): readonly AppProcess[];
  close(): Promise<void>;
}

const START = new Date('2026-06-01T10:00:00.000Z');
/** How long a supervisor waits before it starts a process again that could not start: twice as long each time. */
const START_AGAIN_MS = { first: 5_000, longest: 60_000 };

export async function openStage(setting: Setting, engine: Engine, sabotage: Sabotage): Promise<Stage> {
  const database = await DATABASES[engine]();
  const time = installVirtualTime(START);
  const restoreChance = installChance();
  const remove = async () => {
    restoreChance();
    time.remove();
    await database.remove();
  };
  try {
    return await build(setting, engine, time, { url: database.url, remove }, sabotage);
  } catch (error) {
    await remove();
    throw error;
  }
}

async function build(
  setting: Setting,
  engine: Engine,
  time: VirtualTime,
  database: { readonly url: string; remove(): Promise<void> },
  sabotage: Sabotage,
): Promise<Stage> {
  const wire = watchWire();
  const activity = createActivity(wire.isBusy);
  const servers = watchServers();
  const simulator = await startSimulator();
  const { linq, slack, ledger } = simulator;
  ledger.onChange(activity.note);
  const { people, support, approvals, chats } = setTheScene(simulator, setting);
  prepareLinq(linq, setting);
  const { now } = time;
  const network = createNetwork({
    activity,
    now,
    linqUrl: linq.baseUrl,
    slackUrl: slack.apiUrl,
    onCall: () => ticker.stir(),
  });
  const log: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void log.push(line) });
  const config = loadConfig({
    ...simulator.env('http'),
    ...environmentOf(setting),
    DATABASE_URL: database.url,
  });
  // SQLite works within this process, and waits for its lock in virtual time.
  const during: Activity['during'] = engine === 'postgres' ? activity.during : (work) => work;
  const processes: AppProcess[] = [];
  const living = () => processes.filter(({ port }) => port !== null);
  const plans = await OPEN_PLANS[engine](database.url);
  const ticker = createTicker({
    living,
    // Before the first start there may be no tables.
    nextPlan: () => during(plans.next()).catch(() => null),
    now: () => now().getTime(),
  });

  const postman = createPostman({
    events: setting.events,
    history: linq.history,
    ourLine: linq.ownLine,
    address: () => addressOf(living().at(-1), '/linq/webhooks?version=2026-02-03'),
  });

  async function runTo(end: number, isDone: () => boolean): Promise<void> {
    for (;;) {
      await activity.quiet();
      if (isDone()) return;
      const next = time.next();
      if (next === null || next > end) break;
      time.moveTo(next);
      postman.collect();
    }
    time.moveTo(end);
  }

  async function finishes(work: Promise<unknown>, withinMs: number): Promise<boolean> {
    let done = false;
    const settled = () => {
      done = true;
      activity.note();
    };
    void activity.call(work).then(settled, settled);
    await runTo(now().getTime() + withinMs, () => done);
    if (done) await work;
    return done;
  }

  /** Slack reaches the app under one address, behind which any living process answers. */
  function connectSlack(): void {
    slack.deliverTo(addressOf(living()[0], '/slack/events') ?? NO_ADDRESS);
  }

  let startAgainMs = START_AGAIN_MS.first;

  function launch(): AppProcess {
    const name = `process ${processes.length + 1}`;
    const launched = startProcess(name, {
      config,
      logger,
      activity,
      during,
      network,
      servers,
      now,
      sabotage,
    });
    launched.skewMs = processes.at(-1)?.skewMs ?? 0;
    processes.push(launched);
    launched.life.onEnd(connectSlack);
    const giveUp = () => {
      launched.life.end();
      setTimeout(launch, startAgainMs);
      startAgainMs = Math.min(startAgainMs * 2, START_AGAIN_MS.longest);
    };
    const serve = () => {
      startAgainMs = START_AGAIN_MS.first;
      connectSlack();
      // What it finds due at its start, no other process has looked for.
      ticker.stir();
    };
    launched.started.then(serve, giveUp).finally(activity.note);
    return launched;
  }

  return {
    setting,
    simulator,
    people,
    support,
    approvals,
    chats,
    network,
    processes,
    log,
    ticker,
    now: () => now().getTime(),
    passes: (ms) => runTo(now().getTime() + ms, () => false),
    finishes,
    launch,
    living,
    async close() {
      ticker.stop();
      for (const process of processes) process.life.end();
      await Promise.all(processes.map((process) => process.released()));
      servers.forget();
      await simulator.stop();
      wire.forget();
      await plans.close();
      await database.remove();
    },
  };
}

/** Nothing listens there. */
const NO_ADDRESS = 'http://127.0.0.1:9/slack/events';

function addressOf(process: AppProcess | undefined, path: string): string | null {
  return process ? `http://127.0.0.1:${process.port}${path}` : null;
}
