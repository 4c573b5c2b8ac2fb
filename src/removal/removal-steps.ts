import {
  afterLook,
  afterSending,
  explainRefusal,
  heedStop,
  isWorthExplaining,
  mayStillSend,
  takeUp,
} from './lifecycle.js';
import type { LinqClient, Log, Observer, Store } from './ports.js';
import { isFinal, type Removal } from './removal.js';

export interface RemovalDeps {
  readonly store: Pick<Store, 'saveRemoval' | 'findRequest'>;
  readonly linq: Pick<LinqClient, 'readChat' | 'removeParticipant'>;
  readonly observer: Observer;
  readonly log: Log;
  readonly now: () => Date;
  readonly confirmWindowMs: number;
}

/**
 * Carries out one step of a due removal, for the loop: take it up, look at the chat, send if that is what comes next,
 * record what came of it. False when somebody else took it up before.
 */
export function createRemovalSteps({ store, linq, observer, log, now, confirmWindowMs }: RemovalDeps) {
  async function carryOut(due: Removal): Promise<boolean> {
    const wanted = (await isStopped(due)) ? heedStop(due, now()) : due;
    if (isFinal(wanted.status)) return (await record(due, wanted)) !== null;
    // The reading does not wait for the claim; without the claim nothing follows from it.
    const [taken, seen] = await Promise.all([record(due, takeUp(wanted, now())), linq.readChat(due.chatId)]);
    if (!taken) return false;
    const looked = afterLook(taken, seen, now(), confirmWindowMs);
    if (looked.status === 'sending' && taken.status === 'sending') await send(taken, looked);
    else {
      const removal = await record(taken, looked);
      if (removal?.status === 'sending') await send(removal, removal);
    }
    return true;
  }

  /** Asked only where a removal might be sent once more; its first try is stopped by the button itself. */
  async function isStopped({ status, requestId }: Removal): Promise<boolean> {
    if (status !== 'waiting' && status !== 'unsure') return false;
    return ((await store.findRequest(requestId))?.request.stoppedBy ?? null) !== null;
  }

  /** The DELETE; what the reading showed is noted meanwhile, for the message that may be due before Linq answers. */
  async function send(taken: Removal, looked: Removal): Promise<void> {
    if (!mayStillSend(looked, now())) return;
    const [removal, answer] = await Promise.all([
      showsMore(taken, looked) ? record(taken, looked) : looked,
      linq.removeParticipant(looked.chatId, looked.handle),
    ]);
    // Settled meanwhile, by Linq's own event: there is nothing left to say.
    if (!removal) return;
    const answered = afterSending(removal, answer, now());
    const explained = isWorthExplaining(answer)
      ? explainRefusal(answered, await linq.readChat(removal.chatId), now())
      : answered;
    await record(removal, explained);
  }

  function showsMore(taken: Removal, looked: Removal): boolean {
    return looked.chatName !== taken.chatName || looked.handle !== taken.handle;
  }

  /** Writes a transition, and in the same breath asks for the message to follow where it changes what people read. */
  async function record(before: Removal, after: Removal): Promise<Removal | null> {
    const isNews = after.status !== before.status && after.status !== 'sending';
    const saved = await store.saveRemoval(after, isNews ? { at: now() } : null);
    if (saved && after.status !== before.status) report(before, saved);
    return saved;
  }

  function report(before: Removal, after: Removal): void {
    observer.transition(before, after);
    const { requestId, id, chatId, status, reason, attempts, traceId } = after;
    const fields = { request: requestId, removal: id, chatId, status, reason, attempts, traceId };
    log.info(fields, `Removal ${before.status} → ${status}`);
  }

  return carryOut;
}
