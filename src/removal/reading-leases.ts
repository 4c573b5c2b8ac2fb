import type { Store } from './ports.js';
import { later, READING_GOOD_FOR_MS } from './schedule.js';

/** Whether this process may read at Linq for a request: of several processes, one does at a time. */
export type HoldsLease = (requestId: string) => Promise<boolean>;

/** Another process has it: it is asked for again after this. */
const ASK_AGAIN_MS = 1_000;

/**
 * The leases of this process. The store is asked once for all changes of a request that come at the same moment, and
 * not again before the half of a lease is over. Rejects when the store does not answer.
 */
export function createReadingLeases(store: Pick<Store, 'leaseReading'>, now: () => Date): HoldsLease {
  const answers = new Map<string, Answer>();
  const asking = new Map<string, Promise<boolean>>();

  /** Not by a clock that has been set back since. */
  const isGood = ({ from, until }: Answer) => from <= now() && now() < until;

  async function ask(requestId: string): Promise<boolean> {
    const from = now();
    const isOurs = await store.leaseReading(requestId, from);
    for (const [id, answer] of answers) if (!isGood(answer)) answers.delete(id);
    answers.set(requestId, {
      from,
      until: later(from, isOurs ? READING_GOOD_FOR_MS / 2 : ASK_AGAIN_MS),
      isOurs,
    });
    return isOurs;
  }

  return async function holds(requestId) {
    const answer = answers.get(requestId);
    if (answer && isGood(answer)) return answer.isOurs;
    const underWay = asking.get(requestId) ?? ask(requestId).finally(() => asking.delete(requestId));
    asking.set(requestId, underWay);
    return underWay;
  };
}

/** What the store answered, and until when it need not be asked again. */
interface Answer {
  readonly from: Date;
  readonly until: Date;
  readonly isOurs: boolean;
}
