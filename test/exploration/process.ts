import type { Dialect } from 'kysely';
import type { Logger } from 'pino';
import { type App, createApp } from '../../src/app.js';
import type { Config } from '../../src/config/config.js';
import type { Activity } from './activity.js';
import { createLife, type Life } from './life.js';
import { createMortalStore } from './mortal-store.js';
import type { Network } from './network.js';
import type { Servers } from './sockets.js';

/** One process of the app, from its start to its end. */
export interface AppProcess {
  readonly name: string;
  readonly life: Life;
  readonly startedAt: number;
  endedAt: number | null;
  /** It takes requests. */
  readonly port: number | null;
  /** Where it shows its metrics. */
  readonly metricsPort: number | null;
  /** Its wall clock is off by this, in milliseconds. */
  skewMs: number;
  /** Settles when it takes requests, or has died before that. Rejects when it could not start. */
  readonly started: Promise<void>;
  tick(): void;
  /** An orderly stop. */
  stop(): Promise<void>;
  /** After a kill: resolves when everything it held has been let go. */
  released(): Promise<void>;
}

export interface ProcessDeps {
  readonly config: Config;
  readonly logger: Logger;
  readonly activity: Activity;
  /** Counts what happens at the database. */
  readonly during: Activity['during'];
  readonly network: Network;
  readonly servers: Servers;
  readonly now: () => Date;
  /** Put around the store beneath what kills the process: a test of the oracle spoils what is written. */
  readonly sabotage: Sabotage;
}

export type Sabotage = (dialect: Dialect) => Dialect;

export function startProcess(name: string, deps: ProcessDeps): AppProcess {
  const { config, logger, activity, during, network, servers, now, sabotage } = deps;
  const life = createLife();
  const store = createMortalStore(life, during);
  let app: App | null = null;
  let port: number | null = null;
  let metricsPort: number | null = null;
  let ended = () => {};
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });

  const process: AppProcess = {
    name,
    life,
    startedAt: now().getTime(),
    endedAt: null,
    skewMs: 0,
    get port() {
      return life.isOver ? null : port;
    },
    get metricsPort() {
      return life.isOver ? null : metricsPort;
    },
    started: Promise.race([start(), end]),
    tick() {
      if (port === null || life.isOver) return;
      app?.tick().then(activity.note, activity.note);
    },
    async stop() {
      port = null;
      await Promise.race([app?.stop(), end]);
      life.end();
    },
    released: store.released,
  };

  life.onEnd(() => {
    process.endedAt = now().getTime();
    for (const open of [port, metricsPort]) if (open !== null) servers.cut(open);
    ended();
  });

  async function start(): Promise<void> {
    const created = createApp(config, {
      now: () => new Date(now().getTime() + process.skewMs),
      tickEveryMs: null,
      logger,
      fetch: network.of(name, life),
      wrapStore: (dialect) => store.wrap(sabotage(dialect)),
    });
    // Killed meanwhile, it never gets there.
    await activity.start(Promise.race([created, end]));
    app = await created;
    const listening = await app.start();
    // A first request to each makes its server known, so that a kill can close it.
    await knock(listening.port);
    if (listening.metricsPort !== null) await knock(listening.metricsPort);
    metricsPort = listening.metricsPort;
    port = listening.port;
    if (life.isOver) for (const open of [port, metricsPort]) if (open !== null) servers.cut(open);
  }

  return process;
}

async function knock(port: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`);
  await response.body?.cancel();
}
