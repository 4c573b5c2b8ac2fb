import { type ChildProcess, fork } from 'node:child_process';
import type { Order, Report } from './worker.js';

/** Carries out orders one by one, in a process that is replaced before it grows old. */
export interface Helper {
  ask(order: Order): Promise<Report>;
  dismiss(): void;
}

const STORIES_A_PROCESS = 200;
/** Far above what any story takes, also on a busy machine: what needs longer hangs. */
const PATIENCE_MS: Record<Order['do'], number> = { play: 10 * 60_000, shrink: 60 * 60_000 };

/** `worker` is the file that `bundleWorker` made. */
export function createHelper(worker: string): Helper {
  let child: ChildProcess | null = null;
  let played = 0;

  function hire(): ChildProcess {
    played = 0;
    return fork(worker, {
      execArgv: [],
      env: process.env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  }

  function dismiss(): void {
    child?.kill('SIGKILL');
    child = null;
  }

  return {
    dismiss,
    async ask(order) {
      if (played >= STORIES_A_PROCESS) dismiss();
      child ??= hire();
      played += order.do === 'play' ? 1 : STORIES_A_PROCESS;
      const report = await reportOf(child, order);
      if (report === null) dismiss();
      return report ?? failed(order);
    },
  };
}

/** Null when the process died over it, or would not end. */
function reportOf(child: ChildProcess, order: Order): Promise<Report | null> {
  return new Promise((resolve) => {
    const finish = (report: Report | null) => {
      clearTimeout(timer);
      child.removeListener('message', take);
      child.removeListener('exit', giveUp);
      resolve(report);
    };
    const take = (message: unknown) => finish(message as Report);
    const giveUp = () => finish(null);
    const timer = setTimeout(giveUp, PATIENCE_MS[order.do]);
    child.once('message', take);
    child.once('exit', giveUp);
    child.send(order);
  });
}

function failed({ seed }: Order): Report {
  const words = 'the process that played it died over it, or did not come to an end';
  return { seed, story: null, violations: [{ kind: 'the story could not be played', words }] };
}
