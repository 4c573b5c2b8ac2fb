import { pino } from 'pino';
import { createApp } from '../../src/app.js';
import { loadConfig } from '../../src/config/config.js';
import { type FastClock, fastClock } from './fast-clock.js';

/* One of several processes on one store. Its clock runs by itself, but faster, and at the same pace in all of them. */

export interface Start {
  readonly env: Readonly<Record<string, string>>;
  readonly clock: FastClock;
  /** The process dies by SIGKILL in the moment in which it logs this. */
  readonly diesOn: string | null;
}

/** It takes up work; the port is that of its HTTP server. */
export interface Started {
  readonly port: number;
}

/** A second of the loop, at the pace of the tests. */
const TICK_EVERY_MS = 50;

async function start({ env, diesOn, clock }: Start): Promise<Started> {
  const write = (line: string) => {
    if (JSON.parse(line).msg === diesOn) process.kill(process.pid, 'SIGKILL');
    process.stdout.write(line);
  };
  const now = fastClock(clock);
  const app = await createApp(loadConfig(env), {
    now,
    elapsed: () => now().getTime(),
    tickEveryMs: TICK_EVERY_MS,
    logger: pino({ level: 'info' }, { write }),
  });
  return app.start();
}

process.on('message', async (order: Start) => {
  process.send?.(await start(order));
});
// A parent that is gone has no use for a child.
process.on('disconnect', () => process.exit());
