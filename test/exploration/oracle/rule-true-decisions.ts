import type { Submission } from '../journal.js';
import { answersTo } from './answers.js';
import { samePair } from './evidence.js';
import type { Meaning } from './meanings.js';
import { type Case, clock, type Rule, type Violation } from './violation.js';
import type { Wish } from './wish.js';
import { isDecision } from './wishes.js';

/** Rule 1, for what an approver is answered: the message of the request names who approved or declined it. */
export const decisionsAreTrue: Rule = (found) =>
  found.journal.submissions.filter(isAboutRequest).flatMap((submission) =>
    answersTo(found, submission, submission.window.id).flatMap(({ at, statements }) =>
      statements.flatMap(({ meaning, sentence }) => {
        const wishes = wishesOf(found, submission);
        const isTrue = TRUE_WHEN[meaning]?.(wishes, submission) ?? true;
        if (isTrue || wishes.length === 0) return [];
        const words = `${submission.who} decided and read “${sentence}” (at ${clock(found, at)}), and no message agrees`;
        return [{ kind: `false: ${meaning}`, words } satisfies Violation];
      }),
    ),
  );

const isAboutRequest = (submission: Submission) =>
  isDecision(submission) || submission.window.title === 'Decline' || isWithdrawal(submission);

const isWithdrawal = ({ window }: Submission) => window.title === 'Withdraw request';

/** What an approver's window is about; where others decline or withdraw, both are possible. */
const KINDS: Readonly<Record<string, Wish['kind']>> = {
  'Review removal': 'removal',
  'Review adding back': 'addition',
};

/** Whose requests the window may have been about; one of those that were asked to decline, where it names none. */
function wishesOf({ wishes }: Case, submission: Submission): readonly Wish[] {
  const { who, at, window } = submission;
  const kind = KINDS[window.title];
  const asked = wishes.filter(
    (wish) =>
      (kind === undefined || wish.kind === kind) &&
      wish.at <= at &&
      wish.message !== null &&
      (wish.who === who) === isWithdrawal(submission),
  );
  if (window.pairs.length === 0) return asked;
  return asked.filter(({ pairs }) =>
    pairs.some((pair) => window.pairs.some((shown) => samePair(pair, shown))),
  );
}

type Check = (wishes: readonly Wish[], submission: Submission) => boolean;

/** A message that is deleted, or was never seen by its author again, cannot witness. */
const says = (wishes: readonly Wish[], pattern: RegExp) =>
  wishes.some(
    (wish) =>
      wish.message?.isDeleted ||
      toldOf(wish).some(({ states }) => states.some(({ text }) => pattern.test(text.toLowerCase()))),
  );

/** The message, and what came before or beside it: when nobody decided in time, the asker is told in one of its own. */
const toldOf = ({ message, others, copies }: Wish) => [...(message ? [message] : []), ...others, ...copies];

const approvedBy = ({ who }: Submission) => new RegExp(`approved by [^·\n]*@${who}`);
const declinedBy = ({ who }: Submission) => new RegExp(`declined by @${who}`);

const withdrawnBy = ({ who }: Submission) => new RegExp(`withdrawn by @${who}`);

const isApproved: Check = (wishes, submission) => says(wishes, approvedBy(submission));
const isDeclined: Check = (wishes, submission) => says(wishes, declinedBy(submission));

/** Not by this person, in any of the requests that it can have been about. */
const isUndecided: Check = (wishes, submission) =>
  !wishes.every((wish) => {
    const all = toldOf(wish).flatMap(({ states }) => states.map(({ text }) => text.toLowerCase()));
    const patterns = [approvedBy, declinedBy, withdrawnBy].map((by) => by(submission));
    return all.some((text) => patterns.some((pattern) => pattern.test(text)));
  });

const TRUE_WHEN: Partial<Record<Meaning, Check>> = {
  'approval is recorded': isApproved,
  'decision is recorded': (wishes, submission) =>
    isApproved(wishes, submission) || isDeclined(wishes, submission),
  'decline is recorded': isDeclined,
  'withdrawal is recorded': (wishes, submission) => says(wishes, withdrawnBy(submission)),
  withdrawn: (wishes) => says(wishes, /withdrawn by/),
  'nothing was decided': isUndecided,
  'was not recorded': isUndecided,
  'others approved': (wishes) => says(wishes, /approved by/),
  'others declined': (wishes) => says(wishes, /declined by/),
  expired: (wishes) => says(wishes, /nobody approved this in time/),
  undelivered: (wishes) => says(wishes, /slack did not take the message/),
};
