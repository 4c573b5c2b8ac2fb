import { createRequire, syncBuiltinESMExports } from 'node:module';

const require = createRequire(`${process.cwd()}/package.json`);

/**
 * Chance that falls the same way in every playing of a story: jitter, and the order of rows that are sorted by their
 * ids. The function returned gives real chance back.
 */
export function installChance(): () => void {
  const crypto = require('node:crypto') as { randomUUID: () => string };
  const { random } = Math;
  const { randomUUID } = crypto;
  const next = createNumbers();
  Math.random = () => next() / 2 ** 32;
  crypto.randomUUID = () => toUuid([next(), next(), next(), next()]);
  syncBuiltinESMExports();
  return () => {
    Math.random = random;
    crypto.randomUUID = randomUUID;
    syncBuiltinESMExports();
  };
}

/** Whole numbers below 2^32, well mixed (the generator is known as mulberry32). */
function createNumbers(): () => number {
  let state = 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

function toUuid(numbers: readonly number[]): string {
  const hex = numbers.map((number) => number.toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
