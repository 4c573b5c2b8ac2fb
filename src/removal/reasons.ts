import type { LinqFailure } from './answer.js';
import type { Direction } from './request.js';

/**
 * What a reason does to a change.
 * - `refusal`: a clear no; it ends where no earlier call can still act.
 * - `wait`: Linq put it off; it is sent again later.
 * - `unclear`: no usable answer; the call may be carried out, so the member list is watched.
 * - `unproven`: the deadline came first.
 */
type Kind = 'refusal' | 'wait' | 'unclear' | 'unproven';

/** The words a sentence may use, already made fit for its readers. */
export interface Wording {
  readonly person: string;
  readonly chat: string;
  readonly traceId: string | null;
}

type Words = (words: Wording) => string;

interface Reason {
  readonly kind: Kind;
  /** Trying again may end differently, so Retry is offered. */
  readonly retryable: boolean;
  /** For `wait`: the first pause, in milliseconds, where Linq names none; it doubles from there. */
  readonly firstWaitMs?: number;
  /** A call that ended like this was certainly not carried out and never will be. */
  readonly queuesNothing: boolean;
  readonly happened: Words;
  readonly next: Words;
  /** Where an addition needs other words. */
  readonly add?: { readonly happened?: Words; readonly next?: Words };
  /** Instead of "nobody was removed", where that would be odd. */
  readonly notDone?: string;
}

const owner: Words = ({ traceId }) =>
  traceId
    ? `Give the app's owner the reference ${traceId}.`
    : "Tell the app's owner what you tried and when.";
const say =
  (sentence: string): Words =>
  () =>
    sentence;
const watch = say('The member list is being checked, and what it shows is told here.');
const again = say('It is tried again by itself.');
const readFirst = say('The member list is read again before the next try.');
const fromAPhone: Words = ({ person }) => `Ask a member of the chat to add ${person} from their phone.`;
const addFromAPhone = { next: fromAPhone } as const;

const refusal = { kind: 'refusal', retryable: false, queuesNothing: true } as const;
const retryableRefusal = { ...refusal, retryable: true } as const;
/** Linq answered that it queued nothing. */
const putOff = { kind: 'wait', retryable: true, firstWaitMs: 2_000, queuesNothing: true } as const;
/** Linq failed, and may have queued the change all the same. Its own advice: 1 s to 30 s, with backoff. */
const trouble = { kind: 'wait', retryable: true, firstWaitMs: 2_000, queuesNothing: false } as const;
const unclear = { kind: 'unclear', retryable: true, queuesNothing: false } as const;
const unproven = { kind: 'unproven', retryable: true, queuesNothing: false } as const;

/**
 * Every reason why a change does not simply succeed: what it means for the change, what happened and what to do now.
 * What was not done is said by the change's status, which knows what is certain (see `outcome.ts`). The first part
 * follows Linq's error table (docs.linqapp.com/error), the second is what the app finds out by itself.
 */
