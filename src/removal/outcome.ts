import type { Change, Done, Gone, Open, Refused, Status, Unconfirmed } from './change.js';
import { isHeldByPause } from './pause.js';
import { explain, type ReasonName, reasonOf, type Wording } from './reasons.js';
import type { Direction } from './request.js';

/** What people are told about a change. `when` is apart from the words because Slack shows times in each reader's zone. */
export interface Outcome {
  readonly headline: string;
  readonly sentence: string;
  readonly when: {
    readonly before: string;
    readonly at: Date;
    readonly after: string;
    readonly far: boolean;
  } | null;
}

type Tell<C extends Change> = (change: C, words: Wording) => Outcome;

const plain = (headline: string, sentence: string): Outcome => ({ headline, sentence, when: null });

/** What is certainly not, or not yet, the case. The first takes a type that only certainty can build. */
const NOT_DONE: Record<Direction, Record<'never' | 'notYet' | 'unknown' | 'unproven', string>> = {
  remove: {
    never: 'Nobody was removed.',
    notYet: 'Nobody was removed yet.',
    unknown: 'It is not known yet whether the removal went through.',
    unproven: 'The removal is not confirmed.',
  },
  add: {
    never: 'Nobody was added.',
    notYet: 'Nobody was added yet.',
    unknown: 'It is not known yet whether it went through.',
    unproven: 'It is not confirmed that anybody was added.',
  },
};

const asking: Tell<Open> = ({ direction }, { person, chat }) =>
  direction === 'add'
    ? plain('Adding back', `Linq is being asked to add ${person} back to ${chat}.`)
    : plain(
        'Asking Linq',
        `Linq has not yet answered the request to remove ${person} from ${chat}. What happens next is told here.`,
      );

/** Nothing is on the wire, and nothing is sent before the pause is over. */
const paused: Tell<Open> = ({ direction, mayStillAct }, { person, chat }) => {
  const wish = direction === 'add' ? `to add ${person} back to ${chat}` : `to remove ${person} from ${chat}`;
  const notDone = NOT_DONE[direction][mayStillAct ? 'unknown' : 'notYet'];
  return plain(
    'Paused',
    `The request ${wish} waits: nothing is sent to Linq while this app is paused. ${notDone}`,
  );
};

const waiting: Tell<Open> = (change, words) => {
  const notDone = NOT_DONE[change.direction][change.mayStillAct ? 'unknown' : 'notYet'];
  const when = change.notBefore && {
    before: 'Trying again at',
    at: change.notBefore,
    after: '.',
    far: false,
  };
  return { headline: 'Trying again soon', sentence: because(change, notDone, words), when };
};

/** A clear no about one call says nothing about an earlier one that may still be carried out. */
const unsure: Tell<Open> = (change, words) => {
  const notDone = NOT_DONE[change.direction].unknown;
  const reason = change.reason ?? 'no-answer';
  const isClear = reasonOf(reason).kind === 'refusal';
  const sentence = isClear
    ? `An earlier request to Linq was not answered clearly and may still be carried out. ${notDone} The member list is being checked, and what it shows is told here.`
    : because(change, notDone, words);
  return plain('No answer yet, checking', sentence);
};

const queued: Tell<Open> = ({ direction }, { person, chat }) =>
  direction === 'add'
    ? plain(
        'Adding back queued',
        `Linq accepted the request to add ${person} back to ${chat}. It is not done yet: once the member list shows it, you read it here.`,
      )
    : plain(
        'Removal queued',
        `Linq accepted the request to remove ${person} from ${chat}. It is not done yet: once the member list shows it, you read it here.`,
      );

const done: Tell<Done> = (change, words) =>
  change.direction === 'add' ? back(words) : removed(change, words);

function back({ person, chat }: Wording): Outcome {
  return plain('Back', `${person} is in ${chat} again. What was written in between was not restored.`);
}

function removed(change: Done, { person, chat }: Wording): Outcome {
  if (!change.wasSeen) {
    return plain(
      'Not in the chat',
      `${person} is not in ${chat}. The app never saw them there, so check that it is the right number or email.`,
    );
  }
  if (change.reason) {
    return plain(
      'No longer in the chat',
      `${person} is no longer in ${chat}. As far as Linq says, that was not done by this request.`,
    );
  }
  return change.leftVoluntarily
    ? plain(
        'No longer in the chat',
        `${person} is no longer in ${chat}. Linq shows that they left on their own.`,
      )
    : plain('Removed', `${person} is no longer in ${chat}, confirmed after ${duration(change)}.`);
}

const gone: Tell<Gone> = (change, { person, chat }) => {
  const { direction, attempts, reason } = change;
  const sent = attempts > 0 ? 'Linq had not carried out a request of ours.' : 'Nothing was sent to Linq.';
  if (direction === 'add')
    return plain('Already back', `${chat} listed ${person} as a member already. ${sent}`);
  if (reason) {
    return plain(
      'Already gone',
      `${person} left ${chat} just before Linq was asked, so Linq had nothing to do.`,
    );
  }
  return plain('Already gone', `${person} was not a member of ${chat} any more. ${sent}`);
};

const refused: Tell<Refused> = (change, words) => ({
  headline: change.direction === 'add' ? 'Not added back' : 'Not removed',
  sentence: explain(change.reason, NOT_DONE[change.direction].never, words, change.direction),
  when: change.notBefore && { before: 'Try again after', at: change.notBefore, after: '.', far: true },
});

