import { tmpdir } from 'node:os';
import { type Simulator, startSimulator } from '../../simulator/simulator.js';
import type { Channel } from '../../simulator/slack/world.js';
import { openDatabase } from '../../src/store/database.js';
import { createStore } from '../../src/store/store.js';
import { type Child, launch } from '../support/child.js';
import { borrowDatabase, type Database } from '../support/postgres/databases.js';
import { type FastClock, fastClock } from './fast-clock.js';
import type { Start, Started } from './replica-process.js';

/** One process of several on one database. */
export interface Replica {
  readonly slackUrl: string;
  readonly ended: Child['ended'];
  kill(): Promise<void>;
}

/** A simulated Slack and Linq, one database on a server, and as many processes of the app as are started. */
export interface Company {
  readonly simulator: Simulator;
  readonly support: Channel;
  readonly database: Database;
  readonly store: ReturnType<typeof createStore>;
  /** The clock of all replicas. */
  readonly now: () => Date;
  /** With `diesOn` it is killed in the moment in which it logs exactly this. */
  startReplica(options?: { readonly diesOn?: string }): Promise<Replica>;
  /** Every removal there is, by its status. */
  statuses(): Promise<Record<string, number>>;
  close(): Promise<void>;
}

/** A minute of the app takes three seconds. */
const PACE = 20;

export async function createCompany(): Promise<Company> {
  const clock: FastClock = { since: Date.now(), pace: PACE };
  const simulator = await startSimulator();
  const support = simulator.slack.addChannel({
    name: 'support',
    kind: 'public',
    members: [simulator.slack.person('alice').id],
    bot: true,
  });
  const database = await borrowDatabase();
  const db = await openDatabase(database.url);
  const replicas = new Set<Replica>();
  const env = {
    ...simulator.env('http'),
    DATABASE_URL: database.url,
    DATABASE_POOL: '5',
    PORT: '0',
    HOST: '127.0.0.1',
  };

  async function startReplica({ diesOn = null }: { readonly diesOn?: string | null } = {}): Promise<Replica> {
    const child = await launch({ entry: 'test/replicas/replica-process.ts', cwd: tmpdir(), ipc: true });
    const started = child.hears<Started>();
    child.send({ env, clock, diesOn } satisfies Start);
    const { port } = (await started) ?? { port: null };
    if (port === null) throw new Error(`The app ended while it started.\n${child.lines.join('\n')}`);
    const replica = {
      slackUrl: `http://127.0.0.1:${port}/slack/events`,
      ended: child.ended,
      kill: child.kill,
    };
    replicas.add(replica);
    return replica;
  }

  return {
    simulator,
    support,
    database,
    store: createStore(db, { onTransition: () => {} }),
    now: fastClock(clock),
    startReplica,
    async statuses() {
      const rows = await database.query<{ status: string; count: number }>(
        'select status, count(*)::int as count from changes group by status',
      );
      return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
    },
    async close() {
      await Promise.all([...replicas].map((replica) => replica.kill()));
      await db.destroy();
      await simulator.stop();
      await database.remove();
    },
  };
}
