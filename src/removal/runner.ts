import { createAdditionSteps } from './addition-steps.js';
import { createAnnouncementSteps } from './announcement-steps.js';
import type { LinqClient, Log, Messenger, Observer, Store } from './ports.js';
import type { Removal } from './removal.js';
import { createRemovalSteps } from './removal-steps.js';

interface Work {
  readonly request: string;
  readonly done: Promise<void>;
}

export interface RunnerDeps {
  readonly store: Store;
  readonly linq: LinqClient;
  readonly messenger: Messenger;
  readonly log: Log;
  readonly observer: Observer;
  readonly now: () => Date;
  /** How long proof is looked for before a removal ends as `unconfirmed`, in milliseconds. */
  readonly confirmWindowMs: number;
}

export interface Runner {
  /**
   * Carries out everything that is due now and what becomes due by it, and settles when nothing is under way.
   * Rejects only when the store does not answer.
   */
  tick(): Promise<void>;
  /** Settles when nothing that this process took up is still under way. */
  idle(): Promise<void>;
  /** Takes up nothing any more; what is under way goes on. */
  close(): void;
}

/** Removals under way at once: over all requests, and for any one of them. */
const CONCURRENCY = 8;
const CONCURRENCY_OF_ONE_REQUEST = 4;
/** Where several processes take from one list, each reads far into it and begins somewhere else. */
const READ_WHEN_CROWDED = 64;

/**
 * The one loop: first attempt, retry, recovery after a crash, confirmation and the message all pass through here.
 * It holds no state that matters: what is due stands in the store, and a lease keeps others off while a step runs.
 */
export function createRunner(deps: RunnerDeps): Runner {
  const { store, log, now } = deps;
  const carryOut = createRemovalSteps(deps);
  const carryOutAddition = createAdditionSteps(deps);
  const announce = createAnnouncementSteps(deps);
  /** Additions are among them: they, too, ask Linq. */
  const removing = new Map<string, Work>();
  const announcing = new Map<string, Work>();
  /** What could not even be taken up rests until the next tick: a store that cannot write must not be hammered. */
  const failed = new Set<string>();
  /** Another process was quicker: it works through the same list, so this one goes on elsewhere in it. */
  let crowded = false;
  let open = true;
  let round: Promise<void> | null = null;
  let again = false;
  let nudge = () => {};

  /** One round at a time; called during a round, it makes that one look again and waits for it. */
  function tick(): Promise<void> {
    again = true;
    failed.clear();
    nudge();
    round ??= goOn()
      .finally(() => {
        round = null;
      })
      .then(() => (again ? tick() : undefined));
    return round;
  }

  /** Looks for due work again after every step that ends, until a look finds none and none is under way. */
  async function goOn(): Promise<void> {
    crowded = false;
    for (;;) {
      again = false;
      const nudged = new Promise<void>((resolve) => {
        nudge = resolve;
      });
      if (open) await startDue();
      const underWay = workUnderWay();
      if (underWay.length > 0) await Promise.race([nudged, ...underWay]);
      else if (!again) return;
    }
  }

  async function startDue(): Promise<void> {
    await startRemovals();
    const [announcements, additions] = await Promise.all([
      store.dueAnnouncements(now(), CONCURRENCY),
      store.dueAdditions(now(), CONCURRENCY),
    ]);
    for (const addition of additions) {
      if (mayStart(addition))
        track(removing, addition.id, addition.requestId, () => carryOutAddition(addition));
    }
    for (const subject of announcements) {
      const { id } = subject.request;
      if (!announcing.has(id) && !failed.has(id)) track(announcing, id, id, () => announce(subject));
    }
  }

  /** Looks past requests that have as much under way as they may, until every place is taken or nothing is left. */
  async function startRemovals(): Promise<void> {
    const limit = crowded ? READ_WHEN_CROWDED : CONCURRENCY;
    let started = 1;
    while (started > 0 && removing.size < CONCURRENCY) {
      const due = await store.dueRemovals(now(), limit, fullRequests());
      const startable = (crowded ? fromAnywhere(due) : due).filter((removal) => {
        const starts = mayStart(removal);
        if (starts) track(removing, removal.id, removal.requestId, () => start(removal));
        return starts;
      });
      started = due.length < limit ? 0 : startable.length;
    }
  }

  async function start(removal: Removal): Promise<void> {
    const wasFirst = await carryOut(removal);
    crowded ||= !wasFirst;
  }

  function fullRequests(): readonly string[] {
    const requests = [...removing.values()].map(({ request }) => request);
    return [...new Set(requests)].filter(
      (id) => requests.filter((request) => request === id).length >= CONCURRENCY_OF_ONE_REQUEST,
    );
  }

  function mayStart({ id, requestId }: Pick<Removal, 'id' | 'requestId'>): boolean {
    if (removing.has(id) || failed.has(id) || removing.size >= CONCURRENCY) return false;
    const ofSameRequest = [...removing.values()].filter((work) => work.request === requestId);
    return ofSameRequest.length < CONCURRENCY_OF_ONE_REQUEST;
  }

  function workUnderWay(): Promise<void>[] {
    return [...removing.values(), ...announcing.values()].map((work) => work.done);
  }

  /** One failing item must not stop the others; its lease runs out and it is taken up again. */
  function track(works: Map<string, Work>, id: string, request: string, start: () => Promise<void>): void {
    const done = start()
      .catch((error: unknown) => {
        failed.add(id);
        log.error({ id, err: error }, 'A step failed and will be taken up again');
      })
      .finally(() => {
        works.delete(id);
        // What became due by it may have been missed by a look that was under way.
        again = true;
      });
    works.set(id, { request, done });
  }

  return {
    tick,
    async idle() {
      while (workUnderWay().length > 0) await Promise.all(workUnderWay());
    },
    close() {
      open = false;
    },
  };
}

/** The same list in the same order, begun at any of its places. */
function fromAnywhere<T>(list: readonly T[]): readonly T[] {
  const at = Math.floor(Math.random() * list.length);
  return [...list.slice(at), ...list.slice(0, at)];
}
