import { APPROVERS } from '../cast.js';
import type { Press, Submission } from '../journal.js';
import { type Pair, type State, samePair, type Told } from './evidence.js';
import type { Meaning } from './sentences.js';
import { solelyFor } from './sole.js';
import { type Case, clock, type Rule, type Violation } from './violation.js';
import { isDecision, type Wish } from './wishes.js';

/** An answer to a press is one that comes before the person does something else, and not later than this. */
const ANSWERS_WITHIN_MS = 60_000;

/** Rule 1, for what a person is answered in a window or in words that only they see. */
export const answersAreTrue: Rule = (found) => [...recordedAnswers(found), ...stopAnswers(found)];

function recordedAnswers(found: Case): readonly Violation[] {
  return found.journal.submissions.filter(asksForSomething).flatMap((submission) =>
    answersTo(found, submission).flatMap((state) =>
      state.statements.flatMap((statement) => {
        const says = ABOUT_RECORDS[statement.meaning];
        if (says === undefined) return [];
        const wrong = pairsIn(submission).filter((pair) => isOnRecord(found, submission, pair) !== says);
        if (wrong.length === 0) return [];
        const about = wrong.map(({ member, chat }) => `${member} in …${chat.slice(-4)}`).join(', ');
        const truth = says ? 'there is no trace of it' : 'it was recorded';
        const words = `${submission.who} read “${statement.sentence}” (at ${clock(found, state.at)}); ${truth}: ${about}`;
        return [{ kind: `false: ${statement.meaning}`, words }];
      }),
    ),
  );
}

/** Whether an answer means that what was asked for is on record, or that it is not. */
const ABOUT_RECORDS: Partial<Record<Meaning, boolean>> = {
  'approval is recorded': true,
  'request is recorded': true,
  'addition is recorded': true,
  'was not recorded': false,
  'nobody was removed': false,
};

const ASKING_BUTTONS = ['Remove', 'Ask for approval', 'Add back'];

function asksForSomething({ window }: Submission): boolean {
  return window.button !== null && ASKING_BUTTONS.includes(window.button) && window.member !== null;
}

function pairsIn({ window: { member, chats } }: Submission): readonly Pair[] {
  return member === null ? [] : chats.map((chat) => ({ member, chat }));
}

/** What came in the window, or below the conversation, before the person did anything else. */
function answersTo(found: Case, submission: Submission): readonly State[] {
  const { who, at, window } = submission;
  const until = nextDoing(found, who, at);
  const person = found.stage.people[who].id;
  return found.told
    .filter((told) => told.to === person && (told.kind === 'ephemeral' || told.id.endsWith(` ${window.id}`)))
    .flatMap(({ states }) => states)
    .filter((state) => state.at >= at && state.at <= until);
}

/** When the person did something else, in milliseconds. A second press of the same button is nothing else. */
function nextDoing({ journal }: Case, who: string, at: number): number {
  const doings = [...journal.submissions, ...journal.presses, ...journal.commands, ...journal.marks];
  const later = doings.filter((doing) => doing.who === who && doing.at > at).map((doing) => doing.at);
  return Math.min(at + ANSWERS_WITHIN_MS, ...later.map((time) => time - 1));
}

/** It shows in a message, or Linq was asked. */
function isOnRecord(found: Case, submission: Submission, pair: Pair): boolean {
  const wish = wishOf(found, submission, pair);
  if (!wish) return false;
  if (isDecision(submission))
    return solelyFor(found, wish, pair).length > 0 || wasDecided(wish, submission.at);
  return wish.message !== null || solelyFor(found, wish, pair).length > 0;
}

/** A decision is about somebody else's wish; else it is about the wish that this window was submitted for. */
function wishOf({ wishes }: Case, submission: Submission, pair: Pair): Wish | undefined {
  const about = wishes.filter(({ pairs }) => pairs.some((each) => samePair(each, pair)));
  return isDecision(submission)
    ? about.findLast((wish) => wish.at <= submission.at && wish.who !== submission.who)
    : about.findLast((wish) => wish.windowId === submission.window.id);
}

/** Once decided, a message no longer waits for a decision. */
function wasDecided({ message }: Wish, since: number): boolean {
  const after = (message?.states ?? []).filter(({ at }) => at >= since);
  return after.some(({ statements }) => !statements.some(({ meaning }) => UNDECIDED.includes(meaning)));
}

const UNDECIDED: readonly Meaning[] = ['waits for approval', 'declined', 'expired'];

function stopAnswers(found: Case): readonly Violation[] {
  return found.journal.presses
    .filter(({ button }) => button === 'Stop')
    .flatMap((press) => {
      const wish = found.wishes.find(({ message }) => message?.id.endsWith(press.ts));
      return wish ? [...refusals(found, press, wish), ...tooLate(found, press, wish)] : [];
    });
}

/** The brake never depends on a check: the asker and the approvers may always stop. */
function refusals(found: Case, press: Press, wish: Wish): readonly Violation[] {
  const mayStop = press.who === wish.who || (hasApprovers(found) && APPROVERS.includes(press.who));
  if (!mayStop) return [];
  return saidAfter(found, press, ['may not stop', 'may not']).map(({ sentence }) => ({
    kind: 'the brake was refused',
    words: `${press.who} pressed Stop at ${clock(found, press.at)} and read “${sentence}”`,
  }));
}

function hasApprovers({ stage }: Case): boolean {
  return stage.setting.approval !== 'never';
}

function tooLate(found: Case, press: Press, wish: Wish): readonly Violation[] {
  return saidAfter(found, press, ['nothing is left to stop']).flatMap(({ sentence, at }) => {
    const first = wish.pairs
      .map((pair) => solelyFor(found, wish, pair)[0])
      .find((asked) => asked && asked.at > at);
    if (!first) return [];
    const words = `${press.who} read “${sentence}” (at ${clock(found, at)}), and a first call left at ${clock(found, first.at)}`;
    return [{ kind: 'false: nothing is left to stop', words }];
  });
}

function saidAfter(found: Case, { who, at }: Press, meanings: readonly Meaning[]) {
  const until = nextDoing(found, who, at);
  const person = found.stage.people[who].id;
  const isAnswer = ({ to, kind }: Told) => to === person && kind === 'ephemeral';
  return found.told
    .filter(isAnswer)
    .flatMap(({ states }) => states)
    .filter((state) => state.at >= at && state.at <= until)
    .flatMap(({ at: saidAt, statements }) =>
      statements
        .filter(({ meaning }) => meanings.includes(meaning))
        .map(({ sentence }) => ({ sentence, at: saidAt })),
    );
}
