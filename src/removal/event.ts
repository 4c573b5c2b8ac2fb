import { sameHandle } from './chat.js';
import { settle } from './lifecycle.js';
import { isFinal, type Removal } from './removal.js';

/** Linq's word that somebody is out of a chat, or in it. It comes at least once, in no promised order. */
export interface ParticipantEvent {
  readonly kind: 'removed' | 'added';
  /** Two names of one event; with either seen before, it came before. */
  readonly deliveryId: string;
  readonly eventId: string;
  /** Null when Linq left it out, as it may. */
  readonly chatId: string | null;
  readonly handle: string;
  readonly isUs: boolean;
  readonly leftAlone: boolean;
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

export interface EventStore {
  /**
   * Notes the event and, in the same transaction, everything that follows from it (`afterEvent`, `wasAddedBack`).
   * Null when it was noted before: nothing changes then. Rejects when the store does not answer.
   */
  takeEvent(event: ParticipantEvent, now: Date): Promise<Effect | null>;
  /** Forgets that events older than this came. */
  dropEventsBefore(before: Date): Promise<void>;
}

/** A person who is back later than this is a new matter. */
const BACK_WITHIN_MS = 7 * 24 * 3_600_000;

/**
 * What a `participant.removed` means for an open removal; null when nothing. Proof settles it in whatever state it
 * is, also while the DELETE is on the wire: the write that follows from Linq's answer then finds a newer version and
 * changes nothing. What is not proof only makes the next look at the chat come now.
 */
export function afterEvent(removal: Removal, event: ParticipantEvent, now: Date): Removal | null {
  if (event.kind !== 'removed' || isFinal(removal.status) || !concerns(event, removal)) return null;
  return isProof(event, removal.approvedAt) ? settleByEvent(removal, event, now) : lookNow(removal, now);
}

/** Without a chat the event may be about any chat of this person; about our own line, about every removal there. */
function concerns(event: ParticipantEvent, removal: Removal): boolean {
  const chat = event.chatId === null || sameChat(event.chatId, removal.chatId);
  return chat && (event.isUs || sameHandle(event.handle, removal.handle));
}

/** Dated before the approval it tells of an earlier departure, after which the person was in the chat again. */
function isProof({ chatId, isUs, at }: ParticipantEvent, approvedAt: Date): boolean {
  return chatId !== null && !isUs && at !== null && at.getTime() >= wholeSecond(approvedAt);
}

/** Linq's times carry no fraction of a second, so those within the approval's own second count as after it. */
function wholeSecond(date: Date): number {
  return Math.floor(date.getTime() / 1_000) * 1_000;
}

function settleByEvent(removal: Removal, event: ParticipantEvent, now: Date): Removal {
  const { leftAlone, traceId } = event;
  const explained = { ...removal, reason: null, linqSays: null, traceId: removal.traceId ?? traceId };
  if (removal.attempts === 0) return settle({ ...explained, status: 'gone' }, now);
  return settle({ ...explained, status: 'removed', leftAlone }, now);
}

/**
 * Only what waits for proof: a removal that is being sent is somebody's, and one that Linq put off has its time. The
 * new version also sends back whoever is reading the chat at this moment, perhaps from before the event.
 */
function lookNow(removal: Removal, now: Date): Removal | null {
  return removal.status === 'queued' || removal.status === 'unsure' ? { ...removal, dueAt: now } : null;
}

/** Whether a `participant.added` undoes a removal that this app has seen proven. */
export function wasAddedBack(removal: Removal, event: ParticipantEvent): boolean {
  const { status, settledAt, sentAt } = removal;
  if (event.kind !== 'added' || status !== 'removed' || !settledAt || !event.at) return false;
  if (event.chatId === null || event.isUs || !concerns(event, removal)) return false;
  // An addition from before the removal may be told late.
  const after = event.at.getTime() > (sentAt ?? settledAt).getTime();
  return after && event.at.getTime() - settledAt.getTime() <= BACK_WITHIN_MS;
}

/** The earliest proof that an addition at this moment could still undo. */
export function earliestUndone(at: Date): Date {
  return new Date(at.getTime() - BACK_WITHIN_MS);
}

/** UUIDs compare without case. */
function sameChat(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
