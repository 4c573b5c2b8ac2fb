import { createPace, type Pace } from '../../src/linq/pace.js';
import { type Clock, createClock, minutes, seconds } from '../support/clock.js';

let clock: Clock;
let pace: Pace;

beforeEach(() => {
  clock = createClock();
  pace = createPace(clock.elapsed);
});

/** So many calls leave, evenly over so many milliseconds, and the clock stands at the end of them. */
function leave(calls: number, ms = 0): void {
  for (let call = 0; call < calls; call++) {
    clock.advance(ms / calls);
    pace.leaves();
  }
}

/** Refused after these many accepted calls. */
function learn(calls: number, ms = 0): void {
  leave(calls, ms);
  pace.leaves();
  pace.refused();
}

/** When the next call may leave, in milliseconds from now; 0 for now. */
const wait = () => pace.wait();

/** Calls that leave as soon as they may, within so many milliseconds. */
function driveFor(ms: number): number {
  const end = clock.now().getTime() + ms;
  for (let left = 0; left < 1_000; left++) {
    const at = clock.now().getTime() + wait();
    if (at > end) {
      clock.advance(end - clock.now().getTime());
      return left;
    }
    clock.advance(at - clock.now().getTime());
    pace.leaves();
  }
  throw new Error('There is no end of calls that may leave');
}

it('lets everything leave as long as nothing was refused', () => {
  leave(500);
  expect(wait()).toBe(0);
});

it('keeps to the calls that were accepted within the second before the refusal', () => {
  learn(5);
  expect(wait()).toBe(200);
  expect(driveFor(seconds(10))).toBe(50);
});

it('counts no call that is older than a second', () => {
  leave(40);
  clock.advance(1_000);
  learn(4);
  expect(wait()).toBe(250);
});

it('counts a call from within the second', () => {
  leave(1);
  clock.advance(999);
  learn(3);
  expect(wait()).toBe(250);
});

it('assumes one call in two seconds at least', () => {
  learn(0);
  expect(wait()).toBe(2_000);
});

it('saves up two calls while nothing is sent, and no more', () => {
  learn(5);
  clock.advance(seconds(9));
  leave(2);
  expect(wait()).toBe(200);
});

it('lets a call leave in the very moment in which it is due', () => {
  learn(4);
  clock.advance(249);
  expect(wait()).toBe(1);
  clock.advance(1);
  expect(wait()).toBe(0);
});

it('does not count calls as accepted that were refused together', () => {
  for (let call = 0; call < 9; call++) pace.leaves();
  for (let call = 0; call < 4; call++) pace.refused();
  expect(driveFor(seconds(10))).toBeLessThanOrEqual(50);
  expect(driveFor(seconds(4))).toBe(20);
});

it('keeps room for a call that is about to leave', () => {
  learn(5);
  clock.advance(200);
  expect(wait()).toBe(0);
  const release = pace.reserve();
  expect(wait()).toBe(200);
  release();
  expect(wait()).toBe(0);
});

it('takes refusals within one second for one lesson', () => {
  learn(5);
  for (let more = 0; more < 3; more++) {
    pace.leaves();
    pace.refused();
  }
  expect(driveFor(seconds(10))).toBeLessThanOrEqual(50);
  expect(driveFor(seconds(4))).toBe(20);
});

it('a second later learns again: slower by a tenth, or as slow as calls were accepted since', () => {
  learn(10);
  clock.advance(1_000);
  learn(1);
  // One call in one second.
  expect(wait()).toBe(1_000);

  pace = createPace(clock.elapsed);
  learn(10);
  leave(20, 1_000);
  learn(0);
  // Twenty calls would be faster than before: nine tenths of ten count.
  expect(wait()).toBe(112);
});

it('counts the time since the last lesson, not less than a second', () => {
  learn(10);
  leave(8, 4_000);
  learn(0);
  expect(wait()).toBe(500);
});

it('looks at all the time since the last lesson when calls are refused together later on', () => {
  learn(10);
  leave(12, 4_000);
  learn(0);
  // Twelve calls in four seconds; the second refusal takes one of them away.
  expect(wait()).toBe(334);
  pace.refused();
  expect(wait()).toBe(364);
});

it('grows faster in the very moment in which that is due', () => {
  learn(10);
  clock.advance(seconds(15));
  leave(2);
  expect(wait()).toBe(91);
});

it('grows faster by a tenth every quarter of a minute', () => {
  learn(5);
  expect(driveFor(seconds(15) - 1)).toBe(74);
  const later = driveFor(seconds(15));
  expect(later).toBeGreaterThanOrEqual(82);
  expect(later).toBeLessThanOrEqual(84);
});

it('is as if nothing had been learned after five quiet minutes, and learns afresh', () => {
  learn(5);
  clock.advance(minutes(5));
  leave(2);
  expect(wait()).toBeGreaterThan(0);
  clock.advance(1);
  leave(100);
  expect(wait()).toBe(0);
  clock.advance(1_000);
  learn(2);
  expect(wait()).toBe(500);
});

it('learns afresh from the calls within the second before, also from those that left at the old pace', () => {
  learn(5);
  clock.advance(minutes(5) - 500);
  leave(2);
  clock.advance(501);
  learn(3);
  expect(wait()).toBe(200);
});

describe('a refusal of the only call within a second', () => {
  /** The rate now, in calls a second: two calls have been saved up and leave first. */
  function rate(): number {
    leave(2);
    return Math.round(1_000 / wait());
  }

  it('is a guess, which doubles every two seconds and is forgotten at eight calls a second', () => {
    learn(0);
    expect(wait()).toBe(2_000);
    clock.advance(seconds(4));
    // A look after four seconds finds one step due, and the next two seconds later.
    expect(rate()).toBe(1);
    clock.advance(seconds(2));
    expect(rate()).toBe(2);
    clock.advance(seconds(2));
    expect(rate()).toBe(4);
    clock.advance(seconds(2));
    leave(100);
    expect(wait()).toBe(0);
  });

  it.each([
    [1, 4],
    [2, 8],
    [3, 15],
    [9, 15],
  ])('guessed %d more times in a row, doubles only every %d seconds', (more, every) => {
    for (let guess = 0; guess <= more; guess++) {
      clock.advance(seconds(1));
      learn(0);
    }
    clock.advance(seconds(every) - 1);
    expect(wait()).toBe(2_000 - Math.min(2_000, seconds(every) - 1));
    leave(2);
    const before = wait();
    clock.advance(1);
    expect([before > 1_000, wait() <= 1_000]).toEqual([true, true]);
  });

  it('is followed by another, whatever left more than a second before', () => {
    learn(0);
    clock.advance(1_500);
    leave(3);
    clock.advance(1_000);
    learn(0);
    expect(wait()).toBe(2_000);
  });

  it('is no guess where a rate was measured that can be kept to: that grows by a tenth, as ever', () => {
    learn(5);
    leave(6, seconds(10));
    pace.refused();
    clock.advance(seconds(15));
    leave(2);
    expect(wait()).toBe(1_819);
  });

  it('is a guess where a few were accepted in a long time: too few to measure anything by', () => {
    learn(5);
    leave(5, seconds(10));
    pace.refused();
    clock.advance(seconds(2));
    expect(rate()).toBe(1);
    clock.advance(seconds(2));
    expect(rate()).toBe(2);
  });

  it('gives way to what is measured: the calls within the second before the next refusal', () => {
    learn(0);
    clock.advance(seconds(5));
    learn(1);
    expect(wait()).toBe(1_000);
    clock.advance(seconds(4));
    leave(2);
    expect(wait()).toBe(1_000);
  });
});
