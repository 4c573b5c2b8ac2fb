import type { Pair } from '../cast.js';
import type { State } from './evidence.js';
import {
  countsAreRight,
  gaveNoUsableAnswerSince,
  linqAccepted,
  linqAskedToStayAway,
  linqCouldNotBeReached,
  linqFailed,
  linqPutItOff,
  linqRefused,
  neverAccepted,
  noClearAnswer,
  notAcceptedInTime,
  someCallLeft,
  someonePaused,
  someoneStopped,
  theAppWasInterrupted,
  timeWasOver,
} from './judge-linq.js';
import { isAskedThere, isNotAskedThere, nobodyIsAsked } from './judge-places.js';
import {
  inAtTheEnd,
  nothingCameOfIt,
  nothingCameOfItYet,
  nothingWasSent,
  onlyThreeWouldRemain,
  ourLineWasOut,
  outAtTheEnd,
  tooFewWouldRemain,
  wasIn,
  wasOut,
  wentOut,
} from './judge-roster.js';
import type { Meaning } from './meanings.js';
import type { Statement } from './reading.js';
import { all, type Judge } from './said.js';
import { mayBeAbout } from './told-of.js';
import { type Case, clock, type Rule, type Violation } from './violation.js';
import type { Wish } from './wish.js';

/** When each meaning is true in a message. The others say nothing there that could be false, or stand in answers alone. */
const TRUE_WHEN: Partial<Record<Meaning, Judge>> = {
  'is queued': someCallLeft,
  removed: wentOut,
  left: wentOut,
  gone: wentOut,
  'not in the chat': wasOut,
  'not removed': nothingCameOfIt,
  'nobody was removed': nothingCameOfIt,
  'nobody was removed yet': nothingCameOfItYet,
  'nothing was sent': nothingWasSent,
  'nothing of ours was carried out': nothingCameOfIt,
  'a call may still be carried out': someCallLeft,
  // The headline is the same for both.
  'not confirmed': (said) => (said.wish.kind === 'addition' ? outAtTheEnd : inAtTheEnd)(said),
  'Linq still lists them': inAtTheEnd,
  'Linq gave no reason': someCallLeft,
  'was sent': someCallLeft,
  'Linq accepted it': linqAccepted,
  'Linq never accepted it': all(someCallLeft, neverAccepted),
  'no acceptance is on record': all(someCallLeft, notAcceptedInTime),
  'how far it is': countsAreRight,
  declined: nothingWasSent,
  expired: nothingWasSent,
  withdrawn: nothingWasSent,
  undelivered: all(nothingWasSent, nobodyIsAsked),
  'it waits in other places': isAskedThere,
  'it could not be brought to others': isNotAskedThere,
  'is paused': someonePaused,
  'Stop came too late': all(someoneStopped, someCallLeft),
  'is added back': wasIn,
  'was back already': wasIn,
  'not added': nothingCameOfIt,
  'nobody was added': nothingCameOfIt,
  'nobody was added yet': nothingCameOfItYet,
  'addition not confirmed': outAtTheEnd,
  'Linq does not list them': outAtTheEnd,
  'Linq refused it': linqRefused,
  'Linq put it off': linqPutItOff,
  'Linq failed': linqFailed,
  'Linq could not be reached': linqCouldNotBeReached,
  'Linq gave no clear answer': noClearAnswer,
  'the app was interrupted': theAppWasInterrupted,
  'another request asked for it': someCallLeft,
  'Linq asked to stay away for long': linqAskedToStayAway,
  'there was no time left': timeWasOver,
  'Linq gave no usable answer since': gaveNoUsableAnswerSince,
  'was stopped before it was sent': all(someoneStopped, nothingCameOfIt),
  'stopped by': someoneStopped,
  'is not a member': wasOut,
  'too few would remain': tooFewWouldRemain,
  'only three would remain': onlyThreeWouldRemain,
  'our line left': ourLineWasOut,
  impossible: () => 'nothing in a story brings that about',
};

/** Rule 1, for messages: nothing that one ever said about a removal or an addition was false. */
export const messagesAreTrue: Rule = (found) =>
  found.wishes.flatMap((wish) => {
    const states = wish.message?.states ?? [];
    return [
      ...states.flatMap((state, index) => judgeState(found, wish, state, index === states.length - 1)),
      ...[...wish.others, ...wish.copies].flatMap((told) =>
        told.states.flatMap((state) => judgeState(found, wish, state, false)),
      ),
    ];
  });

/** Words that only a removal can have. */
const OF_REMOVALS: readonly Meaning[] = ['removed', 'not removed', 'nobody was removed'];

function judgeState(found: Case, wish: Wish, state: State, isLast: boolean): readonly Violation[] {
  return state.statements.flatMap((statement) => {
    if (wish.kind === 'addition' && OF_REMOVALS.includes(statement.meaning)) {
      const words = `“${statement.sentence}” (said at ${clock(found, state.at)})`;
      return [{ kind: 'words of a removal about an addition', words }];
    }
    const judge = TRUE_WHEN[statement.meaning];
    if (!judge || statement.isNameless) return [];
    return pairsOf(statement, wish).flatMap((pair) => {
      const wrong = judge({ found, wish, pair, statement, at: state.at, isLast });
      const kind = `false: ${statement.meaning}`;
      const words = `“${statement.sentence}” about ${pair.member} (said at ${clock(found, state.at)}): ${wrong}`;
      return wrong ? [{ kind, words }] : [];
    });
  });
}

/** A statement without a chat of its own speaks about everything that was asked for. */
function pairsOf(statement: Statement, wish: Wish): readonly Pair[] {
  return wish.pairs.filter((pair) => mayBeAbout(statement, pair));
}
