import type { AppProcess } from './process.js';

/** Looks for due work in every process: each second while something goes on, and ever more rarely when nothing does. */
export interface Ticker {
  /** Each second again from now on. */
  hurry(): void;
  /** How fast the intervals grow while nothing happens, and up to what, in milliseconds. */
  pace(growth: number, slowestMs: number): void;
  stop(): void;
}

const SECOND = 1_000;
const MINUTE = 60_000;

/** `stirred` grows with everything that a process does beyond looking. */
export function createTicker(living: () => readonly AppProcess[], stirred: () => number): Ticker {
  let every = SECOND;
  let growth = 2;
  let slowest = MINUTE;
  let seen = 0;
  let timer = setTimeout(tick, SECOND);

  function tick(): void {
    const calm = stirred() === seen;
    seen = stirred();
    every = calm ? Math.min(every * growth, slowest) : SECOND;
    for (const process of living()) process.tick();
    timer = setTimeout(tick, every);
  }

  return {
    hurry() {
      clearTimeout(timer);
      every = SECOND;
      timer = setTimeout(tick, SECOND);
    },
    pace(factor, slowestMs) {
      growth = factor;
      slowest = slowestMs;
    },
    stop: () => clearTimeout(timer),
  };
}
