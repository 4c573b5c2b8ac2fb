import type { LinqFailure } from './ports.js';
import { consequenceOf, reasonFor, type Wording } from './reasons.js';

interface Words {
  readonly happened: (words: Wording) => string;
  readonly next: (words: Wording) => string;
}

const say = (sentence: string) => () => sentence;
const owner = ({ traceId }: Wording) =>
  traceId
    ? `Give the app's owner the reference ${traceId}.`
    : "Tell the app's owner what you tried and when.";
const fromAPhone = ({ person }: Wording) => `Ask a member of the chat to add ${person} from their phone.`;
const watch = say('The member list is being checked, and this reply will say what it shows.');
const again = say('It is tried again by itself.');

/** Why an addition does not simply succeed: what happened and what to do now. Never a word about a removal. */
const RELUCTANCES = {
  'bad-number': {
    happened: ({ person }) => `Linq did not accept ${person} as a phone number or email.`,
    next: fromAPhone,
  },
  'bad-value': {
    happened: ({ person, chat }) => `Linq would not accept adding ${person} to ${chat}.`,
    next: fromAPhone,
  },
  'not-found': { happened: ({ chat }) => `Linq could not find ${chat}.`, next: owner },
  unauthorized: {
    happened: say('The app could not sign in to Linq.'),
    next: say("Ask the app's owner to check the Linq API key."),
  },
  'access-denied': {
    happened: ({ chat }) => `Our Linq account has no access to ${chat}.`,
    next: fromAPhone,
  },
  'line-denied': {
    happened: say('Our Linq account no longer has the phone line this chat uses.'),
    next: say("Ask the app's owner to check the line with Linq."),
  },
  'feature-off': {
    happened: say('Linq has not switched this on for our account.'),
    next: say("Ask the app's owner to contact Linq support."),
  },
  'chat-unavailable': {
    happened: ({ chat }) => `Linq says ${chat} is unavailable: most likely our line is no longer in it.`,
    next: fromAPhone,
  },
  'our-line-left': {
    happened: ({ chat }) => `Our line is no longer in ${chat}, so we cannot change it.`,
    next: fromAPhone,
  },
  'too-few': {
    happened: ({ chat }) =>
      `Fewer than 3 people are left in ${chat}, and Linq adds nobody to so small a chat.`,
    next: ({ person }) => `Start a new chat with ${person} instead.`,
  },
  conflict: {
    happened: ({ chat }) => `Linq says this does not fit the state ${chat} is in now.`,
    next: fromAPhone,
  },
  'unsupported-service': {
    happened: ({ chat }) =>
      `Linq cannot add members to this kind of chat (${chat} is probably an SMS group, or uses another service than they do).`,
    next: fromAPhone,
  },
  'asked-to-wait': {
    happened: say('Linq asked us to stay away for longer than the app waits.'),
    next: say('Press “Add back…” again after that time.'),
  },
  'kept-busy': {
    happened: say('Linq put us off at every try.'),
    next: say('Wait a few minutes, then press “Add back…” again.'),
  },
  'other-refusal': { happened: say('Linq refused this.'), next: owner },

  'rate-limited': { happened: say('Linq is busy and asked us to slow down.'), next: again },
  'still-creating': { happened: ({ chat }) => `Linq is still setting up ${chat}.`, next: again },

  'no-answer': {
    happened: say('Contact with Linq was lost before it gave an answer we could read.'),
    next: watch,
  },
  'server-error': { happened: say('Linq had a problem.'), next: watch },
  interrupted: { happened: say('The app stopped while Linq was being asked.'), next: watch },

  'not-listed': {
    happened: ({ person, chat }) => `${chat} still does not list ${person}. Linq gave no reason.`,
    next: say('Look at the chat on a phone.'),
  },
  unchecked: {
    happened: ({ chat }) => `The member list of ${chat} could not be read, so there is no proof either way.`,
    next: say('Look at the chat on a phone.'),
  },
} as const satisfies Record<string, Words>;

export type Reluctance = keyof typeof RELUCTANCES | 'already-in';

/** What becomes of an addition that Linq did not accept. */
type Verdict = 'refuse' | 'wait' | 'check';

/** 429 and 2009 queued nothing and are waited out; after any other trouble the roster is looked at first. */
export function judgeFailure(failure: LinqFailure): {
  readonly reason: Reluctance;
  readonly verdict: Verdict;
} {
  const reason = reasonFor(failure);
  if (reason === 'rate-limited' || reason === 'still-creating') return { reason, verdict: 'wait' };
  switch (consequenceOf(reason)) {
    case 'refuse':
      return { reason: isKnown(reason) ? reason : 'other-refusal', verdict: 'refuse' };
    case 'wait':
      return { reason: 'server-error', verdict: 'check' };
    case 'check':
      return { reason: 'no-answer', verdict: 'check' };
  }
}

function isKnown(reason: string): reason is keyof typeof RELUCTANCES {
  return Object.hasOwn(RELUCTANCES, reason);
}

const NOT_DONE = {
  refuse: 'Nobody was added.',
  wait: 'Nobody was added yet.',
  check: 'It is not known yet whether it went through.',
  end: 'It is not confirmed that anybody was added.',
} as const;

/** The whole sentence: what happened, what was not done, what to do now. */
export function explainReluctance(
  reason: Exclude<Reluctance, 'already-in'>,
  notDone: keyof typeof NOT_DONE,
  words: Wording,
): string {
  const { happened, next }: Words = RELUCTANCES[reason];
  return `${happened(words)} ${NOT_DONE[notDone]} ${next(words)}`;
}
