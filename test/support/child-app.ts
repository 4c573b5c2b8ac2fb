import { tmpdir } from 'node:os';
import { type Child, launch } from './child.js';
import type { Order, Report } from './child-main.js';
import type { Mode, Stage } from './stage.js';

/** The app of a stage, in a process that can be killed. */
export interface ChildApp {
  readonly ended: Child['ended'];
  /** Kills it without any warning, and waits until Slack has noticed too. */
  dies(): Promise<void>;
  /** Lets time pass, then everything happen that became due by it; the process may die of that. */
  passes(ms: number): Promise<void>;
}

/**
 * Starts the app in a process of its own on the stage's store, Slack and Linq. With `diesOn` it is killed in the
 * moment in which it logs exactly this. The stage's own app must not be running.
 */
export async function startChildApp(
  stage: Stage,
  mode: Mode,
  diesOn: string | null = null,
): Promise<ChildApp> {
  const { simulator, slack, ledger, clock, databaseUrl } = stage;
  const child = await launch({ entry: 'test/support/child-main.ts', cwd: tmpdir(), ipc: true });
  const env = { ...simulator.env(mode), DATABASE_URL: databaseUrl, PORT: '0', HOST: '127.0.0.1' };
  const started = await ask(child, { do: 'start', env, at: clock.now().toISOString(), diesOn });
  if (!started) throw new Error(`The app ended while it started.\n${child.lines.join('\n')}`);
  if (mode === 'http') slack.deliverTo(`http://127.0.0.1:${started.port}/slack/events`);
  const ended = child.ended.then(async (how) => {
    await ledger.until(() => slack.connections() === 0, 'Slack to notice that nobody is there');
    return how;
  });
  return {
    ended,
    async dies() {
      await child.kill();
      await ended;
    },
    async passes(ms) {
      clock.advance(ms);
      await ask(child, { do: 'tick', at: clock.now().toISOString() });
    },
  };
}

async function ask(child: Child, order: Order): Promise<Report | null> {
  const answer = child.hears<Report>();
  child.send(order);
  return await answer;
}
