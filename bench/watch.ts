import type { Entry, Ledger } from '../simulator/ledger.js';

export interface Arrival {
  readonly at: number;
  readonly entry: Entry;
}

/** Notes when each call arrived, in milliseconds with fractions; the ledger itself knows whole ones. */
export function watchArrivals(ledger: Ledger): { readonly arrivals: readonly Arrival[]; stop(): void } {
  const arrivals: Arrival[] = [];
  let read = ledger.entries.length;
  const stop = ledger.onChange(() => {
    const at = performance.now();
    for (const entry of ledger.entries.slice(read)) arrivals.push({ at, entry });
    read = ledger.entries.length;
  });
  return { arrivals, stop };
}

/** Resolves at the n-th arrival of `what` from now on. */
export function arrivalsOf(ledger: Ledger, what: string, count: number): Promise<number> {
  let read = ledger.entries.length;
  let missing = count;
  return new Promise((resolve) => {
    const stop = ledger.onChange(() => {
      missing -= ledger.entries.slice(read).filter((entry) => entry.what === what).length;
      read = ledger.entries.length;
      if (missing > 0) return;
      stop();
      resolve(performance.now());
    });
  });
}
