import type { Pair } from '../cast.js';
import type { Submission } from '../journal.js';
import { answersTo } from './answers.js';
import { samePair } from './evidence.js';
import { isAskedThere, isNotAskedThere } from './judge-places.js';
import type { Meaning } from './meanings.js';
import type { Statement } from './reading.js';
import type { Judge } from './said.js';
import { solelyFor } from './sole.js';
import { mayBeAbout } from './told-of.js';
import { type Case, clock, type Rule, type Violation } from './violation.js';
import type { Wish } from './wish.js';
import { isDecision } from './wishes.js';

/** Rule 1, for what a person is answered who asked for something in a window. Decisions have a rule of their own. */
export const answersAreTrue: Rule = (found) =>
  found.journal.submissions
    .filter((submission) => asksForSomething(submission) && !isDecision(submission))
    .flatMap((submission) =>
      answersTo(found, submission, submission.window.id).flatMap(({ at, statements }) =>
        statements.flatMap((statement) => {
          const wrong = TRUE_WHEN[statement.meaning]?.(found, submission, statement, at) ?? [];
          if (wrong.length === 0) return [];
          const about = wrong.map(({ member, chat }) => `${member} in …${chat.slice(-4)}`).join(', ');
          const words = `${submission.who} read “${statement.sentence}” (at ${clock(found, at)}), which is not so for ${about}`;
          return [{ kind: `false: ${statement.meaning}`, words } satisfies Violation];
        }),
      ),
    );

/** For whom it is not so; none when it is true. */
type Check = (found: Case, submission: Submission, statement: Statement, at: number) => readonly Pair[];

const recorded: Check = (found, submission) =>
  pairsIn(submission).filter((pair) => !isOnRecord(found, submission, pair));

const notRecorded: Check = (found, submission) =>
  pairsIn(submission).filter((pair) => isOnRecord(found, submission, pair));

/** What an earlier press in the same window asked for is on record, and was not meant. */
const nothingMore: Check = (found, submission, ...rest) => {
  const earlier = found.journal.submissions.filter(
    ({ window, at }) => window.id === submission.window.id && at < submission.at,
  );
  const before = earlier.flatMap(pairsIn);
  return notRecorded(found, submission, ...rest).filter(
    (pair) => !before.some((each) => samePair(each, pair)),
  );
};

/** Each line names its own person and chat. */
const isNamedOnRecord: Check = (found, submission, statement) =>
  found.wishes
    .filter(({ windowId }) => windowId === submission.window.id)
    .flatMap(({ pairs }) => pairs)
    .filter((pair) => mayBeAbout(statement, pair) && !isOnRecord(found, submission, pair));

const byAnother: Check = (found, submission) => {
  const others = found.wishes.filter(
    ({ kind, windowId }) => kind === 'addition' && windowId !== submission.window.id,
  );
  const pairs = pairsIn(submission);
  const isTaken = pairs.some((pair) =>
    others.some((wish) => wish.pairs.some((each) => samePair(each, pair))),
  );
  return isTaken ? [] : pairs;
};

/** By then, as a message would say it. */
const asInMessages =
  (judge: Judge): Check =>
  (found, submission, statement, at) => {
    // The same window may be submitted again later, and what it read before was not about that.
    const wish = found.wishes.findLast((each) => each.windowId === submission.window.id && each.at <= at);
    if (!wish) return [];
    return wish.pairs.filter((pair) => judge({ found, wish, pair, statement, at, isLast: false }) !== null);
  };

const TRUE_WHEN: Partial<Record<Meaning, Check>> = {
  'approval is recorded': recorded,
  'request is recorded': recorded,
  'addition is recorded': recorded,
  'is on record': isNamedOnRecord,
  'was not recorded': notRecorded,
  'nobody was removed': notRecorded,
  'nothing more was recorded': nothingMore,
  'it waits in other places': asInMessages(isAskedThere),
  'it could not be brought to others': asInMessages(isNotAskedThere),
  'is being added by another window': byAnother,
};

const ASKING_BUTTONS = ['Remove', 'Ask for approval', 'Add back'];

function asksForSomething({ window }: Submission): boolean {
  return window.button !== null && ASKING_BUTTONS.includes(window.button);
}

const pairsIn = ({ window }: Submission): readonly Pair[] => window.pairs;

/** It shows in a message, also in one to those who are to approve, or Linq was asked. */
function isOnRecord(found: Case, { window }: Submission, pair: Pair): boolean {
  return found.wishes.some(
    (wish) =>
      wish.windowId === window.id &&
      wish.pairs.some((each) => samePair(each, pair)) &&
      (wish.message !== null || wish.copies.length > 0 || wasAsked(found, wish, pair)),
  );
}

function wasAsked(found: Case, wish: Wish, pair: Pair): boolean {
  return solelyFor(found, wish, pair).length > 0;
}
