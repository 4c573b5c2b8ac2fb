import type { LinqFailure } from './ports.js';

/** What a removal does next for a reason: end, be sent again later, or be looked for in the roster. */
type Consequence = 'refuse' | 'wait' | 'check';

/** The words a sentence may use, already made fit for whoever reads it. */
export interface Wording {
  readonly person: string;
  readonly chat: string;
  readonly traceId: string | null;
}

interface Reason {
  readonly consequence: Consequence;
  readonly happened: (words: Wording) => string;
  readonly notDone: string;
  readonly next: (words: Wording) => string;
}

const NOBODY = 'Nobody was removed.';
const UNKNOWN_YET = 'It is not known yet whether the removal went through.';
const NOTHING_YET = 'Nobody was removed yet.';

const owner = ({ traceId }: Wording) =>
  traceId
    ? `Give the app's owner the reference ${traceId}.`
    : "Tell the app's owner what you tried and when.";
const watch = () => 'The member list is being checked, and what it shows is told here.';
const again = () => 'It is tried again by itself.';
const say =
  (sentence: string): Reason['next'] =>
  () =>
    sentence;

/**
 * Every reason why a removal does not simply succeed: what happened, what was not done, what to do now. The first
 * part follows Linq's error table (docs.linqapp.com/error), the second is what we find out by ourselves.
 * Modal and channel speak from this one table.
 */
