import type { Addition } from './addition.js';
import {
  afterAdding,
  afterAdditionLook,
  explainRefusedAddition,
  isToBeSent,
  takeUpAddition,
} from './addition-life.js';
import { afterTelling, isToBeTold, isToldEnough, takeUpTelling } from './addition-telling.js';
import { isWorthExplaining } from './lifecycle.js';
import type { LinqClient, Log, Messenger, Posted, Store } from './ports.js';

export interface AdditionDeps {
  readonly store: Pick<Store, 'saveAddition' | 'findRequest'>;
  readonly linq: Pick<LinqClient, 'readChat' | 'addParticipant'>;
  readonly messenger: Pick<Messenger, 'tellAddition'>;
  readonly log: Log;
  readonly now: () => Date;
  readonly confirmWindowMs: number;
}

/** Carries out one step of a due addition, for the loop: people are told first, then Linq is asked. */
export function createAdditionSteps({ store, linq, messenger, log, now, confirmWindowMs }: AdditionDeps) {
  async function carry(due: Addition): Promise<void> {
    const taken = await record(due, takeUpAddition(due, now()));
    if (!taken) return;
    const looked = afterAdditionLook(taken, await linq.readChat(taken.chatId), now(), confirmWindowMs);
    const ready = looked === taken ? taken : await record(taken, looked);
    if (ready && isToBeSent(ready, now())) await send(ready);
  }

  async function send(addition: Addition): Promise<void> {
    const answer = await linq.addParticipant(addition.chatId, addition.handle);
    const answered = afterAdding(addition, answer, now());
    const explained = isWorthExplaining(answer)
      ? explainRefusedAddition(answered, await linq.readChat(addition.chatId), now())
      : answered;
    await record(addition, explained);
  }

  async function tell(due: Addition): Promise<void> {
    const held = await store.saveAddition(takeUpTelling(due, now()), null);
    if (!held) return;
    const posted: Posted = isToldEnough(held) ? { ok: true, place: null } : await tellAbout(held);
    if (!posted.ok) log.warn({ addition: held.id, why: posted.why }, 'Telling of an addition did not work');
    await store.saveAddition(afterTelling(held, posted, now()), null);
  }

  async function tellAbout(addition: Addition): Promise<Posted> {
    const subject = await store.findRequest(addition.requestId);
    return messenger.tellAddition(subject?.announcement.place ?? null, addition);
  }

  async function record(before: Addition, after: Addition): Promise<Addition | null> {
    const ends = before.settledAt === null && after.settledAt !== null;
    const saved = await store.saveAddition(after, ends ? { at: now() } : null);
    if (saved && after.status !== before.status) {
      const { id, removalId, chatId, status, reason, attempts, traceId } = after;
      const fields = { addition: id, removal: removalId, chatId, status, reason, attempts, traceId };
      log.info(fields, `Addition ${before.status} → ${status}`);
    }
    return saved;
  }

  return (due: Addition): Promise<void> => (isToBeTold(due, now()) ? tell(due) : carry(due));
}
