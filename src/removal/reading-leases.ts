import type { Store } from './ports.js';
import { READING_GOOD_FOR_MS } from './schedule.js';

/** Whether this process may read at Linq for a request: of several processes, one does at a time. */
export type HoldsLease = (requestId: string) => Promise<boolean>;

/** Another process has it: it is asked for again after this. */
const ASK_AGAIN_MS = 1_000;

/**
 * The leases of this process. The store is asked once for all changes of a request that come at the same moment, and
 * not again before the half of a lease is over. Rejects when the store does not answer.
 */
export function createReadingLeases(store: Pick<Store, 'leaseReading'>, now: () => Date): HoldsLease {
  const known = new Map<
    string,
    { readonly at: number; readonly goodForMs: number; readonly isOurs: boolean }
  >();
  const asking = new Map<string, Promise<boolean>>();

  function isGood(id: string): boolean {
    const lease = known.get(id);
    const age = lease ? now().getTime() - lease.at : 0;
    return lease !== undefined && age >= 0 && age < lease.goodForMs;
  }

  async function ask(requestId: string): Promise<boolean> {
    const at = now();
    const isOurs = await store.leaseReading(requestId, at);
    for (const id of known.keys()) if (!isGood(id)) known.delete(id);
    known.set(requestId, {
      at: at.getTime(),
      goodForMs: isOurs ? READING_GOOD_FOR_MS / 2 : ASK_AGAIN_MS,
      isOurs,
    });
    return isOurs;
  }

  return async function holds(requestId) {
    if (isGood(requestId)) return known.get(requestId)?.isOurs ?? false;
    const underWay = asking.get(requestId) ?? ask(requestId).finally(() => asking.delete(requestId));
    asking.set(requestId, underWay);
    return underWay;
  };
}