export const REASONS = {
  'missing-field': {
    ...refusal,
    happened: say('Something went wrong on our side: Linq says the request was incomplete.'),
    next: owner,
  },
  'bad-number': {
    ...refusal,
    happened: ({ person }) => `Linq did not accept ${person} as a phone number or email.`,
    next: say('Write the number with + and the country code, like +12025550143, and try again.'),
    add: addFromAPhone,
  },
  'bad-body': {
    ...refusal,
    happened: say('Something went wrong on our side: Linq could not read the request.'),
    next: owner,
  },
  'bad-value': {
    ...retryableRefusal,
    happened: ({ chat }) => `Linq would not accept this removal from ${chat}.`,
    next: (words) => `Check the chat and the person, then try again. If it happens twice: ${owner(words)}`,
    add: {
      happened: ({ person, chat }) => `Linq would not accept adding ${person} to ${chat}.`,
      next: fromAPhone,
    },
  },
  'direct-chat': {
    ...refusal,
    happened: ({ chat }) => `${chat} is a one-to-one chat, and Linq removes people only from groups.`,
    next: say('Choose a group chat.'),
    add: {
      happened: ({ chat }) => `${chat} is a one-to-one chat, and Linq adds people only to groups.`,
      next: owner,
    },
  },
  'rate-limited': {
    ...putOff,
    happened: say('Linq is busy and asked us to slow down.'),
    next: again,
  },
  'not-found': {
    ...retryableRefusal,
    happened: ({ person, chat }) => `Linq could not find ${chat}, or ${person} is no longer in it.`,
    next: say('Run /linq-remove again to see who is in the chat now.'),
    add: { happened: ({ chat }) => `Linq could not find ${chat}.`, next: owner },
  },
  unauthorized: {
    ...retryableRefusal,
    happened: say('The app could not sign in to Linq.'),
    next: say("Ask the app's owner to check the Linq API key."),
  },
  'access-denied': {
    ...retryableRefusal,
    happened: ({ chat }) => `Our Linq account has no access to ${chat}.`,
    next: say("Choose another chat, or ask the app's owner."),
    add: addFromAPhone,
  },
  'line-denied': {
    ...retryableRefusal,
    happened: say('Our Linq account no longer has the phone line this chat uses.'),
    next: say("Ask the app's owner to check the line with Linq."),
  },
  sandbox: {
    ...refusal,
    happened: say('This Linq account is in test mode and cannot do that.'),
    next: say("Ask the app's owner to check the Linq account."),
  },
  'still-creating': {
    ...putOff,
    firstWaitMs: 3_000,
    happened: ({ chat }) => `Linq is still setting up ${chat}.`,
    next: again,
  },
  'feature-off': {
    ...retryableRefusal,
    happened: say('Linq has not switched this on for our account.'),
    next: say("Ask the app's owner to contact Linq support."),
  },
  'chat-unavailable': {
    ...refusal,
    happened: ({ chat }) => `Linq says ${chat} is unavailable: most likely our line is no longer in it.`,
    next: ({ person }) => `Ask a member of the chat to remove ${person} from their phone.`,
    add: addFromAPhone,
  },
  conflict: {
    ...retryableRefusal,
    happened: ({ chat }) => `Linq says the removal does not fit the state ${chat} is in now.`,
    next: say('Run /linq-remove again and review the chat before you try once more.'),
    add: {
      happened: ({ chat }) => `Linq says this does not fit the state ${chat} is in now.`,
      next: fromAPhone,
    },
  },
  'unsupported-group': {
    ...refusal,
    happened: say('Linq does not allow this in a group chat.'),
    next: owner,
  },
  'unsupported-service': {
    ...refusal,
    happened: ({ chat }) =>
      `Linq cannot remove members from this kind of chat (${chat} is probably an SMS group).`,
    next: ({ person }) => `To leave ${person} out, start a new group without them.`,
    add: {
      happened: ({ chat }) =>
        `Linq cannot add members to this kind of chat (${chat} is probably an SMS group, or uses another service than they do).`,
      next: fromAPhone,
    },
  },
  'server-error': { ...trouble, happened: say('Linq had a problem.'), next: readFirst },
  'network-timeout': {
    ...unclear,
    happened: say('Linq did not get an answer in time from its own network.'),
    next: watch,
  },
  'internal-error': {
    ...trouble,
    happened: say('Linq had an internal error.'),
    next: (words) =>
      `The member list is read again before the next try. If this stays unclear: ${owner(words)}`,
  },
  'delivery-exhausted': {
    ...trouble,
    happened: ({ chat }) => `Linq could not reach ${chat}.`,
    next: readFirst,
  },
  'line-unavailable': {
    ...trouble,
    happened: say('The phone line of this chat is not available at Linq right now.'),
    next: say("If this goes on, ask the app's owner to check the line."),
  },
  'service-down': {
    ...trouble,
    firstWaitMs: 30_000,
    happened: say('Linq is unavailable right now.'),
    next: readFirst,
  },
  'other-refusal': {
    ...retryableRefusal,
    happened: say('Linq refused this removal.'),
    next: owner,
    add: { happened: say('Linq refused this.') },
  },
  'other-fault': {
    ...trouble,
    happened: say('Linq had a problem it did not explain.'),
    next: readFirst,
  },
  'no-answer': {
    ...unclear,
    happened: say('Contact with Linq was lost before it gave an answer we could read.'),
    next: watch,
  },
  unreachable: {
    ...putOff,
    happened: say('Linq cannot be reached.'),
    next: again,
  },
  'asked-already': {
    ...putOff,
    happened: ({ person, chat }) =>
      `Another request has already asked Linq to remove ${person} from ${chat}.`,
    next: say('How that ends is awaited here.'),
  },
  'not-built': {
    ...refusal,
    happened: say(
      'Something went wrong on our side: the request could not be built, and nothing was sent to Linq.',
    ),
    next: owner,
  },

  interrupted: {
    ...unclear,
    happened: say('The app was interrupted while Linq was being asked.'),
    next: watch,
  },
  stopped: {
    ...retryableRefusal,
    happened: say('This was stopped before it was sent to Linq.'),
    next: say('Press Retry, or run /linq-remove again, if it should happen after all.'),
  },
  'asked-to-wait': {
    ...retryableRefusal,
    happened: say('Linq asked us to stay away for longer than the app waits.'),
    next: say('Run /linq-remove again after that time.'),
    add: { next: say('Press “Add back…” again after that time.') },
  },
  'kept-busy': {
    ...retryableRefusal,
    happened: say('Linq put us off until the time for this was over.'),
    next: say('Wait a few minutes, then run /linq-remove again.'),
    add: { next: say('Wait a few minutes, then press “Add back…” again.') },
  },
  'never-reached': {
    ...retryableRefusal,
    happened: say('Linq could not be reached until the time for this was over.'),
    next: say('Run /linq-remove again once Linq can be reached.'),
    add: { next: say('Press “Add back…” again once Linq can be reached.') },
  },
  'unknown-chat': {
    ...refusal,
    happened: say('Linq does not know a chat with this ID, or it belongs to another account.'),
    next: say('Copy the chat ID from Linq once more and try again.'),
  },
  'not-a-member': {
    ...refusal,
    happened: ({ person, chat }) => `${person} is not a member of ${chat}.`,
    next: say('Check the person and the chat: handles must match what Linq lists.'),
  },
  'already-left': {
    ...refusal,
    happened: ({ person, chat }) => `${person} is no longer in ${chat}.`,
    next: say('Nothing needs to be done, unless you meant someone else.'),
    notDone: 'There is nothing left to remove.',
  },
  'our-own-line': {
    ...refusal,
    happened: ({ person, chat }) => `${person} is our own line in ${chat}.`,
    next: say('Choose another member. To leave a chat with our line, use Linq itself.'),
  },
  'our-line-left': {
    ...refusal,
    happened: ({ chat }) => `Our line is no longer in ${chat}, so we cannot change it.`,
    next: ({ person }) => `Ask a member of the chat to remove ${person} from their phone.`,
    add: addFromAPhone,
  },
  'own-line-unknown': {
    ...refusal,
    happened: ({ chat }) => `It cannot be told which member of ${chat} is our own line.`,
    next: say('Go back and enter the person to remove, so that our own line is not offered by mistake.'),
  },
  'too-few': {
    ...refusal,
    happened: ({ chat }) => `Fewer than 3 people would remain in ${chat}, and Linq does not allow that.`,
    next: ({ person }) => `Start a new chat without ${person} instead.`,
    add: {
      happened: ({ chat }) =>
        `Fewer than 3 people are left in ${chat}, and Linq adds nobody to so small a chat.`,
      next: ({ person }) => `Start a new chat with ${person} instead.`,
    },
  },
  'maybe-too-few': {
    ...retryableRefusal,
    happened: ({ chat }) =>
      `Linq refused. Only 3 would remain in ${chat}, our line included, which may be too few for it.`,
    next: ({ person }) => `Start a new chat without ${person} instead.`,
  },

  'still-listed': {
    ...unproven,
    happened: ({ person, chat }) => `${chat} still lists ${person} as a member. Linq gave no reason.`,
    next: (words) => `Look at the chat on a phone, then run /linq-remove again if needed. ${owner(words)}`,
    add: {
      happened: ({ person, chat }) => `${chat} still does not list ${person}. Linq gave no reason.`,
      next: say('Look at the chat on a phone.'),
    },
  },
  'not-accepted': {
    ...unproven,
    happened: ({ person, chat }) =>
      `Linq never clearly accepted this, and ${chat} still lists ${person} as a member.`,
    next: (words) => `Look at the chat on a phone, then run /linq-remove again if needed. ${owner(words)}`,
    add: {
      happened: ({ person, chat }) =>
        `Linq never clearly accepted this, and ${chat} does not list ${person}.`,
      next: say('Look at the chat on a phone.'),
    },
  },
  'asked-by-another': {
    ...unproven,
    happened: ({ person, chat }) =>
      `Another request has already asked Linq to remove ${person} from ${chat}. ${chat} still lists ${person} as a member.`,
    next: say('Look at the chat on a phone, then run /linq-remove again if needed.'),
  },
  unchecked: {
    ...unproven,
    happened: ({ chat }) => `The member list of ${chat} could not be read, so there is no proof either way.`,
    next: ({ person }) => `Look at the chat on a phone. If ${person} is still there, run /linq-remove again.`,
    add: { next: say('Look at the chat on a phone.') },
  },
} as const satisfies Record<string, Reason>;

