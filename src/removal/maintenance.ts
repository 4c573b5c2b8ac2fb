import type { History } from './history.js';
import type { Log, Store } from './ports.js';
import { expireProposal, remindOf } from './reminding.js';

export interface MaintenanceDeps {
  readonly store: Pick<Store, 'overdue' | 'unreminded' | 'update' | 'dropEventsBefore' | 'tellOfPause'>;
  readonly history: Pick<History, 'clearBefore'>;
  /** Null keeps for ever. */
  readonly keepForMs: number | null;
  readonly now: () => Date;
  /** Lets everything else go first between two batches. */
  readonly yieldTurn: () => Promise<void>;
  readonly log: Log;
}

const AT_ONCE = 20;
const EVERY_MS = 3_600_000;
/** A person's writing waits behind one of them: three milliseconds, with 20,000 requests in the store. */
const BATCH = 25;
/** Linq repeats an event for at most half an hour; its signature is good for five minutes. */
const EVENTS_KEPT_MS = 24 * 3_600_000;

/** What time alone brings about: proposals expire, and what is older than it may be is cleared. */
export function createMaintenance({ store, history, keepForMs, now, yieldTurn, log }: MaintenanceDeps) {
  let clearsAt = Number.NEGATIVE_INFINITY;

  /** Ends what was not decided in time. */
  async function expire(): Promise<void> {
    for (;;) {
      const overdue = await store.overdue(now(), AT_ONCE);
      for (const id of overdue) {
        const ended = await store.update(id, now(), (state) => expireProposal(state, now()));
        if (ended?.changed) log.info({ request: id }, 'Nobody approved in time; nothing was sent to Linq');
      }
      if (overdue.length < AT_ONCE) return;
    }
  }

  /** Those who may decide hear of it again. */
  async function remind(): Promise<void> {
    for (;;) {
      const waiting = await store.unreminded(now(), AT_ONCE);
      for (const id of waiting) await store.update(id, now(), (state) => remindOf(state, now()));
      if (waiting.length < AT_ONCE) return;
    }
  }

  async function clear(): Promise<void> {
    await store.dropEventsBefore(new Date(now().getTime() - EVENTS_KEPT_MS));
    if (keepForMs === null) return;
    const before = new Date(now().getTime() - keepForMs);
    let cleared = 0;
    let batch = 0;
    do {
      batch = await history.clearBefore(before, now(), BATCH);
      cleared += batch;
      await yieldTurn();
    } while (batch === BATCH);
    if (cleared > 0)
      log.info({ cleared }, 'Handles, names and reasons older than RETENTION_DAYS were cleared');
  }

  return {
    /** Rejects when the store does not answer; clearing is then tried again an hour later. */
    async tick(): Promise<void> {
      await store.tellOfPause(now());
      await expire();
      await remind();
      if (now().getTime() < clearsAt) return;
      clearsAt = now().getTime() + EVERY_MS;
      await clear();
    },
  };
}
