import { explain, REASONS, type ReasonName, type Wording } from './reasons.js';
import type { Removal, RemovalStatus } from './removal.js';
import { MAX_ATTEMPTS } from './schedule.js';

/** What people are told about a removal. `when` is apart from the words because Slack shows times in each reader's zone. */
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

type Tell = (removal: Removal, words: Wording) => Outcome;

const plain = (headline: string, sentence: string): Outcome => ({ headline, sentence, when: null });

const asking: Tell = (_removal, { person, chat }) =>
  plain(
    'Asking Linq',
    `Linq has not yet answered the request to remove ${person} from ${chat}. What happens next is told here.`,
  );

/** One entry a status: a new status does not compile until it has its words. */
const TELL: Record<RemovalStatus, Tell> = {
  approved: asking,
  sending: asking,
  waiting: (removal, words) => ({
    headline: 'Trying again soon',
    sentence: because(removal, words),
    when: retryTime(removal, 'Trying again at', ` (${removal.attempts + 1} of ${MAX_ATTEMPTS}).`),
  }),
  unsure: (removal, words) => plain('No answer yet, checking', because(removal, words)),
  queued: (_removal, { person, chat }) =>
    plain(
      'Removal queued',
      `Linq accepted the request to remove ${person} from ${chat}. It is not done yet: once the member list shows it, you read it here.`,
    ),
  removed: (removal, { person, chat }) =>
    removal.leftAlone
      ? plain(
          'No longer in the chat',
          `${person} is no longer in ${chat}. Linq shows that they left on their own.`,
        )
      : plain('Removed', `${person} is no longer in ${chat}, confirmed after ${duration(removal)}.`),
  gone: (removal, { person, chat }) =>
    removal.reason
      ? plain('Already gone', `${person} left ${chat} just before Linq was asked, so Linq had nothing to do.`)
      : plain('Already gone', `${person} was not a member of ${chat} any more. Nothing was sent to Linq.`),
  refused: (removal, words) => ({
    headline: 'Not removed',
    sentence: because(removal, words),
    when: retryTime(removal, 'Try again after', '.', true),
  }),
  unconfirmed: (removal, words) => plain('Not confirmed', because(removal, words)),
};

/** The words for a removal as it stands. Pure; everything in `words` must already be fit for its readers. */
export function outcomeOf(removal: Removal, words: Wording): Outcome {
  return TELL[removal.status](removal, { ...words, traceId: removal.traceId });
}

/** Linq's own text is worth showing only for a refusal that our sentence does not already explain. */
export function isLinqsTextUseful(removal: Removal): boolean {
  return (
    removal.linqSays !== null && removal.reason !== null && REASONS[removal.reason].consequence !== 'check'
  );
}

/** Ends that a second try could change; the others would only end the same way. */
const WORTH_RETRYING: ReadonlySet<ReasonName> = new Set([
  'rate-limited',
  'still-creating',
  'kept-busy',
  'asked-to-wait',
  'asked-to-wait-unclear',
  'stopped',
  'conflict',
  'bad-value',
  'not-found',
  'unauthorized',
  'access-denied',
  'line-denied',
  'feature-off',
  'other-refusal',
  'still-listed',
  'unchecked',
  'maybe-too-few',
]);

/** Whether pressing Retry makes sense for a removal that ended badly. */
export function isRetryable({ status, reason }: Removal): boolean {
  return status === 'unconfirmed' || (status === 'refused' && reason !== null && WORTH_RETRYING.has(reason));
}

const COUNTED: readonly (readonly [readonly RemovalStatus[], string])[] = [
  [['queued'], 'queued'],
  [['removed'], 'removed'],
  [['gone'], 'already gone'],
  [['refused'], 'refused'],
  [['unconfirmed'], 'not confirmed'],
  [['unsure'], 'being checked'],
  [['waiting'], 'waiting for Linq'],
  [['approved', 'sending'], 'not sent yet'],
];

/** How far a request is: "12 of 40 queued, 9 removed, 1 refused". */
export function tally(removals: readonly Removal[]): string {
  const counts = COUNTED.flatMap(([statuses, words]) => {
    const count = removals.filter(({ status }) => statuses.includes(status)).length;
    return count > 0 ? [{ count, words }] : [];
  });
  return counts
    .map(({ count, words }, index) =>
      index === 0 ? `${count} of ${removals.length} ${words}` : `${count} ${words}`,
    )
    .join(', ');
}

function because(removal: Removal, words: Wording): string {
  return explain(removal.reason ?? 'no-answer', words);
}

function retryTime(removal: Removal, before: string, after: string, far = false): Outcome['when'] {
  return removal.notBefore ? { before, at: removal.notBefore, after, far } : null;
}

/** From taking it up for sending to proof, in whole seconds or minutes. */
function duration({ sentAt, settledAt }: Removal): string {
  const ms = sentAt && settledAt ? settledAt.getTime() - sentAt.getTime() : 0;
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 90) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.round(seconds / 60)} minutes`;
}
