import type { Delivery } from './delivery.js';
import { afterStep, nextStep, takeUp, waitForSlot } from './delivery-policy.js';
import type { Log, Messenger, Observer, Posted, Step, Store, Update } from './ports.js';
import { isPending } from './proposal.js';
import { reachOut } from './reminding.js';
import type { RequestState } from './state.js';

export interface DeliveryDeps {
  readonly store: Pick<Store, 'saveDelivery' | 'update'>;
  readonly messenger: Messenger;
  readonly observer: Pick<Observer, 'rerouted'>;
  readonly log: Log;
  readonly now: () => Date;
}

const NOTHING_TO_SAY: Posted = { ok: true, place: null };

/** A message that asks others to decide now stands, or cannot; or the one for the conversation of the command cannot. */
function isNewsOfAsking(before: Delivery, { kind, place, route }: Delivery): boolean {
  if (kind === 'approval') return (before.place === null) !== (place === null) || before.route !== route;
  return kind === 'status' && before.route !== route;
}

/** Carries out one step of a due delivery, for the loop: people are told or shown what is true next. */
export function createDeliverySteps({ store, messenger, observer, log, now }: DeliveryDeps) {
  /** Places in Slack's queue that are being waited for. */
  const slots = new Map<string, Date>();

  async function step(due: Delivery, state: RequestState): Promise<void> {
    const wanted = nextStep(due, state, now());
    const slot = wanted && slotFor(wanted, due, state);
    if (slot && slot > now()) return void (await store.saveDelivery(waitForSlot(due, slot), now()));
    slots.delete(due.id);
    const held = await store.saveDelivery(takeUp(due, now()), now());
    if (held) await carryOut(held, { ...state, ...(held.kind === 'status' && { status: held }) }, due);
  }

  function slotFor(wanted: Step, due: Delivery, state: RequestState): Date {
    const kept = slots.get(due.id) ?? messenger.slotFor(wanted, due, state);
    slots.set(due.id, kept);
    return kept;
  }

  async function carryOut(held: Delivery, state: RequestState, due: Delivery): Promise<void> {
    const wanted = nextStep(held, state, now());
    const posted = wanted ? await messenger.carryOut(wanted, held, state) : NOTHING_TO_SAY;
    const next = afterStep(wanted, held, state, posted, now());
    if (wanted && !posted.ok) logFailure(wanted, next, posted);
    if (next.route !== due.route) observer.rerouted(next.route);
    await store.saveDelivery(next, now());
    if (isNewsOfAsking(due, next)) await store.update(next.requestId, now(), afterAsking);
  }

  /** The status message says which approvers were reached; where none was, each is asked directly. */
  function afterAsking(state: RequestState): Update | null {
    if (!isPending(state.proposal)) return null;
    return reachOut(state, now()) ?? (state.copies.length > 0 ? { news: true } : null);
  }

  function logFailure(failed: Step, next: Delivery, { why }: Posted & { ok: false }): void {
    const fields = { delivery: next.id, step: failed, why, route: next.route, tries: next.tries };
    if (next.route === 'nowhere') log.error(fields, 'The outcome could not be told to anyone');
    else log.warn(fields, 'Telling the outcome did not work; it goes on');
  }

  return step;
}
