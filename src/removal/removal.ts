import type { ReasonName } from './reasons.js';

export const STATUSES = [
  'approved',
  'sending',
  'waiting',
  'unsure',
  'queued',
  'removed',
  'gone',
  'refused',
  'unconfirmed',
] as const;

export type RemovalStatus = (typeof STATUSES)[number];

const FINAL: Record<RemovalStatus, boolean> = {
  approved: false,
  sending: false,
  waiting: false,
  unsure: false,
  queued: false,
  removed: true,
  gone: true,
  refused: true,
  unconfirmed: true,
};

export function isFinal(status: RemovalStatus): boolean {
  return FINAL[status];
}

/** Final, and not what the person asked for: worth a mention when it comes late. */
export function endedBadly(removal: Removal): boolean {
  return removal.status === 'refused' || removal.status === 'unconfirmed';
}

/** Linq has not yet said anything about these: the first message still waits for them. */
export const UNANSWERED: readonly RemovalStatus[] = ['approved', 'sending'];

/** What one person asked for: one submitted review, one or more removals. */
export interface Request {
  readonly id: string;
  /** The submitted Slack view: the first submission of it wins, all others change nothing. */
  readonly viewId: string;
  readonly teamId: string;
  /** Where the command was typed and the message belongs. */
  readonly channelId: string;
  readonly requestedBy: string;
  /** The optional reason the person gave. Untrusted text. */
  readonly note: string | null;
  /** The command's `response_url`: the way back where the bot cannot post. Good for 30 minutes and 5 uses. */
  readonly responseUrl: string | null;
  /** Whether something was typed after the command, which Slack shows beside an `in_channel` response. */
  readonly commandHadText: boolean;
  readonly createdAt: Date;
  /** The second person, where one had to approve and did. */
  readonly approvedBy: string | null;
  /** Who pressed Stop, if anybody did. */
  readonly stoppedBy: string | null;
}

/** One person leaving one chat. A value: every transition makes a new one (see `lifecycle.ts`). */
export interface Removal {
  readonly id: string;
  readonly requestId: string;
  readonly chatId: string;
  /** As Linq last showed it, null before the first reading; untrusted. */
  readonly chatName: string | null;
  readonly handle: string;
  readonly status: RemovalStatus;
  /** How many times it was taken up for sending, this time included. */
  readonly attempts: number;
  /**
   * When the loop must look at it: the next step's time, or the end of the lease while someone works on it.
   * Null once final.
   */
  readonly dueAt: Date | null;
  /** Grows with every write; a write names the version it read, so of two writers one wins. */
  readonly version: number;
  /** When a person approved it: the request's `createdAt`. */
  readonly approvedAt: Date;
  /** When it was last taken up for sending. */
  readonly sentAt: Date | null;
  /** When Linq asked us to come back (`waiting`), or told the person to (`refused`). */
  readonly notBefore: Date | null;
  /** When the outcome became a matter of proof (accepted, or unanswered): the confirm window starts here. */
  readonly provingSince: Date | null;
  readonly settledAt: Date | null;
  readonly reason: ReasonName | null;
  /** Linq's own words for a refusal. Untrusted text. */
  readonly linqSays: string | null;
  readonly traceId: string | null;
  /** For `removed`: the roster says they left on their own. */
  readonly leftAlone: boolean;
}
