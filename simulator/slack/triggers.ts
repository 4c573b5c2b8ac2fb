import { explained, Refusal } from './refusal.js';

/** The ways Slack refuses a trigger; several spellings are in use for the same cause. */
export type TriggerRefusal =
  | 'expired_trigger_id'
  | 'trigger_expired'
  | 'invalid_arguments'
  | 'exchanged_trigger_id'
  | 'trigger_exchanged'
  | 'invalid_trigger_id';

export interface Trigger {
  readonly userId: string;
  /** The open modal in which it arose, if it did. */
  readonly viewId: string | null;
}

export interface Triggers {
  issue(userId: string, viewId: string | null): string;
  /** Spends the trigger. Throws a `Refusal` when it is unknown, used or more than 3 s old. */
  exchange(id: string): Trigger;
  /** The next exchange is refused with this spelling, whatever the trigger. */
  refuseNext(spelling: TriggerRefusal): void;
}

/** Slack: a trigger dies 3 seconds after it was sent. */
const LIFE_MS = 3_000;

export function createTriggers(now: () => Date): Triggers {
  const triggers = new Map<string, Trigger & { readonly sentAt: number; used: boolean }>();
  const refusals: TriggerRefusal[] = [];
  return {
    issue(userId, viewId) {
      const id = `${1_000 + triggers.size}.${now().getTime()}.${userId.toLowerCase()}`;
      triggers.set(id, { userId, viewId, sentAt: now().getTime(), used: false });
      return id;
    },
    exchange(id) {
      const forced = refusals.shift();
      if (forced) throw refusalFor(forced);
      const trigger = triggers.get(id);
      if (!trigger) throw refusalFor('invalid_trigger_id');
      if (trigger.used) throw refusalFor('exchanged_trigger_id');
      if (now().getTime() - trigger.sentAt > LIFE_MS) throw refusalFor('expired_trigger_id');
      trigger.used = true;
      return trigger;
    },
    refuseNext: (spelling) => void refusals.push(spelling),
  };
}

function refusalFor(spelling: TriggerRefusal): Refusal {
  if (spelling !== 'invalid_arguments') return new Refusal(spelling);
  return explained(spelling, ['[ERROR] `trigger_id` expired [json-pointer:/trigger_id]']);
}
