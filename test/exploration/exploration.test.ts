import { examine } from './examine.js';
import { KEPT_STORIES } from './kept-stories.js';
import { FOR_MINUTES_MS, playSeeds } from './known-seeds.js';

it.each(KEPT_STORIES)('keeps every promise in a story that failed once. $why', async ({ story }) => {
  expect(await examine(story, 'sqlite')).toEqual([]);
});

it.each([1, 11, 21])(
  'keeps every promise in the ten stories from seed %i on, on PostgreSQL',
  (seed) => playSeeds(seed, 10, 'postgres'),
  FOR_MINUTES_MS,
);
