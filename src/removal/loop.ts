import type { Change } from './change.js';
import { createChangeSteps } from './change-steps.js';
import { createDeliverySteps } from './delivery-steps.js';
import type { DueKind, LinqClient, Log, Messenger, Observer, Store, Turn } from './ports.js';
import { createReadings } from './readings.js';
import { later } from './schedule.js';
import type { StoreRest } from './store-rest.js';

export interface LoopDeps {
  readonly store: Store;
  readonly rest: Pick<StoreRest, 'isResting' | 'begin'>;
  readonly linq: LinqClient;
  readonly messenger: Messenger;
  readonly log: Log;
  readonly observer: Observer;
  readonly now: () => Date;
  /** How long after it first could be sent a change is given up, in milliseconds. */
  readonly confirmWindowMs: number;
  /** Lets everything else that has arrived go first: what ended in one turn of the event loop is followed by one look. */
  readonly yieldTurn: () => Promise<void>;
}

export interface Loop {
  /**
   * Carries out everything that is due now and what becomes due by it, and settles when nothing is under way. Answers
   * with when Linq's gate lets the next call leave; null: now. Rejects only when the store does not answer.
   */
  tick(): Promise<Date | null>;
  /** Settles when no round is under way, nor anything that this process took up. */
  idle(): Promise<void>;
  /** Takes up nothing any more; what is under way goes on. */
  close(): void;
  /** An event told of this chat (null: of any): what was read before says nothing any more. */
  forgetReadings(chatId: string | null): void;
}

/** Of one request at once; Linq's gate has the same share. */
const STEPS_OF_ONE_REQUEST = 4;
/** At once over all requests: what is to be sent, and what waits for proof. Linq's gate decides how many of them call. */
const STEPS: Record<DueKind, number> = { sends: 64, proofs: 16 };
const DELIVERIES = 20;
/** Proof is looked for in quick steps at first; from then on it may wait for everything else. */
const FIRST_PROOFS_WITHIN_MS = 60_000;

/**
 * The one loop: first attempt, retry, recovery after a crash, proof and every message pass through here. It holds no
 * state that matters: what is due stands in the store.
 */
