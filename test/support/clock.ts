/** A clock that moves only by hand. */
export interface Clock {
  now(): Date;
  advance(ms: number): void;
}

export function createClock(start = new Date('2026-06-01T10:00:00.000Z')): Clock {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    advance(ms) {
      at += ms;
    },
  };
}

export const seconds = (count: number) => count * 1_000;
export const minutes = (count: number) => count * 60_000;
