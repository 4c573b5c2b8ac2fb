/** The time of the demo, for the app, Slack and Linq alike: it goes as the wall clock does, ahead by what was skipped. */
export interface Clock {
  now(): Date;
  skip(ms: number): void;
}

export function createClock(): Clock {
  let skippedMs = 0;
  return {
    now: () => new Date(Date.now() + skippedMs),
    skip(ms) {
      skippedMs += ms;
    },
  };
}
