import type { Engine } from '../support/stage.js';
import { storyOf } from './draw.js';
import { examine } from './examine.js';
import { tell } from './words.js';

/** Plays the stories of these seeds, and fails with the first that breaks a promise, told in plain words. */
export async function playSeeds(from: number, count: number, engine: Engine): Promise<void> {
  for (let seed = from; seed < from + count; seed += 1) {
    const story = storyOf(seed);
    const violations = await examine(story, engine);
    if (violations.length === 0) continue;
    const words = violations.map(({ kind, words: what }) => `${kind}: ${what}`).join('\n  ');
    throw new Error(`Seed ${seed} breaks a promise.\n${tell(story)}\n  ${words}`);
  }
}

/** Far above what so many take, also on a busy machine. */
export const FOR_MINUTES_MS = 10 * 60_000;
