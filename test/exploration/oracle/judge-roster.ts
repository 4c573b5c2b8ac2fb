import { MEMBERS } from '../cast.js';
import { all, type Judge, type Said, unless } from './said.js';
import { solelyFor } from './sole.js';
import { clock } from './violation.js';

/* What is said about who is in a chat, and about what came of a request. */

const SECOND = 1_000;

/** How long before the wish a reading may have been taken, and how much it may have lagged. */
const BEFORE = 5 * SECOND;
const since = ({ found, wish }: Said) => wish.at - BEFORE - found.stage.setting.lag * SECOND;

export const wasOut: Judge = unless('the person was in the chat all the time', (said) =>
  said.found.truth.wasOut(said.pair, since(said), said.at),
);

export const wasIn: Judge = unless('the person was not in the chat', (said) =>
  said.found.truth.wasIn(said.pair, since(said), said.at),
);

const wasEverIn: Judge = unless('the person was never in the chat', ({ found, pair, at }) =>
  found.truth.wasIn(pair, 0, at),
);

/** Gone, and there before. */
export const wentOut: Judge = all(wasEverIn, wasOut);

export const nothingCameOfIt: Judge = ({ found, wish, pair, at }) => {
  const own = solelyFor(found, wish, pair).find((asked) => asked.at <= at && asked.carriedOutAt !== null);
  return own ? `the call at ${clock(found, own.at)} was carried out` : null;
};

/** A message that waits for its turn at Slack may be a moment behind; what was sent long before, it must not forget. */
const BEHIND = 5 * SECOND;

export const nothingCameOfItYet: Judge = ({ found, wish, pair, at }) => {
  const own = solelyFor(found, wish, pair).filter(({ carriedOutAt }) => carriedOutAt !== null);
  const late = own.find((asked) => asked.at <= at - BEHIND || (asked.carriedOutAt ?? 0) < at);
  return late && late.at <= at ? `the call at ${clock(found, late.at)} was carried out` : null;
};

export const nothingWasSent: Judge = ({ found, wish, pair, at }) => {
  const own = solelyFor(found, wish, pair).find((asked) => asked.at <= at);
  return own ? `a call was sent at ${clock(found, own.at)}` : null;
};

/** What is said about the roster must be so at the end, except where nobody can read it any more. */
export const inAtTheEnd: Judge = unless(
  'the person is not in the chat any more, and that was never said',
  (said) => !isReadableLast(said) || isMember(said),
);

export const outAtTheEnd: Judge = unless(
  'the person is in the chat, and that was never said',
  (said) => !isReadableLast(said) || !isMember(said),
);

const isReadableLast = ({ found, pair, isLast }: Said) => isLast && found.truth.ourLineIsIn(pair.chat);
const isMember = ({ found, pair: { member, chat } }: Said) =>
  found.stage.simulator.linq.isMember(chat, MEMBERS[member]);

export const ourLineWasOut: Judge = unless('our line is in the chat', ({ found, pair, at }) =>
  found.truth.ourLineWasOut(pair.chat, at),
);

/** Fewer than three, when everybody is counted as gone whom anyone had asked to remove from there by then. */
export const tooFewWouldRemain: Judge = unless('three or more would remain', (said) => {
  const { found, wish, pair, at } = said;
  const leaving = new Set(
    found.wishes
      .filter((each) => each.kind === 'removal' && each.at <= at)
      .flatMap(({ pairs }) => pairs)
      .filter(({ chat }) => chat === pair.chat)
      .map(({ member }) => member),
  );
  const gone = wish.kind === 'removal' ? leaving.size : 0;
  return found.truth.sizes(pair.chat, since(said), at).some((size) => size - gone < 3);
});

export const onlyThreeWouldRemain: Judge = unless('more than three would remain', (said) =>
  said.found.truth.sizes(said.pair.chat, since(said), said.at).some((size) => size - 1 <= 3),
);
