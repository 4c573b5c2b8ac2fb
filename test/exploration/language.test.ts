import type { Act, Story } from './acts.js';
import { storyOf } from './draw.js';
import { PLAIN } from './setting.js';
import { shrink } from './shrink.js';
import { tell } from './words.js';

const asks: Act = { do: 'names both', who: 'alice', member: 'pat', chat: 'crew', pause: 1 };
const submits: Act = { do: 'submits', who: 'alice', times: 2, ackLost: true, pause: null };

it('draws the same story from the same seed, and others from others', () => {
  expect(storyOf(7)).toEqual(storyOf(7));
  expect(new Set(Array.from({ length: 20 }, (_, seed) => JSON.stringify(storyOf(seed)))).size).toBe(20);
});

it('draws every kind of act', () => {
  const drawn = new Set(
    Array.from({ length: 400 }, (_, seed) => storyOf(seed).acts.map((act) => act.do)).flat(),
  );
  expect(drawn.size).toBe(40);
});

it('tells every story in plain words', () => {
  const words = Array.from({ length: 200 }, (_, seed) => tell(storyOf(seed))).join('\n');
  expect(words).not.toMatch(/undefined|null|NaN|\[object/);
  expect(tell({ setting: { ...PLAIN, settles: 7 }, acts: [asks, submits] })).toBe(
    [
      '  Setting: settles 7',
      '   1. alice types the command with pat and the chat “crew”. (1 s pass)',
      "   2. alice presses the window's button twice at once; the answer gets lost. At the same moment:",
    ].join('\n'),
  );
});

it('leaves out of a failing story whatever does not matter', async () => {
  const story: Story = {
    setting: { ...PLAIN, settles: 45, groups: 5 },
    acts: [asks, submits, asks, asks, submits],
  };
  const shorter = await shrink(
    story,
    async ({ setting, acts }) =>
      setting.groups === 5 && acts.some((act) => act.do === 'submits' && act.ackLost),
  );
  expect(shorter).toEqual({
    setting: { ...PLAIN, groups: 5 },
    acts: [{ do: 'submits', who: 'alice', times: 1, ackLost: true, pause: 0 }],
  });
});
