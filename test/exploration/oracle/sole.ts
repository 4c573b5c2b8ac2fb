import type { Pair } from '../cast.js';
import { samePair } from './evidence.js';
import type { Asked } from './truth.js';
import type { Case } from './violation.js';
import type { Wish } from './wish.js';

/**
 * Calls to Linq carry no name of the request behind them. Those that reached Linq while a wish was alive, and no other
 * wish for the same person and chat was, can only be its own.
 */
export function solelyFor({ truth, wishes }: Case, wish: Wish, pair: Pair): readonly Asked[] {
  const others = wishes.filter(
    (other) => other !== wish && other.kind === wish.kind && other.pairs.some((each) => samePair(each, pair)),
  );
  return truth
    .asked(pair, wish.kind)
    .filter(({ at }) => isAlive(wish, at) && !others.some((other) => isAlive(other, at)));
}

function isAlive({ at: since, lastsUntil }: Wish, at: number): boolean {
  return since <= at && at <= lastsUntil;
}
