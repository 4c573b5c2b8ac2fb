import type { EventStore } from './event.js';
import type { History } from './history.js';
import type { Log } from './ports.js';

export interface RetentionDeps {
  readonly history: Pick<History, 'clearBefore'>;
  readonly events: Pick<EventStore, 'dropEventsBefore'>;
  /** Null keeps for ever. */
  readonly keepForMs: number | null;
  readonly now: () => Date;
  readonly log: Log;
}

const EVERY_MS = 3_600_000;
const BATCH = 500;
/** Linq repeats an event for at most half an hour; its signature is good for five minutes. */
const EVENTS_KEPT_MS = 24 * 3_600_000;

/** Clears what is older than it may be, at most once an hour, in batches that hold nobody up. */
export function createRetention({ history, events, keepForMs, now, log }: RetentionDeps) {
  let nextAt = Number.NEGATIVE_INFINITY;

  async function clearOld(keptMs: number): Promise<void> {
    const before = new Date(now().getTime() - keptMs);
    let cleared = 0;
    let batch: number;
    do {
      batch = await history.clearBefore(before, now(), BATCH);
      cleared += batch;
    } while (batch === BATCH);
    if (cleared > 0)
      log.info({ cleared }, 'Handles, names and reasons older than RETENTION_DAYS were cleared');
  }

  return {
    /** Rejects when the store does not answer; the next try comes an hour later. */
    async tick(): Promise<void> {
      if (now().getTime() < nextAt) return;
      nextAt = now().getTime() + EVERY_MS;
      await events.dropEventsBefore(new Date(now().getTime() - EVENTS_KEPT_MS));
      if (keepForMs !== null) await clearOld(keepForMs);
    },
  };
}
