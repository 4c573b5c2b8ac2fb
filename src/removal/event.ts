import { finishGone, finishLate, isCertain } from './certainty.js';
import { type Change, isOpen } from './change.js';
import { sameChat, sameHandle } from './chat.js';
import { mayBeProvenLate } from './lifecycle.js';

/** Linq's word that a person is out of a chat, or in it. It comes at least once, in no promised order. */
export interface ParticipantEvent {
  readonly kind: 'removed' | 'added';
  /** Two names of one event; with either seen before, it came before. */
  readonly deliveryId: string;
  readonly eventId: string;
  /** Null when Linq left it out, as it may. */
  readonly chatId: string | null;
  readonly handle: string;
  readonly isUs: boolean;
  readonly leftVoluntarily: boolean;
  /** When it happened, by Linq's clock; null when it does not say. */
  readonly at: Date | null;
  readonly traceId: string | null;
}

/** What became of an event; all zero when it was about nothing of ours. */
export interface Effect {
  readonly settled: number;
  readonly lookedForSooner: number;
  readonly addedBack: number;
}

/** A person who is back later than this is a new matter. */
const BACK_WITHIN_MS = 7 * 24 * 3_600_000;

/**
 * What an event means for a change; null when nothing. Proof settles it in whatever state it is, also while the call is
 * on the wire, and after its end. What is not proof only makes the next look at the chat come now.
 */
export function afterEvent(change: Change, event: ParticipantEvent, now: Date): Change | null {
  if (!concerns(event, change)) return null;
  if (!isOpen(change) && !mayBeProvenLate(change)) return null;
  return isProof(event, change) ? settleByEvent(change, event, now) : lookNow(change, now);
}

/** Without a chat the event may be about any chat of this person; about our own line, about every change there. */
function concerns(event: ParticipantEvent, change: Change): boolean {
  const isItsDirection = (event.kind === 'removed') === (change.direction === 'remove');
  const chat = event.chatId === null || sameChat(event.chatId, change.chatId);
  return isItsDirection && chat && (event.isUs || sameHandle(event.handle, change.handle));
}

/** Dated before the approval it tells of an earlier coming or going, after which it was otherwise again. */
function isProof({ chatId, isUs, at }: ParticipantEvent, { approvedAt }: Change): boolean {
  return chatId !== null && !isUs && at !== null && at.getTime() >= wholeSecond(approvedAt);
}

/** Linq's times carry no fraction of a second, so those within the approval's own second count as after it. */
function wholeSecond(date: Date): number {
  return Math.floor(date.getTime() / 1_000) * 1_000;
}

/** The event itself says that it was otherwise before. */
function settleByEvent(change: Change, event: ParticipantEvent, now: Date): Change {
  const seen = {
    ...change,
    wasSeen: true,
    provenBy: 'event',
    traceId: change.traceId ?? event.traceId,
  } as const;
  const nothingActed = isOpen(seen) && isCertain(seen);
  return nothingActed
    ? finishGone({ ...seen, reason: null }, now)
    : finishLate(seen, now, event.leftVoluntarily);
}

/**
 * Only what waits for proof: a change that is being sent belongs to a process, and one that Linq put off has its time.
 * The new version also sends back the process that is reading the chat at this moment, perhaps from before the event.
 */
function lookNow(change: Change, now: Date): Change | null {
  return change.status === 'queued' || change.status === 'unsure' ? { ...change, dueAt: now } : null;
}

/** Whether a `participant.added` undoes a removal that this app has seen proven. */
export function wasAddedBack(change: Change, event: ParticipantEvent): boolean {
  const { status, direction, settledAt, sentAt } = change;
  if (event.kind !== 'added' || direction !== 'remove' || status !== 'done' || !settledAt || !event.at)
    return false;
  if (event.chatId === null || event.isUs || !sameChat(event.chatId, change.chatId)) return false;
  if (!sameHandle(event.handle, change.handle)) return false;
  // An addition from before the removal may be told late.
  const after = event.at.getTime() > (sentAt ?? settledAt).getTime();
  return after && event.at.getTime() - settledAt.getTime() <= BACK_WITHIN_MS;
}

/** The earliest proof that an addition at this moment could still undo. */
export function earliestUndone(at: Date): Date {
  return new Date(at.getTime() - BACK_WITHIN_MS);
}
