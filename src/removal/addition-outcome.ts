import type { Addition, AdditionStatus } from './addition.js';
import { explainReluctance } from './addition-reasons.js';
import type { Outcome } from './outcome.js';
import type { Wording } from './reasons.js';
import { MAX_ATTEMPTS } from './schedule.js';

type Tell = (addition: Addition, words: Wording) => Outcome;

const plain = (headline: string, sentence: string): Outcome => ({ headline, sentence, when: null });

/** One entry a status, as for removals; an addition has words of its own. */
const TELL: Record<AdditionStatus, Tell> = {
  adding: (addition, words) =>
    addition.notBefore
      ? {
          headline: 'Trying again soon',
          sentence: because(addition, 'wait', words),
          when: retryTime(
            addition,
            'Trying again at',
            ` (${addition.attempts + 1} of ${MAX_ATTEMPTS}).`,
            false,
          ),
        }
      : plain('Adding back', `Linq is being asked to add ${words.person} back to ${words.chat}.`),
  unsure: (addition, words) => plain('No answer yet, checking', because(addition, 'check', words)),
  queued: (_addition, { person, chat }) =>
    plain(
      'Adding back queued',
      `Linq accepted the request to add ${person} back to ${chat}. It is not done yet: once the member list shows it, you read it here.`,
    ),
  back: ({ reason }, { person, chat }) =>
    reason === 'already-in'
      ? plain('Already back', `${chat} listed ${person} as a member already. Nothing was sent to Linq.`)
      : plain('Back', `${person} is in ${chat} again. What was written in between was not restored.`),
  refused: (addition, words) => ({
    headline: 'Not added back',
    sentence: because(addition, 'refuse', words),
    when: retryTime(addition, 'Try again after', '.', true),
  }),
  unconfirmed: (addition, words) => plain('Not confirmed', because(addition, 'end', words)),
};

/** The words for an addition as it stands. Pure; everything in `words` must already be fit for its readers. */
export function additionOutcome(addition: Addition, words: Wording): Outcome {
  return TELL[addition.status](addition, words);
}

function because(
  { reason }: Addition,
  notDone: Parameters<typeof explainReluctance>[1],
  words: Wording,
): string {
  return explainReluctance(reason === null || reason === 'already-in' ? 'no-answer' : reason, notDone, words);
}

function retryTime({ notBefore }: Addition, before: string, after: string, far: boolean): Outcome['when'] {
  return notBefore && { before, at: notBefore, after, far };
}
