import type { Log, Store } from './ports.js';
import { later } from './schedule.js';
import { StoreUnavailable } from './store-unavailable.js';

/**
 * While the store cannot be used nothing is taken up: what could not be written down must not be asked of Linq, and a
 * full disk is no quicker emptied for being tried every second.
 */
export interface StoreRest {
  isResting(): boolean;
  /** Whether work may be taken up. After a pause only when the store takes a write again. */
  isOver(): Promise<boolean>;
  /** Begins a pause, longer than the one before, where the store itself failed; false for any other error. */
  begin(error: unknown): boolean;
  /** The store did all that was asked of it. */
  end(): void;
}

export interface StoreRestDeps {
  readonly store: Pick<Store, 'checkWriting'>;
  readonly log: Log;
  readonly now: () => Date;
  /** Between 0 and 1, for pauses that do not come in step with other processes. */
  readonly random?: () => number;
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

export function createStoreRest({ store, log, now, random = Math.random }: StoreRestDeps): StoreRest {
  let pauses = 0;
  let since: Date | null = null;
  let until: Date | null = null;

  /** A clock that was set back must not make a pause longer. */
  function isResting(): boolean {
    if (until && later(now(), LONGEST_PAUSE_MS) < until) until = now();
    return until !== null && now() < until;
  }

  function begin(error: unknown): boolean {
    if (!(error instanceof StoreUnavailable)) return false;
    // What was under way when the first one failed fails too.
    if (isResting()) return true;
    if (!since) log.error({ err: error }, `${error.message}; nothing is taken up until it can be used again`);
    since ??= now();
    pauses += 1;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (pauses - 1), LONGEST_PAUSE_MS);
    until = later(now(), pause * (0.75 + random() / 4));
    return true;
  }

  return {
    isResting,
    begin,
    async isOver() {
      if (isResting()) return false;
      if (until === null) return true;
      try {
        await store.checkWriting();
      } catch (error) {
        if (begin(error)) return false;
        throw error;
      }
      until = null;
      return true;
    },
    end() {
      if (since) log.info({ since, pauses }, 'The store can be used again');
      pauses = 0;
      since = null;
      until = null;
    },
  };
}
