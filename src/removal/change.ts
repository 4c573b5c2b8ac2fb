import type { ReasonName } from './reasons.js';
import type { Direction } from './request.js';

export const STATUSES = [
  'approved',
  'sending',
  'waiting',
  'unsure',
  'queued',
  'done',
  'gone',
  'refused',
  'unconfirmed',
] as const;

export type Status = (typeof STATUSES)[number];

/** What a final change was proven by: a reading of the member list, or Linq's event. */
export type Proof = 'roster' | 'event';

/** One person leaving or joining one chat. A value: every transition makes a new one (see `lifecycle.ts`). */
interface Facts {
  readonly id: string;
  readonly requestId: string;
  readonly direction: Direction;
  readonly chatId: string;
  /** As Linq last showed it, null before the first reading; untrusted. */
  readonly chatName: string | null;
  /** Exactly as Linq lists it, once a reading has shown it. */
  readonly handle: string;
  /** How many calls left, or were about to. */
  readonly attempts: number;
  /** A reading of ours showed the starting state: the person in the chat, or out of it for an addition. */
  readonly wasSeen: boolean;
  /** The request was stopped: no call leaves any more. */
  readonly stopped: boolean;
  /** When the loop must look at it: its next step, the end of a call's lease, or a late reading once it is final. */
  readonly dueAt: Date | null;
  /** Grows with every write; a write names the version it read, so of two writers one wins. */
  readonly version: number;
  readonly approvedAt: Date;
  /** When the last call left. */
  readonly sentAt: Date | null;
  /** When Linq asked us to come back (`waiting`), or told the person to (`refused`). */
  readonly notBefore: Date | null;
  /** When it became a matter of proof: readings follow in growing steps from here. */
  readonly watchedSince: Date | null;
  /** When it is given up; null until it first could be sent. */
  readonly deadlineAt: Date | null;
  /**
   * Since when every call for this change was not answered, put off, or a failure of Linq's: calls for others may be
   * answered meanwhile.
   */
  readonly troubleSince: Date | null;
  readonly settledAt: Date | null;
  readonly reason: ReasonName | null;
  /** Linq's own words for a refusal. Untrusted text. */
  readonly linqSays: string | null;
  readonly traceId: string | null;
  /** Null before there is proof, and for what was proven before this was noted. */
  readonly provenBy: Proof | null;
  /** For `done`: the roster says that they left on their own. */
  readonly leftVoluntarily: boolean;
  /** For an addition: the removal that it undoes. */
  readonly undoes: string | null;
}

/** A call of ours left and was not clearly refused: it may still be carried out. */
interface Uncertain {
  readonly mayStillAct: true;
}

/** No call of ours can still act. `certainty.ts` alone says so of a change. */
export interface Certain {
  readonly mayStillAct: false;
}

type Certainty = Certain | Uncertain;

export type Open = Facts &
  Certainty & { readonly status: 'approved' | 'sending' | 'waiting' | 'unsure' | 'queued' };
/** Proven by the member list or by Linq's event. */
export type Done = Facts & Certain & { readonly status: 'done' };
/** The starting state was seen and is over, before any call of ours acted. */
export type Gone = Facts & Certain & { readonly status: 'gone'; readonly wasSeen: true };
/** A clear no, of Linq or of a rule of Linq's. */
export type Refused = Facts & Certain & { readonly status: 'refused'; readonly reason: ReasonName };
/** The deadline came without proof. */
export type Unconfirmed = Facts & Certainty & { readonly status: 'unconfirmed' };

/**
 * The types keep sentences within what is certain: "nobody was removed" is told of a `Refused`, which cannot be built
 * from a change that may still act.
 */
export type Change = Open | Done | Gone | Refused | Unconfirmed;

const FINAL: Record<Status, boolean> = {
  approved: false,
  sending: false,
  waiting: false,
  unsure: false,
  queued: false,
  done: true,
  gone: true,
  refused: true,
  unconfirmed: true,
};

/** Final for the loop; proof that comes later still corrects `refused` and `unconfirmed`. */
export function isFinal(status: Status): boolean {
  return FINAL[status];
}

export const OPEN_STATUSES: readonly Status[] = STATUSES.filter((status) => !FINAL[status]);

export function isOpen(change: Change): change is Open {
  return !FINAL[change.status];
}

/** Final, and not what the asker wanted: worth a mention when it comes late. */
export function endedBadly(change: Change): boolean {
  return change.status === 'refused' || change.status === 'unconfirmed';
}

/** Linq has not said anything about these yet: the first message still waits for them. */
export const UNANSWERED: readonly Status[] = ['approved', 'sending'];
