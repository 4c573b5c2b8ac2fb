import type { Asked } from './rules.js';

/** Beyond this many answers the outdated ones are dropped. */
const MOST_KEPT = 500;

interface Kept<T> {
  readonly until: number;
  readonly answer: Promise<Asked<T>>;
}

/**
 * Asks at most once in `lifeMs` for each key, counted from the moment of asking; a question asked meanwhile shares the
 * answer. What could not be answered is not kept. `elapsed`: milliseconds, whatever becomes of the clock.
 */
export function createCache<T>(
  ask: (key: string) => Promise<Asked<T>>,
  lifeMs: number,
  elapsed: () => number,
): (key: string) => Promise<Asked<T>> {
  const kept = new Map<string, Kept<T>>();

  function dropOutdated(at: number): void {
    for (const [key, known] of kept) if (known.until <= at) kept.delete(key);
  }

  return (key) => {
    const at = elapsed();
    const known = kept.get(key);
    if (known && at < known.until) return known.answer;
    if (kept.size >= MOST_KEPT) dropOutdated(at);
    const answer = ask(key).then((asked) => {
      if (!asked.ok && kept.get(key)?.answer === answer) kept.delete(key);
      return asked;
    });
    kept.set(key, { until: at + lifeMs, answer });
    return answer;
  };
}
