import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '../../simulator/simulator.js';
import type { Person } from '../../simulator/slack/person.js';
import type { Channel } from '../../simulator/slack/world.js';
import { type Child, launch } from './child.js';
import { createClock } from './clock.js';
import { CHAT_ID, type Mode, PAT } from './stage.js';

/**
 * Slack, Linq and a folder for `src/main.ts` in processes of its own. The processes go by the wall clock. For Slack and
 * Linq no time passes, so that a busy machine lets no trigger expire.
 */
export interface ChildStage {
  readonly simulator: Simulator;
  readonly slack: Simulator['slack'];
  readonly linq: Simulator['linq'];
  readonly ledger: Simulator['ledger'];
  readonly alice: Person;
  readonly bob: Person;
  readonly support: Channel;
  /** Where the process runs; the database and nothing else is in it. */
  readonly folder: string;
  readonly databaseUrl: string;
  /** Runs `src/main.ts`, and leaves it to the test how that goes. */
  launches(changes?: Record<string, string>): Promise<Child>;
  /** Runs `src/main.ts` until it is at work. */
  starts(changes?: Record<string, string>): Promise<Running>;
}

export interface Running extends Child {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
}

/** Sets the stage, acts on it and clears it away, so that several may stand at the same time. */
export async function onChildStage(mode: Mode, act: (stage: ChildStage) => Promise<void>): Promise<void> {
  const simulator = await startSimulator({ now: createClock(new Date()).now });
  const folder = await mkdtemp(join(tmpdir(), 'linq-remove-'));
  const launched: Child[] = [];
  try {
    await act(furnish(simulator, mode, folder, launched));
  } finally {
    await Promise.all(launched.map((child) => child.kill()));
    await simulator.stop();
    await rm(folder, { recursive: true });
  }
}

function furnish(simulator: Simulator, mode: Mode, folder: string, launched: Child[]): ChildStage {
  const { slack, linq, ledger } = simulator;
  const [alice, bob] = [slack.person('alice'), slack.person('bob')];
  const members = [alice.id, bob.id];
  // Enough for two of them to be on their way out at once.
  const crew = [PAT, '+12025550143', '+12025550144', 'sam@example.com'];
  linq.addChat({ id: CHAT_ID, name: 'Launch crew', members: crew });
  const databaseUrl = `file:${join(folder, 'app.db')}`;
  const env = {
    ...simulator.env(mode),
    DATABASE_URL: databaseUrl,
    PORT: '0',
    HOST: '127.0.0.1',
  };
  const launches = async (changes: Record<string, string> = {}) => {
    const child = await launch({ entry: 'src/main.ts', cwd: folder, env: { ...env, ...changes } });
    launched.push(child);
    return child;
  };
  return {
    simulator,
    slack,
    linq,
    ledger,
    alice,
    bob,
    support: slack.addChannel({ name: 'support', kind: 'public', members, bot: true }),
    folder,
    databaseUrl,
    launches,
    async starts(changes) {
      const child = await launches(changes);
      const { port } = JSON.parse(await child.writes(/linq-remove is running/));
      const url = `http://127.0.0.1:${port}`;
      if (mode === 'http') slack.deliverTo(`${url}/slack/events`);
      return { ...child, url };
    },
  };
}
