/** A clock that moves only by hand. */
export interface Clock {
  now(): Date;
  /** Moves it (back, for a negative number), and wakes whatever slept until then. */
  advance(ms: number): void;
  /** Resolves when the clock has been moved so far. */
  sleep(ms: number): Promise<void>;
  /** Resolves as soon as something sleeps: it then waits for the clock, and the clock for the test. */
  sleeping(): Promise<void>;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

export function createClock(start = new Date('2026-06-01T10:00:00.000Z')): Clock {
  let at = start.getTime();
  let sleepers: Sleeper[] = [];
  const told: (() => void)[] = [];
  return {
    now: () => new Date(at),
    advance(ms) {
      at += ms;
      const due = sleepers.filter(({ until }) => until <= at);
      sleepers = sleepers.filter(({ until }) => until > at);
      for (const { wake } of due) wake();
    },
    sleep: (ms) =>
      new Promise((wake) => {
        sleepers.push({ until: at + ms, wake });
        for (const tell of told.splice(0)) tell();
      }),
    sleeping: () =>
      sleepers.length > 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            told.push(resolve);
          }),
  };
}

export const seconds = (count: number) => count * 1_000;
export const minutes = (count: number) => count * 60_000;
export const hours = (count: number) => count * 3_600_000;
