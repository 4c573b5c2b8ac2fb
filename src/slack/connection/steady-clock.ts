/**
 * How many milliseconds have passed, by a clock that may be set back: then this one stands still for a moment, and no
 * wait grows by what the clock lost.
 */
export function createSteadyClock(now: () => Date): () => number {
  let last = now().getTime();
  let passed = 0;
  return () => {
    const at = now().getTime();
    passed += Math.max(0, at - last);
    last = at;
    return passed;
  };
}
