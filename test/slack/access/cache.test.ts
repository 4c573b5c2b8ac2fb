import { createCache } from '../../../src/slack/access/cache.js';
import type { Asked } from '../../../src/slack/access/rules.js';
import { createClock, minutes, seconds } from '../../support/clock.js';

function setUp(answer: (key: string, time: number) => Asked<string>) {
  const clock = createClock();
  const asked: string[] = [];
  const cache = createCache<string>(
    async (key) => {
      asked.push(key);
      return answer(key, asked.length);
    },
    seconds(60),
    clock.elapsed,
  );
  return { clock, asked, cache };
}

const value = (text: string): Asked<string> => ({ ok: true, value: text });

describe('A remembered answer', () => {
  it('is good for its time from the moment of asking, and not a millisecond longer', async () => {
    const { clock, asked, cache } = setUp((key, time) => value(`${key} ${time}`));
    await cache('a');
    clock.advance(seconds(60) - 1);
    await expect(cache('a')).resolves.toEqual(value('a 1'));
    clock.advance(1);
    await expect(cache('a')).resolves.toEqual(value('a 2'));
    expect(asked).toEqual(['a', 'a']);
  });

  it('grows as old as it is, however the clock is set', async () => {
    const { clock, cache } = setUp((key, time) => value(`${key} ${time}`));
    await cache('a');
    clock.jump(-minutes(60));
    await expect(cache('a')).resolves.toEqual(value('a 1'));
    clock.advance(seconds(60));
    await expect(cache('a')).resolves.toEqual(value('a 2'));
    clock.jump(minutes(120));
    await expect(cache('a')).resolves.toEqual(value('a 2'));
  });

  it('is one for all who ask at the same time, and another for every key', async () => {
    const { asked, cache } = setUp((key) => value(key));
    await expect(Promise.all([cache('a'), cache('a'), cache('b')])).resolves.toEqual(
      ['a', 'a', 'b'].map(value),
    );
    expect(asked).toEqual(['a', 'b']);
  });

  it('is none when there was no answer', async () => {
    const { asked, cache } = setUp((key, time) =>
      time === 1 ? { ok: false, why: { kind: 'busy' } } : value(key),
    );
    await expect(cache('a')).resolves.toMatchObject({ ok: false });
    await expect(cache('a')).resolves.toEqual(value('a'));
    expect(asked).toHaveLength(2);
  });

  it('is dropped in time, however many keys there are', async () => {
    const { clock, asked, cache } = setUp((key) => value(key));
    for (let key = 0; key < 600; key++) await cache(`${key}`);
    clock.advance(seconds(60));
    for (let key = 0; key < 600; key++) await cache(`${key}`);
    expect(asked).toHaveLength(1_200);
  });
});
