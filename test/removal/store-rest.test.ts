import { createStoreRest, type StoreRest } from '../../src/removal/store-rest.js';
import { StoreUnavailable } from '../../src/removal/store-unavailable.js';
import { type Clock, createClock, minutes, seconds } from '../support/clock.js';

const FULL = new StoreUnavailable('full', { cause: null });

let clock: Clock;
let rest: StoreRest;
let said: string[];
let check: () => Promise<void>;

beforeEach(() => {
  clock = createClock();
  said = [];
  check = async () => {};
  const say = (_fields: unknown, words: string) => void said.push(words);
  rest = createStoreRest({
    store: { checkWriting: () => check() },
    log: { info: say, warn: say, error: say },
    now: clock.now,
    random: () => 1,
  });
});

/** How long it rests from now on, in whole seconds. */
function restsFor(): number {
  let count = 0;
  for (; rest.isResting(); count++) clock.advance(seconds(1));
  return count;
}

it('does not rest as long as nothing fails, nor for a mistake of ours', async () => {
  expect(rest.begin(new Error('a bug'))).toBe(false);
  expect(rest.isResting()).toBe(false);
  expect(await rest.isOver()).toBe(true);
  rest.end();
  expect(said).toEqual([]);
});

it('rests for 1, 2, 4 s and on up to a minute, and says so once', async () => {
  const pauses: number[] = [];
  for (let time = 0; time < 8; time++) {
    expect(rest.begin(FULL)).toBe(true);
    pauses.push(restsFor());
  }
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  expect(said).toEqual([`${FULL.message}; nothing is taken up until it can be used again`]);
});

it('takes what fails during the pause for the same trouble', () => {
  for (let time = 0; time < 64; time++) expect(rest.begin(FULL)).toBe(true);
  expect(restsFor()).toBe(1);
});

it('is over only when the store takes a write, and grows where it does not', async () => {
  check = () => Promise.reject(FULL);
  rest.begin(FULL);
  expect(await rest.isOver()).toBe(false);
  clock.advance(seconds(1));
  expect(await rest.isOver()).toBe(false);
  expect(restsFor()).toBe(2);
  check = async () => {};
  expect(await rest.isOver()).toBe(true);
  expect(rest.isResting()).toBe(false);
});

it('hands on what is wrong with the question itself', async () => {
  check = () => Promise.reject(new Error('a bug'));
  rest.begin(FULL);
  clock.advance(seconds(1));
  await expect(rest.isOver()).rejects.toThrow('a bug');
});

it('goes on growing until a whole round has worked, and then begins afresh', async () => {
  rest.begin(FULL);
  clock.advance(seconds(1));
  expect(await rest.isOver()).toBe(true);
  rest.begin(FULL);
  expect(restsFor()).toBe(2);
  rest.end();
  expect(said.at(-1)).toBe('The store can be used again');
  rest.begin(FULL);
  expect(restsFor()).toBe(1);
  expect(said).toHaveLength(3);
});

it('ends at once when something could be written', () => {
  rest.begin(FULL);
  rest.end();
  expect(rest.isResting()).toBe(false);
});

it('is no longer for a clock that is set back', () => {
  rest.begin(FULL);
  clock.jump(-minutes(60));
  expect(restsFor()).toBe(0);
});

it('is up to a quarter shorter, not in step with other processes', () => {
  const say = () => {};
  const other = createStoreRest({
    store: { checkWriting: async () => {} },
    log: { info: say, warn: say, error: say },
    now: clock.now,
    random: () => 0,
  });
  other.begin(FULL);
  clock.advance(749);
  expect(other.isResting()).toBe(true);
  clock.advance(1);
  expect(other.isResting()).toBe(false);
});
