import { storyOf } from './draw.js';
import { examine } from './examine.js';
import { KEPT_STORIES } from './kept-stories.js';
import { ARE_MENDED, SEEDS } from './seeds.js';
import { tell } from './words.js';

/* Whole stories against the real app: see `seeds.ts` for when they are played. */

const kept = ARE_MENDED ? KEPT_STORIES : [];
const seeds = ARE_MENDED ? SEEDS : [];

it('knows by its one constant whether the app is mended', () => {
  expect(typeof ARE_MENDED).toBe('boolean');
});

for (const { shows, story } of kept) {
  it(`does not happen any more: ${shows}`, async () => {
    expect(await examine(story, 'sqlite')).toEqual([]);
  });
}

for (const seed of seeds) {
  it(`keeps every promise in the story of seed ${seed}`, async () => {
    const story = storyOf(seed);
    const broken = await examine(story, 'sqlite');
    expect(broken.length === 0 ? '' : tell(story)).toBe('');
    expect(broken).toEqual([]);
  });
}
