import type { AppProcess } from './process.js';

/**
 * Makes every process look for due work. A real one looks each second; here it looks in the seconds in which something
 * is planned, and every so often besides, because most looks find nothing and cost as much as all the rest of a story.
 */
export interface Ticker {
  /** Something happened, and may have left plans behind: look again in a second. */
  stir(): void;
  /** How long nothing may be looked for while nothing is planned, in milliseconds. */
  pace(slowestMs: number): void;
  stop(): void;
}

const SECOND = 1_000;
const MINUTE = 60_000;

interface TickerDeps {
  readonly living: () => readonly AppProcess[];
  /** The earliest plan in the store, in milliseconds; null when there is none. */
  readonly nextPlan: () => Promise<number | null>;
  readonly now: () => number;
}

export function createTicker({ living, nextPlan, now }: TickerDeps): Ticker {
  let slowest = MINUTE;
  let at = 0;
  let timer: NodeJS.Timeout;
  let stopped = false;
  const lookedAt = new Map<AppProcess, number>();

  function fireIn(ms: number): void {
    clearTimeout(timer);
    if (stopped) return;
    at = now() + ms;
    timer = setTimeout(() => void look(), ms);
  }

  /** A clock that is off makes a process late or early by just that. */
  async function look(): Promise<void> {
    fireIn(slowest);
    const plan = await nextPlan();
    for (const process of living()) {
      const waits = plan === null ? slowest : plan - (now() + process.skewMs);
      const isDue = waits <= 0 || now() - (lookedAt.get(process) ?? 0) >= slowest;
      if (isDue) {
        lookedAt.set(process, now());
        process.tick();
      }
      soon(Math.max(SECOND, waits));
    }
  }

  function soon(ms: number): void {
    if (at > now() + ms) fireIn(ms);
  }

  fireIn(SECOND);
  return {
    stir: () => soon(SECOND),
    pace(slowestMs) {
      slowest = slowestMs;
      soon(SECOND);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
