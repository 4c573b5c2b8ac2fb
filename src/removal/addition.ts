import type { Reluctance } from './addition-reasons.js';
import type { Place } from './announcement.js';
import type { Announceable } from './ports.js';
import type { Removal } from './removal.js';
import { later } from './schedule.js';

export const ADDITION_STATUSES = ['adding', 'unsure', 'queued', 'back', 'refused', 'unconfirmed'] as const;

/**
 * `adding`: recorded, on the wire, or put off by Linq; `unsure`: no usable answer, looked for in the roster; the others
 * as for a removal, with `back` for proven.
 */
export type AdditionStatus = (typeof ADDITION_STATUSES)[number];

/** One person going back into the chat that a proven removal of ours took them out of. */
export interface Addition {
  readonly id: string;
  readonly requestId: string;
  readonly removalId: string;
  /** The submitted confirmation: for one removal it counts once. */
  readonly viewId: string;
  readonly requestedBy: string;
  /** These three are the removal's own. */
  readonly chatId: string;
  readonly chatName: string | null;
  readonly handle: string;
  readonly status: AdditionStatus;
  readonly attempts: number;
  readonly approvedAt: Date;
  /** When it was last taken up for sending; null while it waits for that. Found set when due: whoever sent it died. */
  readonly sentAt: Date | null;
  /** When Linq asked us, or the person, to come back. */
  readonly notBefore: Date | null;
  readonly provingSince: Date | null;
  readonly settledAt: Date | null;
  readonly reason: Reluctance | null;
  /** Linq's own words for a refusal. Untrusted text. */
  readonly linqSays: string | null;
  readonly traceId: string | null;
  /** When Linq has to be asked next; null once final. */
  readonly stepAt: Date | null;
  readonly telling: Telling;
  /** When the loop must look: the sooner of the next step and the next telling, or the end of somebody's lease. */
  readonly dueAt: Date | null;
  readonly version: number;
}

/** The one reply that tells of an addition, and how far it has caught up with the truth. */
export interface Telling {
  /** The thread is closed to us: the person who asked hears it directly. */
  readonly toPerson: boolean;
  readonly place: Place | null;
  readonly wanted: number;
  readonly shown: number;
  /** When people have to be told something; null when they know. */
  readonly at: Date | null;
  /** Somebody is at Slack with it. Found set when due: they died, and its fate is unknown. */
  readonly held: boolean;
  readonly tries: number;
  /** Posts whose fate is unknown. */
  readonly unheard: number;
}

/** For so long after proof a removal can be undone from its message. */
const ADD_BACK_FOR_MS = 24 * 3_600_000;

/** What of a request can be added back now: proven, by us, lately, and not being added back already. */
export function canBeAddedBack({ removals, additions }: Announceable, now: Date): readonly Removal[] {
  const taken = additions.filter(({ status }) => status !== 'refused' && status !== 'unconfirmed');
  return removals.filter((removal) => {
    const ends = endsAt(removal);
    return ends !== null && now < ends && !taken.some(({ removalId }) => removalId === removal.id);
  });
}

/** When the last removal that can be added back no longer can; null when there is none. */
export function addBackEnds(removals: readonly Removal[]): Date | null {
  const ends = removals.flatMap((removal) => endsAt(removal)?.getTime() ?? []);
  return ends.length > 0 ? new Date(Math.max(...ends)) : null;
}

/** Who left on their own is not ours to bring back. */
function endsAt({ status, leftAlone, settledAt }: Removal): Date | null {
  return status === 'removed' && !leftAlone && settledAt ? later(settledAt, ADD_BACK_FOR_MS) : null;
}

const UNTOLD: Telling = {
  toPerson: false,
  place: null,
  wanted: 0,
  shown: 0,
  at: null,
  held: false,
  tries: 0,
  unheard: 0,
};

/** An addition as it starts, at the moment in which a person confirmed it. */
export function additionFor(
  removal: Removal,
  { id, viewId, requestedBy, at }: { id: string; viewId: string; requestedBy: string; at: Date },
): Addition {
  const { requestId, chatId, chatName, handle } = removal;
  return {
    id,
    requestId,
    removalId: removal.id,
    viewId,
    requestedBy,
    chatId,
    chatName,
    handle,
    status: 'adding',
    attempts: 0,
    approvedAt: at,
    sentAt: null,
    notBefore: null,
    provingSince: null,
    settledAt: null,
    reason: null,
    linqSays: null,
    traceId: null,
    stepAt: at,
    telling: UNTOLD,
    dueAt: at,
    version: 0,
  };
}
