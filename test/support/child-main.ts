import { pino } from 'pino';
import { createApp } from '../../src/app.js';
import { loadConfig } from '../../src/config/config.js';

/*
 * The real app in a process of its own, to be killed. Its clock moves, and its loop turns, only when the parent says
 * so.
 */

export type Order =
  | {
      readonly do: 'start';
      readonly env: Readonly<Record<string, string>>;
      readonly at: string;
      /** The process dies by SIGKILL in the moment in which it logs this. */
      readonly diesOn: string | null;
    }
  | { readonly do: 'tick'; readonly at: string };

export interface Report {
  readonly port: number | null;
}

let at = new Date(0);
let obey = async (_order: Order & { do: 'tick' }): Promise<void> => {
  throw new Error('Nothing was started yet.');
};

async function start({ env, diesOn }: Order & { do: 'start' }): Promise<number> {
  const write = (line: string) => {
    if (JSON.parse(line).msg === diesOn) process.kill(process.pid, 'SIGKILL');
    process.stdout.write(line);
  };
  const app = await createApp(loadConfig(env), {
    now: () => at,
    elapsed: () => at.getTime(),
    tickEveryMs: null,
    logger: pino({ level: 'info' }, { write }),
  });
  obey = async (order) => {
    await app.idle();
    at = new Date(order.at);
    await app.tick();
  };
  const { port } = await app.start();
  return port;
}

async function carryOut(order: Order): Promise<Report> {
  if (order.do === 'tick') {
    await obey(order);
    return { port: null };
  }
  at = new Date(order.at);
  return { port: await start(order) };
}

process.on('message', (order: Order) => {
  carryOut(order).then((report) => process.send?.(report));
});
// A parent that is gone has no use for a child.
process.on('disconnect', () => process.exit());
