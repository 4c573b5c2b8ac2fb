import { MEMBERS } from '../cast.js';
import type { Pair, State } from './evidence.js';
import type { Statement } from './reading.js';
import type { Meaning } from './sentences.js';
import { solelyFor } from './sole.js';
import { type Case, clock, type Rule, type Violation } from './violation.js';
import { mayBeAbout, type Wish } from './wishes.js';

/** A statement in a message, with what is needed to judge it. */
interface Said {
  readonly found: Case;
  readonly wish: Wish;
  readonly pair: Pair;
  readonly at: number;
  /** It was still there at the end. */
  readonly isLast: boolean;
}

/** Null when it is true. */
type Judge = (said: Said) => string | null;

const SECOND = 1_000;

/** How long before the wish a reading may have been taken, and how much it may have lagged. */
const BEFORE = 5 * SECOND;
const since = ({ found, wish }: Said) => wish.at - BEFORE - found.stage.setting.lag * SECOND;

const wasOut: Judge = (said) =>
  said.found.truth.wasOut(said.pair, since(said), said.at) ? null : 'the person was in the chat all the time';

const wasEverIn: Judge = (said) =>
  said.found.truth.wasIn(said.pair, 0, said.at) ? null : 'the person was never in the chat';

const nothingCameOfIt: Judge = ({ found, wish, pair, at }) => {
  const own = solelyFor(found, wish, pair).find((asked) => asked.at <= at && asked.carriedOut);
  return own ? `the call at ${clock(found, own.at)} was carried out` : null;
};

const nothingWasSent: Judge = ({ found, wish, pair, at }) => {
  const own = solelyFor(found, wish, pair).find((asked) => asked.at <= at);
  return own ? `a call was sent at ${clock(found, own.at)}` : null;
};

/** What is said about the roster must be so at the end, except where nobody can read it any more. */
const inAtTheEnd: Judge = ({ found, pair, isLast }) =>
  isLast && found.truth.ourLineIsIn(pair.chat) && !isMember(found, pair)
    ? 'the person is not in the chat any more, and that was never said'
    : null;

const outAtTheEnd: Judge = ({ found, pair, isLast }) =>
  isLast && found.truth.ourLineIsIn(pair.chat) && isMember(found, pair)
    ? 'the person is in the chat, and that was never said'
    : null;

const isMember = ({ stage }: Case, { member, chat }: Pair) =>
  stage.simulator.linq.isMember(chat, MEMBERS[member]);

const all =
  (...judges: readonly Judge[]): Judge =>
  (said) => {
    for (const judge of judges) {
      const wrong = judge(said);
      if (wrong) return wrong;
    }
    return null;
  };

/** When each meaning is true. The others say nothing about Linq. */
const TRUE_WHEN: Partial<Record<Meaning, Judge>> = {
  removed: all(wasEverIn, wasOut),
  left: all(wasEverIn, wasOut),
  gone: all(wasEverIn, wasOut),
  'not removed': nothingCameOfIt,
  'nobody was removed': nothingCameOfIt,
  'nothing was sent': nothingWasSent,
  'not confirmed': inAtTheEnd,
  'Linq still lists them': inAtTheEnd,
  'Linq gave no reason': ({ found, wish, pair, at }) =>
    found.truth.asked(pair, wish.kind).some((asked) => asked.at >= wish.at && asked.at <= at)
      ? null
      : 'Linq was never asked',
  'put off at every try': ({ found, wish, at }) =>
    at - wish.at < found.stage.setting.window * 60 * SECOND
      ? `given up after ${Math.round((at - wish.at) / SECOND)} s`
      : null,
  'was stopped before it was sent': nothingCameOfIt,
  declined: nothingWasSent,
  expired: nothingWasSent,
  'is added back': (said) =>
    said.found.truth.wasIn(said.pair, since(said), said.at) ? null : 'the person was never back',
  'was back already': (said) =>
    said.found.truth.wasIn(said.pair, since(said), said.at) ? null : 'the person was not in the chat',
  'not added': nothingCameOfIt,
  'nobody was added': nothingCameOfIt,
  'addition not confirmed': outAtTheEnd,
  'Linq does not list them': outAtTheEnd,
};

/** Rule 1, for messages: nothing that one ever said about a removal or an addition was false. */
export const messagesAreTrue: Rule = (found) =>
  found.wishes.flatMap((wish) => {
    const states = wish.message?.states ?? [];
    return states.flatMap((state, index) => judgeState(found, wish, state, index === states.length - 1));
  });

function judgeState(found: Case, wish: Wish, state: State, isLast: boolean): readonly Violation[] {
  return state.statements.flatMap((statement) => {
    const judge = TRUE_WHEN[statement.meaning];
    if (!judge) return [];
    return pairsOf(statement, wish).flatMap((pair) => {
      const wrong = judge({ found, wish, pair, at: state.at, isLast });
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
