import type { Request } from './request.js';
import { later } from './schedule.js';

/** Where a message stands; both parts are needed to edit it. */
export interface Place {
  readonly channel: string;
  readonly ts: string;
}

export type Route = 'channel' | 'response' | 'person' | 'nowhere';

/** Why the conversation was given up, for the words that go with the fallback. */
export type Hint = 'invite' | 'closed' | 'admin' | 'deleted' | null;

/** One thing that people have to be told, and how far that has come. */
export interface Delivery {
  readonly id: string;
  readonly requestId: string;
  /**
   * `status`: the message that is kept true. `added-back`: said once, that another person brought them back. `approval`:
   * asks others to decide, and is settled by their decision. `expiry`: tells the asker, once, that nobody did.
   */
  readonly kind: 'status' | 'added-back' | 'approval' | 'expiry';
  /** For `approval`: the conversation, or the person, that is asked. */
  readonly recipient: string | null;
  /** For `added-back`: which removal was undone, and when. */
  readonly changeId: string | null;
  readonly eventAt: Date | null;
  /** The conversation first, then the command's `response_url`, then a direct message to the asker. */
  readonly route: Route;
  readonly hint: Hint;
  readonly place: Place | null;
  /** How many times news asked for the message to change, and which of them it shows. */
  readonly wanted: number;
  readonly shown: number;
  /** A process is at Slack with it right now, until `dueAt`. Found set when due: that process died, and the fate is unknown. */
  readonly held: boolean;
  readonly dueAt: Date | null;
  /** Until then no edit: Slack's limits, and eyes, take only so many. */
  readonly quietUntil: Date | null;
  /** Slack asked to wait until then; no news overrides it. */
  readonly notBefore: Date | null;
  /** Tries of the present step that failed. */
  readonly tries: number;
  /** Posts whose fate is unknown: each may have arrived. */
  readonly unheard: number;
  /** Back in the conversation, which was left only because Slack fell silent: the asker takes no direct messages. */
  readonly returned: boolean;
  /** The first words were not the last: a bad ending is then also told in the thread. */
  readonly shownOpen: boolean;
  /** How many bad endings the thread was told of, and when; fewer later means that one turned out otherwise. */
  readonly toldBad: number;
  readonly toldAt: Date | null;
  /** The thread was told how it ended, well or badly: a good ending is told once. */
  readonly toldGood: boolean;
  /** How many reminders to decide its thread has had. */
  readonly reminded: number;
  /** The message was too short for every chat, and the whole list stands in its thread. */
  readonly listed: boolean;
  readonly version: number;
}

/** The message stands in the conversation and takes no edit any more: what comes next is told in its thread. */
export function isFrozen({ route, hint }: Delivery): boolean {
  return route === 'channel' && hint === 'deleted';
}

/** Before Linq has answered, nothing is said for this long: one message with an answer beats two without. */
const FIRST_WORD_AFTER_MS = 4_000;

const UNTOLD = {
  recipient: null,
  changeId: null,
  eventAt: null,
  route: 'channel',
  hint: null,
  place: null,
  wanted: 1,
  shown: 0,
  held: false,
  quietUntil: null,
  notBefore: null,
  tries: 0,
  unheard: 0,
  returned: false,
  shownOpen: false,
  toldBad: 0,
  toldAt: null,
  toldGood: false,
  reminded: 0,
  listed: false,
  version: 0,
} as const;

/** The status message of a request. One that approvers have to decide on is posted at once. */
export function statusMessageOf({ id, createdAt }: Request, isProposal = false): Delivery {
  const dueAt = isProposal ? createdAt : later(createdAt, FIRST_WORD_AFTER_MS);
  return { ...UNTOLD, id, requestId: id, kind: 'status', dueAt };
}

/** "Was added back": said once about one proven removal. */
export function addedBackNotice(
  change: { id: string; requestId: string },
  addedAt: Date,
  now: Date,
): Delivery {
  const { id: changeId, requestId } = change;
  return {
    ...UNTOLD,
    id: `${changeId}:added-back`,
    requestId,
    kind: 'added-back',
    changeId,
    eventAt: addedAt,
    dueAt: now,
  };
}

/** A message that asks approvers to decide: in a conversation, or to one of them alone. */
export function approvalMessageOf({ id }: Request, recipient: string, now: Date, reminded = 0): Delivery {
  return {
    ...UNTOLD,
    id: `${id}:approval:${recipient}`,
    requestId: id,
    kind: 'approval',
    recipient,
    dueAt: now,
    reminded,
  };
}

/** A direct message to the asker: no approver decided in time. */
export function expiryNotice({ id }: Request, now: Date): Delivery {
  return { ...UNTOLD, id: `${id}:expiry`, requestId: id, kind: 'expiry', dueAt: now };
}
