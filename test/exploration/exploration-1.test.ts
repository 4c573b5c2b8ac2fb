import { FOR_MINUTES_MS, playSeeds } from './known-seeds.js';

it.each(Array.from({ length: 10 }, (_, index) => 1 + 10 * index))(
  'keeps every promise in the ten stories from seed %i on',
  (seed) => playSeeds(seed, 10, 'sqlite'),
  FOR_MINUTES_MS,
);
