import { type ChatAnswer, NO_ANSWER, type SendAnswer } from './answer.js';
import { type Change, isOpen } from './change.js';
import {
  afterReading,
  afterSending,
  explainRefusal,
  heldBack,
  isWorthExplaining,
  type Moment,
  mayStillSend,
  recover,
} from './lifecycle.js';
import { createOneAtATime } from './one-at-a-time.js';
import type { LinqClient, Log, Store, Turn } from './ports.js';
import { createReadingLeases } from './reading-leases.js';
import type { Reading, Readings } from './readings.js';

export interface ChangeDeps {
  readonly store: Pick<Store, 'save' | 'findChange' | 'openOf' | 'leaseReading' | 'leaving' | 'pause'>;
  readonly linq: Pick<LinqClient, 'gate' | 'send' | 'readChatFor'>;
  readonly readings: Readings;
  readonly log: Log;
  readonly now: () => Date;
  readonly confirmWindowMs: number;
}

/** Asked to stay away for less than this, Linq is waited for without a word. */
const SHORT_WAIT_MS = 4_000;

/**
 * Carries out the next step of a due change, for the loop. A step makes at most one call that changes a chat: a fresh
 * reading first, then the decision, then, where that is to send, the claim in the store and the call. False when
 * nothing was done: it waits for room at Linq's gate, or another process reads for its request. `onAnswer` is called
 * once Linq has answered and only that is left to be written: the next change may take this one's place, and its claim
 * is then written together with the answer.
 */
export function createChangeSteps({ store, linq, readings, log, now, confirmWindowMs }: ChangeDeps) {
  const oneAtATime = createOneAtATime();
  const mayRead = createReadingLeases(store, now);

  async function step(due: Change, turn: Turn, onAnswer: () => void): Promise<boolean> {
    const found = recover(due, now());
    if (found !== due) return save(found);
    const seen = readings.of(due);
    if (seen) return decide(due, turn, seen, onAnswer);
    if (linq.gate.closedUntil()) return waitAtTheGate(due);
    const isOneOfSeveral = (await store.openOf(due.handle)) > 1;
    // A process without room keeps the lease from none that has it.
    if (!readings.hasRoom(due, turn, isOneOfSeveral)) return false;
    if (isOneOfSeveral && !(await mayRead(due.requestId))) return false;
    // Meanwhile the reading that another change asked for may have come.
    if (!readings.of(due)) {
      const taken = readings.take(due, turn, isOneOfSeveral);
      if (!taken) return false;
      await taken;
    }
    const reading = readings.of(due);
    if (reading) return decide(due, turn, reading, onAnswer);
    if (linq.gate.closedUntil()) return waitAtTheGate(due);
    // The loop comes back at once only to read by itself what the list has left out, never to read the same again.
    return readings.isLeftOut(due);
  }

  async function save(change: Change): Promise<boolean> {
    await store.save(change, now());
    return true;
  }

  async function decide(
    due: Change,
    turn: Turn,
    reading: Reading<ChatAnswer>,
    onAnswer: () => void,
  ): Promise<boolean> {
    // Without room at the gate the change stays due: nothing is claimed that cannot leave at once.
    if (isToBeSent(due) && !linq.gate.admits(turn)) return false;
    // Where two changes take people out of one chat, the second is decided on once the first is claimed, and counts it.
    // What another replica claims meanwhile is found by the store: this claim is refused then, and decided on anew.
    const claim = await oneAtATime(due.chatId.toLowerCase(), () => claimOrSave(due, turn, reading.answer));
    if (claim) readings.judged(due, reading);
    if (claim) await send(claim, turn, onAnswer);
    return claim !== null;
  }

  /** Saves what the reading makes of a change; what is to be sent is claimed by that. Null: the gate has no room. */
  async function claimOrSave(due: Change, turn: Turn, seen: ChatAnswer): Promise<Claim | null> {
    const moment = await momentOf(due);
    const next = afterReading(due, seen, moment);
    if (next.status !== 'sending') {
      await save(next);
      return NOT_TO_BE_SENT;
    }
    if (!linq.gate.admits(turn)) return null;
    // While the claim is written, others must not count on the same moment of the pace.
    const release = linq.gate.reserve();
    const claimed = await store.save(next, now(), moment.alsoLeaving).catch((error: unknown) => {
      release();
      throw error;
    });
    return { claimed, release };
  }

  async function momentOf(change: Change): Promise<Moment> {
    const alsoLeaving = mayLeadToACall(change) ? await store.leaving(change.chatId, change.id) : [];
    // Without a call that may act it would only be sent, and the claim of that asks by itself.
    const isPaused = change.mayStillAct && (await store.pause()) !== null;
    return { now: now(), windowMs: confirmWindowMs, alsoLeaving, isPaused };
  }

  /** Claimed in the store right before the call leaves: Stop, a pause, or another process makes the claim fail. */
  async function send({ claimed, release }: Claim, turn: Turn, onAnswer: () => void): Promise<void> {
    release();
    if (!claimed || !mayStillSend(claimed, now())) return;
    const answer = await linq.send(turn, claimed);
    const seen = await seenAfterwards(claimed, answer, turn);
    onAnswer();
    await record(claimed, answer, seen);
  }

  async function seenAfterwards(
    { chatId }: Change,
    answer: SendAnswer,
    turn: Turn,
  ): Promise<ChatAnswer | null> {
    return isWorthExplaining(answer) ? linq.readChatFor(turn, chatId) : null;
  }

  /** An event or a press of Stop may have been written meanwhile: then the answer is applied to that. */
  async function record(claimed: Change, answer: SendAnswer, seen: ChatAnswer | null): Promise<void> {
    let current: Change | null = claimed;
    while (current) {
      const answered = afterSending(current, answer, now());
      const explained = seen ? explainRefusal(answered, seen, now()) : answered;
      if (await store.save(explained, now())) return;
      current = await store.findChange(claimed.id);
    }
    log.error({ change: claimed.id }, 'A change is gone from the store while Linq was being asked');
  }

  /** Linq asked to be left alone: what is to be sent says so when that takes long, and what is over ends all the same. */
  async function waitAtTheGate(due: Change): Promise<boolean> {
    const until = linq.gate.closedUntil();
    if (!until || !isOpen(due)) return false;
    const moment = await momentOf(due);
    if (due.deadlineAt && due.deadlineAt <= moment.now) {
      return save(afterReading(due, { ok: false, failure: NO_ANSWER }, moment));
    }
    const isFirstSaid =
      due.deadlineAt === null && moment.now.getTime() - due.approvedAt.getTime() > SHORT_WAIT_MS;
    const isLong = isFirstSaid || until.getTime() - moment.now.getTime() > SHORT_WAIT_MS;
    return isToBeSent(due) && isLong ? save(heldBack(due, until, moment)) : false;
  }

  return step;
}

/** The other removals of a chat matter to these alone: what Linq accepted, and what has ended, waits only for proof. */
function mayLeadToACall({ direction, status }: Change): boolean {
  return direction === 'remove' && (status === 'approved' || status === 'waiting' || status === 'unsure');
}

interface Claim {
  /** Null where nothing is to be sent, or another process or Stop was quicker. */
  readonly claimed: Change | null;
  readonly release: () => void;
}

const NOT_TO_BE_SENT: Claim = { claimed: null, release: () => {} };

function isToBeSent({ status }: Change): boolean {
  return status === 'approved' || status === 'waiting';
}