export type ReasonName = keyof typeof REASONS;

/** An entry with its optional parts. */
export function reasonOf(name: ReasonName): Reason {
  return REASONS[name];
}

/** Linq's published codes that can reach a change. Every other code (1007 too, which is 429) is judged by its status. */
const BY_CODE: Readonly<Record<number, ReasonName>> = {
  1001: 'missing-field',
  1002: 'bad-number',
  1003: 'bad-body',
  1005: 'bad-value',
  1006: 'direct-chat',
  2001: 'not-found',
  2004: 'unauthorized',
  2005: 'access-denied',
  2006: 'line-denied',
  2008: 'sandbox',
  2009: 'still-creating',
  2011: 'feature-off',
  2013: 'chat-unavailable',
  2015: 'conflict',
  2016: 'unsupported-group',
  2017: 'unsupported-service',
  3001: 'server-error',
  3002: 'server-error',
  3003: 'server-error',
  3004: 'server-error',
  3005: 'network-timeout',
  3006: 'internal-error',
  3007: 'delivery-exhausted',
  4002: 'line-unavailable',
  4004: 'service-down',
};

const BY_STATUS: Readonly<Record<number, ReasonName>> = {
  401: 'unauthorized',
  403: 'access-denied',
  404: 'not-found',
  408: 'no-answer',
  409: 'conflict',
  429: 'rate-limited',
  503: 'service-down',
  504: 'network-timeout',
};

