import type { Log } from './removal/ports.js';

/** What makes the loop go round. */
export interface Clockwork {
  /** Looks for due work now. */
  wake(): void;
  start(): void;
  stop(): void;
}

/** A timer for what comes due, in milliseconds (null: none), and a nudge for what is due now. */
export function createClockwork(tick: () => Promise<void>, log: Log, everyMs: number | null): Clockwork {
  let timer: NodeJS.Timeout | undefined;
  const wake = () => {
    tick().catch((error: unknown) => log.error({ err: error }, 'The loop could not read the store'));
  };
  return {
    wake,
    start() {
      wake();
      if (everyMs !== null) timer = setInterval(wake, everyMs);
    },
    stop() {
      clearInterval(timer);
    },
  };
}
