import type { Change } from '../../src/removal/change.js';
import type { Delivery, Place } from '../../src/removal/delivery.js';
import { afterStep, nextStep, takeUp } from '../../src/removal/delivery-policy.js';
import type { Posted, Step } from '../../src/removal/ports.js';
import type { RequestState } from '../../src/removal/state.js';
import { aDelivery, aState, at, frozen } from './build.js';

export const PLACE: Place = { channel: 'C0SUPPORT', ts: '1.1' };
export const DIRECT: Place = { channel: 'D0ALICE', ts: '2.2' };

/** What Slack answers to a step. */
export const ok = (place: Place | null = PLACE): Posted => ({ ok: true, place });
export const failed = (
  why: (Posted & { ok: false })['why'],
  more: Partial<Posted & { ok: false }> = {},
): Posted => ({
  ok: false,
  why,
  hint: null,
  retryAfterMs: null,
  ...more,
});

/** A delivery that is carried out step by step, with what was done noted. */
export function play(
  changes: readonly Change[],
  { delivery = aDelivery(), ...more }: Partial<RequestState> & { delivery?: Delivery } = {},
) {
  let current = frozen(delivery);
  let about: Partial<RequestState> = { ...more, changes };
  const steps: (Step | null)[] = [];
  const state = (): RequestState =>
    aState({ ...about, ...(current.kind === 'status' ? { status: current } : { copies: [current] }) });
  return {
    steps,
    now: () => current,
    /** Takes it up, does what comes next, and hears this from Slack. */
    step(posted: Posted, seconds = 0): Delivery {
      current = frozen(takeUp(current, at(seconds)));
      const step = nextStep(current, state(), at(seconds));
      steps.push(step);
      current = frozen(afterStep(step, current, state(), posted, at(seconds)));
      return current;
    },
    /** The process dies with the message in its hands. */
    dies(seconds = 0) {
      current = frozen(takeUp(current, at(seconds)));
    },
    /** Changes moved on: the store counts news. */
    news(...changed: readonly Change[]) {
      this.becomes({ changes: changed });
    },
    /** What it speaks about moved on: the store counts news. */
    becomes(changed: Partial<RequestState>) {
      about = frozen({ ...about, ...changed });
      current = frozen({ ...current, wanted: current.wanted + 1 });
    },
  };
}