export const REASONS = {
  'missing-field': {
    consequence: 'refuse',
    happened: say('Something went wrong on our side: Linq says the request was incomplete.'),
    notDone: NOBODY,
    next: owner,
  },
  'bad-number': {
    consequence: 'refuse',
    happened: ({ person }) => `Linq did not accept ${person} as a phone number or email.`,
    notDone: NOBODY,
    next: say('Write the number with + and the country code, like +12025550143, and try again.'),
  },
  'bad-body': {
    consequence: 'refuse',
    happened: say('Something went wrong on our side: Linq could not read the request.'),
    notDone: NOBODY,
    next: owner,
  },
  'bad-value': {
    consequence: 'refuse',
    happened: ({ chat }) => `Linq would not accept this removal from ${chat}.`,
    notDone: NOBODY,
    next: (words) => `Check the chat and the person, then try again. If it happens twice: ${owner(words)}`,
  },
  'direct-chat': {
    consequence: 'refuse',
    happened: ({ chat }) => `${chat} is a one-to-one chat, and Linq removes people only from groups.`,
    notDone: NOBODY,
    next: say('Choose a group chat.'),
  },
  'rate-limited': {
    consequence: 'wait',
    happened: say('Linq is busy and asked us to slow down.'),
    notDone: NOTHING_YET,
    next: again,
  },
  'not-found': {
    consequence: 'refuse',
    happened: ({ person, chat }) => `Linq could not find ${chat}, or ${person} is no longer in it.`,
    notDone: NOBODY,
    next: say('Run /linq-remove again to see who is in the chat now.'),
  },
  unauthorized: {
    consequence: 'refuse',
    happened: say('The app could not sign in to Linq.'),
    notDone: NOBODY,
    next: say("Ask the app's owner to check the Linq API key."),
  },
  'access-denied': {
    consequence: 'refuse',
    happened: ({ chat }) => `Our Linq account has no access to ${chat}.`,
    notDone: NOBODY,
    next: say("Choose another chat, or ask the app's owner."),
  },
  'line-denied': {
    consequence: 'refuse',
    happened: say('Our Linq account no longer has the phone line this chat uses.'),
    notDone: NOBODY,
    next: say("Ask the app's owner to check the line with Linq."),
  },
  sandbox: {
    consequence: 'refuse',
    happened: say('This Linq account is in test mode and cannot do that.'),
    notDone: NOBODY,
    next: say("Ask the app's owner to check the Linq account."),
  },
  'still-creating': {
    consequence: 'wait',
    happened: ({ chat }) => `Linq is still setting up ${chat}.`,
    notDone: NOTHING_YET,
    next: again,
  },
  'feature-off': {
    consequence: 'refuse',
    happened: say('Linq has not switched this on for our account.'),
    notDone: NOBODY,
    next: say("Ask the app's owner to contact Linq support."),
  },
  'chat-unavailable': {
    consequence: 'refuse',
    happened: ({ chat }) => `Linq says ${chat} is unavailable: most likely our line is no longer in it.`,
    notDone: NOBODY,
    next: ({ person }) => `Ask a member of the chat to remove ${person} from their phone.`,
  },
  conflict: {
    consequence: 'refuse',
    happened: ({ chat }) => `Linq says the removal does not fit the state ${chat} is in now.`,
    notDone: NOBODY,
    next: say('Run /linq-remove again and review the chat before you try once more.'),
  },
  'unsupported-group': {
    consequence: 'refuse',
    happened: say('Linq does not allow this in a group chat.'),
    notDone: NOBODY,
    next: owner,
  },
  'unsupported-service': {
    consequence: 'refuse',
    happened: ({ chat }) =>
      `Linq cannot remove members from this kind of chat (${chat} is probably an SMS group).`,
    notDone: NOBODY,
    next: ({ person }) => `To leave ${person} out, start a new group without them.`,
  },
  'server-error': {
    consequence: 'wait',
    happened: say('Linq had a problem.'),
    notDone: UNKNOWN_YET,
    next: say('The member list is read again before the next try.'),
  },
  'network-timeout': {
    consequence: 'check',
    happened: say('Linq did not get an answer in time from its own network.'),
    notDone: UNKNOWN_YET,
    next: watch,
  },
  'internal-error': {
    consequence: 'wait',
    happened: say('Linq had an internal error.'),
    notDone: UNKNOWN_YET,
    next: (words) =>
      `The member list is read again before the next try. If this stays unclear: ${owner(words)}`,
  },
  'delivery-exhausted': {
    consequence: 'wait',
    happened: ({ chat }) => `Linq could not reach ${chat}.`,
    notDone: UNKNOWN_YET,
    next: say('The member list is read again before the next try.'),
  },
  'line-unavailable': {
    consequence: 'wait',
    happened: say('The phone line of this chat is not available at Linq right now.'),
    notDone: UNKNOWN_YET,
    next: say("If this goes on, ask the app's owner to check the line."),
  },
  'service-down': {
    consequence: 'wait',
    happened: say('Linq is unavailable right now.'),
    notDone: UNKNOWN_YET,
    next: say('The member list is read again before the next try.'),
  },
  'other-refusal': {
    consequence: 'refuse',
    happened: say('Linq refused this removal.'),
    notDone: NOBODY,
    next: owner,
  },
  'other-fault': {
    consequence: 'wait',
    happened: say('Linq had a problem it did not explain.'),
    notDone: UNKNOWN_YET,
    next: say('The member list is read again before the next try.'),
  },
  'no-answer': {
    consequence: 'check',
    happened: say('Contact with Linq was lost before it gave an answer we could read.'),
    notDone: UNKNOWN_YET,
    next: watch,
  },

  interrupted: {
    consequence: 'check',
    happened: say('The app stopped while Linq was being asked.'),
    notDone: UNKNOWN_YET,
    next: watch,
  },
  stopped: {
    consequence: 'refuse',
    happened: say('This was stopped before it was sent to Linq.'),
    notDone: NOBODY,
    next: say('Press Retry, or run /linq-remove again, if it should happen after all.'),
  },
  'asked-to-wait': {
    consequence: 'refuse',
    happened: say('Linq asked us to stay away for longer than the app waits.'),
    notDone: NOBODY,
    next: say('Run /linq-remove again after that time.'),
  },
  'asked-to-wait-unclear': {
    consequence: 'refuse',
    happened: say('Linq had a problem and asked us to stay away for longer than the app waits.'),
    notDone: 'It is not known whether the removal went through.',
    next: ({ person }) =>
      `Look at the chat on a phone. If ${person} is still there, run /linq-remove again after that time.`,
  },
  'kept-busy': {
    consequence: 'refuse',
    happened: say('Linq put us off at every try.'),
    notDone: NOBODY,
    next: say('Wait a few minutes, then run /linq-remove again.'),
  },
  'kept-failing': {
    consequence: 'check',
    happened: say('Linq had a problem at every try.'),
    notDone: UNKNOWN_YET,
    next: watch,
  },
  'unknown-chat': {
    consequence: 'refuse',
    happened: say('Linq does not know a chat with this ID, or it belongs to another account.'),
    notDone: NOBODY,
    next: say('Copy the chat ID from Linq once more and try again.'),
  },
  'not-a-member': {
    consequence: 'refuse',
    happened: ({ person, chat }) => `${person} is not a member of ${chat}.`,
    notDone: NOBODY,
    next: say('Check the person and the chat: handles must match what Linq lists.'),
  },
  'already-left': {
    consequence: 'refuse',
    happened: ({ person, chat }) => `${person} is no longer in ${chat}.`,
    notDone: 'There is nothing left to remove.',
    next: say('Nothing needs to be done, unless you meant someone else.'),
  },
  'our-own-line': {
    consequence: 'refuse',
    happened: ({ person, chat }) => `${person} is our own line in ${chat}.`,
    notDone: NOBODY,
    next: say('Choose another member. To leave a chat with our line, use Linq itself.'),
  },
  'our-line-left': {
    consequence: 'refuse',
    happened: ({ chat }) => `Our line is no longer in ${chat}, so we cannot change it.`,
    notDone: NOBODY,
    next: ({ person }) => `Ask a member of the chat to remove ${person} from their phone.`,
  },
  'too-few': {
    consequence: 'refuse',
    happened: ({ chat }) => `Fewer than 3 people would remain in ${chat}, and Linq does not allow that.`,
    notDone: NOBODY,
    next: ({ person }) => `Start a new chat without ${person} instead.`,
  },
  'maybe-too-few': {
    consequence: 'refuse',
    happened: ({ chat }) =>
      `Linq refused. Only 3 would remain in ${chat}, our line included, which may be too few for it.`,
    notDone: NOBODY,
    next: ({ person }) => `Start a new chat without ${person} instead.`,
  },
  'still-listed': {
    consequence: 'refuse',
    happened: ({ person, chat }) => `${chat} still lists ${person} as a member. Linq gave no reason.`,
    notDone: 'The removal is not confirmed.',
    next: (words) => `Look at the chat on a phone, then run /linq-remove again if needed. ${owner(words)}`,
  },
  unchecked: {
    consequence: 'refuse',
    happened: ({ chat }) => `The member list of ${chat} could not be read, so there is no proof either way.`,
    notDone: 'The removal is not confirmed.',
    next: ({ person }) => `Look at the chat on a phone. If ${person} is still there, run /linq-remove again.`,
  },
} as const satisfies Record<string, Reason>;

export type ReasonName = keyof typeof REASONS;

/** Linq's published codes that can reach a removal. Every other code (1007 too, which is 429) is judged by its status. */
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
  const { status, code } = failure;
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

/** The whole sentence for a reason: what happened, what was not done, what to do now. */
export function explain(reason: ReasonName, words: Wording): string {
  const { happened, notDone, next } = REASONS[reason] as Reason;
  return `${happened(words)} ${notDone} ${next(words)}`;
}

export function consequenceOf(reason: ReasonName): Consequence {
  return REASONS[reason].consequence;
}
