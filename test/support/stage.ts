import { pino } from 'pino';
import type { SimChat } from '../../simulator/linq/chats.js';
import type { LinqFault } from '../../simulator/linq/faults.js';
import { type Simulator, startSimulator } from '../../simulator/simulator.js';
import type { Message } from '../../simulator/slack/messages.js';
import type { Person } from '../../simulator/slack/person.js';
import type { Channel } from '../../simulator/slack/world.js';
import { type App, createApp, type Overrides } from '../../src/app.js';
import { loadConfig } from '../../src/config/config.js';
import { type Clock, createClock } from './clock.js';
import { emptyFile } from './empty-file.js';
import { borrowDatabase } from './postgres/databases.js';

export type Mode = 'socket' | 'http';
export const MODES: readonly Mode[] = ['socket', 'http'];

export type Engine = 'sqlite' | 'postgres';
export const ENGINES: readonly Engine[] = ['sqlite', 'postgres'];

export const CHAT_ID = '550e8400-e29b-41d4-a716-446655440000';
export const PAT = '+12052499136';
export const BOTH = `${CHAT_ID} ${PAT}`;

/** The real app on the simulated Slack and Linq, with one clock for all, and alice in #support. */
export interface Stage {
  readonly simulator: Simulator;
  readonly slack: Simulator['slack'];
  readonly linq: Simulator['linq'];
  readonly ledger: Simulator['ledger'];
  readonly clock: Clock;
  readonly alice: Person;
  readonly support: Channel;
  /** "Launch crew": our line and five members, pat among them. */
  readonly chat: SimChat;
  readonly databaseUrl: string;
  readonly port: number;
  /** Of `/metrics`. */
  readonly metricsPort: number | null;
  readonly app: App;
  /** Lets time pass, then everything happen that became due by it. */
  passes(ms: number): Promise<void>;
  /** Stops the app and starts it again on the same store. */
  restarts(): Promise<void>;
  /** Starts a second process on the same store, which is ticked by hand and stops with the stage. Slack goes on calling the first. */
  another(): Promise<{ readonly app: App; readonly port: number }>;
  stop(): Promise<void>;
}

export interface StageOptions {
  readonly mode?: Mode;
  /** Default: SQLite, or what `useEngine` said. */
  readonly engine?: Engine;
  readonly env?: Record<string, string>;
  /** Whether Slack and Linq limit how often they may be called. Default: `QUOTAS`. */
  readonly quotas?: boolean;
  /** Hears every message that the app logs, in the moment in which it does. */
  readonly onLog?: (message: string) => void;
  /** Makes the workspace what the app finds when it starts. */
  readonly before?: (slack: Simulator['slack']) => void;
  /** Put around the store's dialect: see `watchCommits`. */
  readonly wrapStore?: Overrides['wrapStore'];
  /** Where the clock starts. Webhooks are signed and checked by the wall clock, five minutes either way. */
  readonly start?: Date;
}

/** The real Slack and Linq have them. */
const QUOTAS = true;

let usualEngine: Engine = 'sqlite';

/** For a whole file of tests: the engine of every stage that names none. */
export function useEngine(engine: Engine): void {
  usualEngine = engine;
}

export async function setStage(options: StageOptions = {}): Promise<Stage> {
  const { mode = 'socket', engine = usualEngine, quotas = QUOTAS, env = {} } = options;
  const clock = createClock(options.start);
  const simulator = await startSimulator({ now: clock.now });
  simulator.quotas(quotas);
  const { slack, linq, ledger } = simulator;
  const alice = slack.person('alice');
  const support = slack.addChannel({ name: 'support', kind: 'public', members: [alice.id], bot: true });
  const chat = linq.addChat({ id: CHAT_ID, name: 'Launch crew', service: 'iMessage', members: CREW });
  options.before?.(slack);
  const database = await DATABASES[engine]();
  const databaseUrl = database.url;
  const config = loadConfig({
    ...simulator.env(mode),
    DATABASE_URL: databaseUrl,
    PORT: '0',
    HOST: '127.0.0.1',
    ...env,
  });
  const launch = async () => {
    const app = await createApp(config, {
      now: clock.now,
      elapsed: clock.elapsed,
      sleep: clock.sleep,
      tickEveryMs: null,
      logger: loggerTo(options.onLog),
      ...(options.wrapStore && { wrapStore: options.wrapStore }),
    });
    return { app, ...(await app.start()) };
  };
  const start = async () => {
    const started = await launch();
    if (mode === 'http') slack.deliverTo(`http://127.0.0.1:${started.port}/slack/events`);
    return started;
  };
  let running = await start();
  const others: App[] = [];

  return {
    simulator,
    slack,
    linq,
    ledger,
    clock,
    alice,
    support,
    chat,
    databaseUrl,
    get port() {
      return running.port;
    },
    get metricsPort() {
      return running.metricsPort;
    },
    get app() {
      return running.app;
    },
    async passes(ms) {
      // A person's call that waits at Linq's gate waits for the clock.
      await Promise.race([running.app.idle(), clock.sleeping().then(() => quiet(ledger))]);
      clock.advance(ms);
      linq.catchUp();
      await running.app.tick();
    },
    async restarts() {
      await running.app.stop();
      running = await start();
    },
    async another() {
      const started = await launch();
      others.push(started.app);
      return started;
    },
    async stop() {
      await Promise.all([running.app, ...others].map((app) => app.stop()));
      await simulator.stop();
      await database.remove();
    },
  };
}

/** Sockets within one process hand over within a few turns: after so many in which nothing was heard, all else waits too. */
const QUIET_TURNS = 20;

async function quiet({ onChange }: Simulator['ledger']): Promise<void> {
  let turns = 0;
  const forget = onChange(() => {
    turns = 0;
  });
  for (; turns < QUIET_TURNS; turns++) await new Promise(setImmediate);
  forget();
}

function loggerTo(onLog: StageOptions['onLog']) {
  if (!onLog) return pino({ level: process.env.TEST_LOG ?? 'silent' });
  return pino({ level: 'info' }, { write: (line: string) => onLog(JSON.parse(line).msg) });
}

/** An empty store, for one test or story. */
export const DATABASES: Record<Engine, () => Promise<{ readonly url: string; remove(): Promise<void> }>> = {
  sqlite: emptyFile,
  postgres: borrowDatabase,
};

const CREW = [PAT, '+12025550143', '+12025550144', 'sam@example.com', '+442079460958'];

/** Types the whole command and approves what the review shows. */
export async function approves(person: Person, command = `/linq-remove ${BOTH}`, where?: { in: string }) {
  await person.runs(command, where);
  await person.seesModal(/Review removal/);
  return person.submits();
}

/** The one message about the one removal. Throws when there is none, or when there are several. */
export function onlyMessage({ slack, support }: Stage): Message {
  const [message, ...others] = slack.messagesIn(support.id);
  if (message && others.length === 0) return message;
  throw new Error(`Instead of one message in #support there are ${message ? others.length + 1 : 0}.`);
}

/** Linq's error envelope with any status, code and words, as a fault. */
export function linqAnswers(status: number, error: Record<string, unknown>): LinqFault {
  return ['answers', { status, body: { success: false, error: { status, ...error } } }];
}
