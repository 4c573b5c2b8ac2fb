/**
 * A clock for how long ago something was: what `now` loses when it is set back, this one does not, it only stands still.
 * It must be looked at often (the app does at every tick), because a clock that was set back and has caught up since
 * looks like one that went on.
 */
export function createSteadyClock(now: () => Date): () => Date {
  let last = now().getTime();
  let steady = last;
  return () => {
    const at = now().getTime();
    steady += Math.max(0, at - last);
    last = at;
    return new Date(steady);
  };
}
