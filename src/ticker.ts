import type { Log } from './removal/ports.js';

/** What makes the loop go round. */
export interface Ticker {
  /** Looks for due work now. */
  wake(): void;
  start(): void;
  stop(): void;
}

/**
 * A timer for what comes due, in milliseconds (null: none), and a nudge for what is due now. A round that answers with
 * a time (Linq's gate opens then) is followed by another one at that time, when that comes sooner than the timer.
 */
export function createTicker(
  tick: () => Promise<Date | null>,
  log: Log,
  now: () => Date,
  everyMs: number | null,
): Ticker {
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Timeout | undefined;

  function wake(): void {
    tick()
      .then(wakeAt)
      .catch((error: unknown) => log.error({ err: error }, 'The loop could not read the store'));
  }

  function wakeAt(at: Date | null): void {
    clearTimeout(soon);
    if (at === null || everyMs === null || timer === undefined) return;
    const ms = at.getTime() - now().getTime();
    if (ms < everyMs) soon = setTimeout(wake, Math.max(ms, 1));
  }

  return {
    wake,
    start() {
      wake();
      if (everyMs !== null) timer = setInterval(wake, everyMs);
    },
    stop() {
      clearInterval(timer);
      clearTimeout(soon);
      timer = undefined;
    },
  };
}