/**
 * The reason behind a failure. The code speaks only where it agrees with the HTTP status on whether Linq refused
 * (4xx) or failed (5xx); where they differ the status decides, because it cannot be forgotten by a gateway.
 */
export function reasonFor(failure: LinqFailure): ReasonName {
  const { status, code, sent } = failure;
  if (sent === 'unreachable') return 'unreachable';
  if (sent === 'not-built') return 'not-built';
  if (sent === 'held-back') return 'rate-limited';
  if (status === null || status < 300) return 'no-answer';
  if (status === 504 || status === 408 || status === 429) return BY_STATUS[status] ?? 'no-answer';
  const byCode = code === null ? undefined : BY_CODE[code];
  if (byCode && agrees(status, code ?? 0)) return byCode;
  return BY_STATUS[status] ?? (isServerFault(status) ? 'other-fault' : 'other-refusal');
}

/** Of all refusals only a 409 with 2009 is sent again: that code on any other status is not believed. */
function agrees(status: number, code: number): boolean {
  return code === 2009 ? status === 409 : isServerFault(status) === code >= 3000;
}

function isServerFault(status: number): boolean {
  return status >= 500;
}

/** The sentence for a reason: what happened, what was not done, what to do now. */
export function explain(
  name: ReasonName,
  notDone: string,
  words: Wording,
  direction: Direction = 'remove',
): string {
  const reason = reasonOf(name);
  const other = direction === 'add' ? reason.add : undefined;
  const happened = other?.happened ?? reason.happened;
  const next = other?.next ?? reason.next;
  return `${happened(words)} ${reason.notDone ?? notDone} ${next(words)}`;
}