export function createLoop(deps: LoopDeps): Loop {
  const { store, rest, linq, log, now, yieldTurn } = deps;
  const readings = createReadings(linq, now);
  const carryOut = createChangeSteps({ ...deps, readings });
  const deliver = createDeliverySteps(deps);
  const changing = new Map<string, Work>();
  const delivering = new Map<string, Work>();
  /** What failed on our side, each with its own growing pause: one of them does not hold up the others. */
  const failed = new Map<string, { readonly times: number; readonly until: Date }>();
  /** What waits for Linq's gate, or for another process that reads, is not asked for again before something ends. */
  const waiting = new Set<string>();
  /** Linq has answered and the answer is being written: the next change may take their place. */
  const answered = new Set<string>();
  /** When a request was last served, in the order of serving: requests take turns. */
  const served = new Map<string, number>();
  let servings = 0;
  let open = true;
  let round: Promise<void> | null = null;
  let again = false;
  let nudge = () => {};
  let lastTick = Number.NEGATIVE_INFINITY;
  /** How often the clock was set back, as far as this process knows: another one may notice it first. */
  let clockSteps: number | null = null;

  /** One round at a time; called during a round, it makes that one look again and waits for it. */
  async function tick(): Promise<Date | null> {
    again = true;
    waiting.clear();
    nudge();
    while (again || round) {
      round ??= goOn().finally(() => {
        round = null;
      });
      await round;
    }
    return linq.gate.nextAt();
  }

  /** Looks for due work again after every step that ends, until a look finds none and none is under way. */
  async function goOn(): Promise<void> {
    await heedClockSetBack();
    for (;;) {
      again = false;
      const nudged = new Promise<void>((resolve) => {
        nudge = resolve;
      });
      if (open) await startDue();
      const underWay = workUnderWay();
      if (underWay.length > 0) await Promise.race([nudged, ...underWay]).then(yieldTurn);
      else if (!again) return;
    }
  }

  /** Plans were made by a clock that was ahead: without this, nothing would be read until it is caught up with. */
  async function heedClockSetBack(): Promise<void> {
    const backMs = lastTick - now().getTime();
    clockSteps ??= await store.clockSteps();
    if (backMs >= CLOCK_STEP_MS) {
      log.warn({ backMs }, 'The clock was set back; everything planned is planned so much sooner');
      readings.forget(null);
      clockSteps = await store.shiftPlans(-backMs, clockSteps);
    }
    // Only now: where the store did not answer, it is noticed again.
    lastTick = now().getTime();
  }

  async function startDue(): Promise<void> {
    if (rest.isResting()) return;
    await startChanges('sends');
    await startChanges('proofs');
    await startDeliveries();
  }

  async function startChanges(kind: DueKind): Promise<void> {
    const free = STEPS[kind] - inPlace().filter((work) => work.kind === kind).length;
    if (free <= 0 || (kind === 'sends' && isBetweenCalls())) return;
    // What waits for the gate, or failed, is due too: the look goes past it.
    const past = waiting.size + failed.size;
    const limits = { limit: free + past, perRequest: STEPS_OF_ONE_REQUEST + past, except: fullRequests() };
    const due = await store.due(kind, now(), limits);
    for (const change of inTurns(due)) {
      if (mayStart(change)) startChange(change, kind);
    }
  }

  /** The pace lets no call leave now, and what is to be sent can do nothing else: a hundred need not be asked. */
  function isBetweenCalls(): boolean {
    return linq.gate.closedUntil() === null && linq.gate.nextAt() !== null;
  }

  function startChange(change: Change, kind: DueKind): void {
    const turn: Turn = { requestId: change.requestId, urgency: urgencyOf(change, kind) };
    serve(change.requestId);
    track(changing, change.id, { request: change.requestId, kind }, async () => {
      const moved = await carryOut(change, turn, () => leavePlace(change)).finally(() =>
        answered.delete(change.id),
      );
      if (moved) waiting.clear();
      else waiting.add(change.id);
    });
  }

  function leavePlace({ id }: Change): void {
    answered.add(id);
    waiting.clear();
    nudge();
  }

  function serve(requestId: string): void {
    if (served.size > MOST_SERVED) served.clear();
    servings += 1;
    served.set(requestId, servings);
  }

  function urgencyOf({ watchedSince, settledAt }: Change, kind: DueKind): Turn['urgency'] {
    if (kind === 'sends') return 'send';
    const since = now().getTime() - (watchedSince ?? now()).getTime();
    return settledAt === null && since <= FIRST_PROOFS_WITHIN_MS ? 'first-proof' : 'proof';
  }

  async function startDeliveries(): Promise<void> {
    const free = DELIVERIES - delivering.size;
    if (free <= 0) return;
    const except = [...delivering.keys(), ...[...failed.keys()].filter(isFailed)];
    for (const { delivery, state } of await store.dueDeliveries(now(), free, except)) {
      const { id, requestId } = delivery;
      if (!delivering.has(id))
        track(delivering, id, { request: requestId, kind: null }, () => deliver(delivery, state));
    }
  }

  /** The request that was served longest ago comes first. */
  function inTurns(due: readonly Change[]): readonly Change[] {
    const turnOf = ({ requestId }: Change) => served.get(requestId) ?? 0;
    return [...due].sort((a, b) => turnOf(a) - turnOf(b));
  }

  function fullRequests(): readonly string[] {
    const requests = inPlace().map(({ request }) => request);
    return [...new Set(requests)].filter((id) => count(requests, id) >= STEPS_OF_ONE_REQUEST);
  }

  function mayStart({ id, requestId }: Change): boolean {
    if (changing.has(id) || isFailed(id) || waiting.has(id)) return false;
    const requests = inPlace().map(({ request }) => request);
    return count(requests, requestId) < STEPS_OF_ONE_REQUEST;
  }

  function inPlace(): readonly Work[] {
    return [...changing].flatMap(([id, work]) => (answered.has(id) ? [] : [work]));
  }

  function workUnderWay(): Promise<void>[] {
    return [...changing.values(), ...delivering.values()].map((work) => work.done);
  }

  /** One failing item must not stop the others. */
  function track(
    works: Map<string, Work>,
    id: string,
    about: Pick<Work, 'request' | 'kind'>,
    start: () => Promise<void>,
  ): void {
    const done = start()
      .then(() => {
        failed.delete(id);
      })
      .catch((error: unknown) => {
        if (!rest.begin(error)) noteFailed(id, error);
      })
      .finally(() => {
        works.delete(id);
        // What became due by it, or waited for its place, may have been missed by a look that was under way.
        again = true;
      });
    works.set(id, { ...about, done });
  }

  function noteFailed(id: string, error: unknown): void {
    const times = (failed.get(id)?.times ?? 0) + 1;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (times - 1), LONGEST_PAUSE_MS);
    failed.set(id, { times, until: later(now(), pause) });
    log.error({ id, err: error, times }, 'A step failed and will be taken up again');
  }

  /** A clock that was set back must not make the pause longer. */
  function isFailed(id: string): boolean {
    const { until } = failed.get(id) ?? {};
    return until !== undefined && now() < until && until <= later(now(), LONGEST_PAUSE_MS);
  }

  return {
    tick,
    async idle() {
      while (round || workUnderWay().length > 0) {
        await Promise.all([...workUnderWay(), round?.catch(() => {})]);
      }
    },
    close() {
      open = false;
    },
    forgetReadings: readings.forget,
  };
}

interface Work {
  readonly request: string;
  readonly kind: DueKind | null;
  readonly done: Promise<void>;
}

const MOST_SERVED = 1_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** Smaller steps are those of a clock that is being kept right. */
const CLOCK_STEP_MS = 5_000;

function count(list: readonly string[], wanted: string): number {
  return list.filter((each) => each === wanted).length;
}
