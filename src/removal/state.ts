import { type Change, endedBadly, isFinal } from './change.js';
import { sameChat, sameHandle } from './chat.js';
import type { Delivery, Place } from './delivery.js';
import { CLEARED_HANDLE } from './erasing.js';
import type { Pause } from './pause.js';
import { isPending, type Proposal } from './proposal.js';
import type { Request, Wanted } from './request.js';
import { later } from './schedule.js';

/** A request with everything that people are told about it, as it stands. */
export interface RequestState {
  readonly request: Request;
  /** In the order of the review. None before a proposal is approved. */
  readonly changes: readonly Change[];
  readonly proposal: Proposal | null;
  readonly status: Delivery;
  /** The messages that ask approvers to decide, where the status message is not itself the one that does. */
  readonly copies: readonly Delivery[];
  /** Additions of later requests that undo changes of this one. */
  readonly addBacks: readonly Change[];
  /** For Add back: where the message of the request that it undoes stands. */
  readonly thread: Place | null;
  /** Of everything that this app sends, of this request too. */
  readonly pause: Pause | null;
}

/** Nothing is open any more: neither a decision nor a change. */
export function hasEnded({ proposal, changes }: RequestState): boolean {
  return !isPending(proposal) && changes.every(({ status }) => isFinal(status));
}

export function badEndings({ changes }: RequestState): readonly Change[] {
  return changes.filter(endedBadly);
}

/** What was asked for and could not be approved any more, while the rest was: the asker still waits for a word about it. */
export function leftOut({ proposal, changes }: RequestState): readonly Wanted[] {
  if (proposal?.status !== 'approved') return [];
  const isApproved = ({ chatId, handle }: Wanted) =>
    changes.some((change) => sameChat(change.chatId, chatId) && sameHandle(change.handle, handle));
  return proposal.wanted.filter((wanted) => !isApproved(wanted));
}

/** For so long after proof a removal can be undone from its message. */
const ADD_BACK_FOR_MS = 24 * 3_600_000;

/** What of a request can be added back now: proven, lately, and not being added back already. */
export function canBeAddedBack({ changes, addBacks }: RequestState, now: Date): readonly Change[] {
  const taken = addBacks.filter((change) => !endedBadly(change));
  return changes.filter((change) => {
    const ends = addBackEndsAt(change);
    return ends !== null && now < ends && !taken.some(({ undoes }) => undoes === change.id);
  });
}

/** When the last removal that can be added back no longer can; null when there is none. */
export function addBackEnds(changes: readonly Change[]): Date | null {
  const ends = changes.flatMap((change) => addBackEndsAt(change)?.getTime() ?? []);
  return ends.length > 0 ? new Date(Math.max(...ends)) : null;
}

/** Null: a person who left voluntarily, was never seen in the chat, or was erased is not ours to bring back. */
export function addBackEndsAt(change: Change): Date | null {
  const { status, direction, leftVoluntarily, wasSeen, settledAt, handle } = change;
  const isKnown = wasSeen && !leftVoluntarily && handle !== CLEARED_HANDLE;
  const isOurs = direction === 'remove' && status === 'done' && isKnown;
  return isOurs && settledAt ? later(settledAt, ADD_BACK_FOR_MS) : null;
}
