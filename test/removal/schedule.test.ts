import { backoff, laterOf, nextLateLook, nextLook } from '../../src/removal/schedule.js';
import { at, NOW, OUR_LINE, PAT } from '../support/build.js';

describe('the looks for proof', () => {
  it.each([
    [0, 2],
    [1.9, 2],
    [2, 4],
    [4, 8],
    [8, 15],
    [15, 30],
    [30, 60],
    [59.9, 60],
  ])('after %d s the next one is at %d s', (elapsed, next) => {
    expect(nextLook(NOW, at(elapsed), PAT)).toEqual(at(next));
  });

  it('come together after a minute for all that concerns one person, and once a minute', () => {
    const next = nextLook(NOW, at(60), PAT);
    expect(nextLook(at(-7), at(60), PAT.toUpperCase())).toEqual(next);
    expect(nextLook(NOW, next, PAT)).toEqual(new Date(next.getTime() + 60_000));
    expect(nextLook(NOW, at(60), OUR_LINE)).not.toEqual(next);
  });

  it('always lies in the future, and never further than a minute, whatever the clock does', () => {
    for (let elapsed = -7_200; elapsed < 4_000; elapsed += 0.5) {
      const ms = nextLook(NOW, at(elapsed), PAT).getTime() - at(elapsed).getTime();
      expect(ms).toBeGreaterThan(0);
      expect(ms).toBeLessThanOrEqual(60_000);
    }
  });
});

it.each([
  [0, 1],
  [0.99, 1],
  [1, 4],
  [3.9, 4],
  [4, 24],
  [23, 24],
])('after the end, %d hours later, the next reading is due %d hours after it', (elapsed, next) => {
  expect(nextLateLook(NOW, at(elapsed * 3_600))).toEqual(at(next * 3_600));
});

it('a day after the end no reading is due any more', () => {
  expect(nextLateLook(NOW, at(86_400))).toBeNull();
});

it.each([
  [2_000, [2, 4, 8, 16, 30, 30]],
  [3_000, [3, 6, 12, 24, 30, 30]],
  [30_000, [30, 30, 30, 30, 30, 30]],
])('a pause of %d ms grows like %j s', (firstMs, waits) => {
  expect(waits.map((_, index) => backoff(firstMs, index + 1) / 1_000)).toEqual(waits);
  expect(backoff(firstMs, 0)).toBe(firstMs);
});

it('of two times the later one counts', () => {
  expect([laterOf(NOW, at(1)), laterOf(at(1), NOW), laterOf(NOW, null)]).toEqual([at(1), at(1), NOW]);
});
