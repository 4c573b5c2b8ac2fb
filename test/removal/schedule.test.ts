import type { ReasonName } from '../../src/removal/reasons.js';
import { LONGEST_WAIT_MS, MAX_ATTEMPTS, nextLook, waitAfter } from '../../src/removal/schedule.js';
import { at, NOW } from '../support/build.js';

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
    [60, 120],
    [61, 120],
    [120, 180],
    [1_799, 1_800],
  ])('after %d s the next one is at %d s', (elapsed, next) => {
    expect(nextLook(NOW, at(elapsed))).toEqual(at(next));
  });

  it('always lies in the future, whatever the clock does', () => {
    for (let elapsed = -120; elapsed < 4_000; elapsed += 0.5) {
      expect(nextLook(NOW, at(elapsed)).getTime()).toBeGreaterThan(at(elapsed).getTime());
    }
  });
});

describe('the wait after Linq put a try off', () => {
  it.each<[ReasonName, readonly number[]]>([
    ['server-error', [2, 4, 8, 16, 30]],
    ['rate-limited', [2, 4, 8, 16, 30]],
    ['still-creating', [3, 6, 12, 24, 30]],
    ['service-down', [30, 30, 30, 30, 30]],
  ])('for %s grows like %j s', (reason, waits) => {
    const seconds = waits.map((_, index) => waitAfter(reason, index + 1, null) / 1_000);
    expect(seconds).toEqual(waits);
    expect(seconds).toHaveLength(MAX_ATTEMPTS);
  });

  it("is Linq's own word where it gave one, and never less than a second", () => {
    expect(waitAfter('rate-limited', 3, 7_000)).toBe(7_000);
    expect(waitAfter('service-down', 1, 500)).toBe(1_000);
    expect(waitAfter('rate-limited', 1, 0)).toBe(1_000);
    expect(waitAfter('rate-limited', 1, LONGEST_WAIT_MS + 1)).toBe(LONGEST_WAIT_MS + 1);
  });
});
