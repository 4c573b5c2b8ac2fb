/** A clock that moves only by hand. */
export interface Clock {
  now(): Date;
  /** How many milliseconds have passed. */
  elapsed(): number;
  /** Lets time pass, and wakes whatever slept until then. */
  advance(ms: number): void;
  /** Sets it forward, or back for a negative number, while no time passes. */
  jump(ms: number): void;
  /** Resolves when so much time has passed. */
  sleep(ms: number): Promise<void>;
  /** Resolves as soon as something sleeps: it then waits for the clock, and the clock for the test. */
  sleeping(): Promise<void>;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

export function createClock(start = new Date('2026-06-01T10:00:00.000Z')): Clock {
  let startedAt = start.getTime();
  let passed = 0;
  let sleepers: Sleeper[] = [];
  const told: (() => void)[] = [];
  return {
    now: () => new Date(startedAt + passed),
    elapsed: () => passed,
    advance(ms) {
      passed += ms;
      const due = sleepers.filter(({ until }) => until <= passed);
      sleepers = sleepers.filter(({ until }) => until > passed);
      for (const { wake } of due) wake();
    },
    jump(ms) {
      startedAt += ms;
    },
    sleep: (ms) =>
      new Promise((wake) => {
        sleepers.push({ until: passed + ms, wake });
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