const unconfirmed: Tell<Unconfirmed> = (change, words) => {
  const { troubleSince, direction } = change;
  return {
    headline: 'Not confirmed',
    sentence: because(change, NOT_DONE[direction].unproven, words),
    when: troubleSince && {
      before: 'Linq has given no usable answer about this since',
      at: troubleSince,
      after: '.',
      far: true,
    },
  };
};

type ByStatus = { readonly [S in Open['status']]: Tell<Open> } & {
  readonly done: Tell<Done>;
  readonly gone: Tell<Gone>;
  readonly refused: Tell<Refused>;
  readonly unconfirmed: Tell<Unconfirmed>;
};

/** One entry a status: a new status does not compile until it has its words, nor words that its type does not allow. */
const TELL: ByStatus = {
  approved: asking,
  sending: asking,
  waiting,
  unsure,
  queued,
  done,
  gone,
  refused,
  unconfirmed,
};

/** What would be sent, were it not for the pause; what is being checked is checked all the same. */
export function isKeptFromSending(change: Change, isPaused: boolean): boolean {
  return isPaused && isHeldByPause(change) && change.status !== 'unsure';
}

/** The words for a change as it stands. Pure; everything in `words` must already be fit for its readers. */
export function outcomeOf(change: Change, words: Wording, isPaused = false): Outcome {
  const outcome = tell(change, words, isPaused);
  return change.stopped
    ? { ...outcome, sentence: `${outcome.sentence}${STOPPED_LATE[change.status]}` }
    : outcome;
}

const TOO_LATE = ' When Stop was pressed, this was already on its way to Linq';

/** What Stop did not keep from being sent: without a word the message would be at odds with who stopped it. */
const STOPPED_LATE: Record<Status, string> = {
  approved: '',
  sending: `${TOO_LATE}; it is not sent again.`,
  waiting: '',
  unsure: `${TOO_LATE}; it is not sent again.`,
  queued: `${TOO_LATE}.`,
  done: `${TOO_LATE}.`,
  gone: '',
  refused: '',
  unconfirmed: `${TOO_LATE}.`,
};

function tell(change: Change, words: Wording, isPaused: boolean): Outcome {
  const known = { ...words, traceId: change.traceId };
  switch (change.status) {
    case 'done':
      return TELL.done(change, known);
    case 'gone':
      return TELL.gone(change, known);
    case 'refused':
      return TELL.refused(change, known);
    case 'unconfirmed':
      return TELL.unconfirmed(change, known);
    default:
      return isKeptFromSending(change, isPaused) ? paused(change, known) : TELL[change.status](change, known);
  }
}

/** For windows, where nothing was approved yet: why it is impossible. */
export function explainImpossible(
  reason: ReasonName,
  words: Wording,
  direction: Direction = 'remove',
): string {
  return explain(reason, NOT_DONE[direction].never, words, direction);
}

/** Linq's own text is worth showing only for a refusal or a wait that our sentence does not already explain. */
export function isLinqsTextUseful({ linqSays, reason, status }: Change): boolean {
  if (linqSays === null || reason === null || status === 'unsure') return false;
  return reasonOf(reason).kind === 'refusal' || reasonOf(reason).kind === 'wait';
}

/** Whether pressing Retry makes sense for a removal that ended badly. */
export function isRetryable({ status, reason, direction }: Change): boolean {
  if (direction === 'add' || reason === null) return false;
  return status === 'unconfirmed' || (status === 'refused' && reasonOf(reason).retryable);
}

const COUNTED: Record<Exclude<Status, 'done'>, string> = {
  queued: 'queued',
  gone: 'already gone',
  refused: 'refused',
  unconfirmed: 'not confirmed',
  unsure: 'being checked',
  waiting: 'waiting for Linq',
  sending: 'being sent',
  approved: 'not sent yet',
};
const DONE = ['removed', 'back', 'no longer in the chat', 'not in the chat'];
/** In the order in which they are told. */
const WORDS = [...new Set([COUNTED.queued, ...DONE, ...Object.values(COUNTED)])];

/** As what a change counts. Like its own line, the tally claims no removal that this app did not do. */
function countedAs(change: Change): string {
  if (change.status !== 'done') return COUNTED[change.status];
  if (change.direction === 'add') return 'back';
  if (!change.wasSeen) return 'not in the chat';
  return change.reason || change.leftVoluntarily ? 'no longer in the chat' : 'removed';
}

/** How far a request is: "12 of 40 queued, 9 removed, 1 refused". `leftOut`: how many more were asked for and not approved. */
export function tally(changes: readonly Change[], isPaused = false, leftOut = 0): string {
  const held = changes.filter((change) => isKeptFromSending(change, isPaused));
  const others = changes.filter((change) => !held.includes(change));
  const counts = WORDS.flatMap((words) => {
    const count = others.filter((change) => countedAs(change) === words).length;
    return count > 0 ? [{ count, words }] : [];
  });
  if (held.length > 0) counts.push({ count: held.length, words: 'paused' });
  if (leftOut > 0) counts.push({ count: leftOut, words: 'not possible any more' });
  return counts
    .map(({ count, words }, index) =>
      index === 0 ? `${count} of ${changes.length + leftOut} ${words}` : `${count} ${words}`,
    )
    .join(', ');
}

function because({ reason, direction }: Change, notDone: string, words: Wording): string {
  return explain(reason ?? 'no-answer', notDone, words, direction);
}

/** From the call's leaving to proof, in whole seconds, minutes or hours. */
function duration({ sentAt, settledAt }: Done): string {
  const ms = sentAt && settledAt ? settledAt.getTime() - sentAt.getTime() : 0;
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 90) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}
