import { createActivity } from './activity.js';
import type { Act } from './acts.js';
import { createLife } from './life.js';
import { judge } from './oracle/judge.js';
import { play } from './player.js';
import { PLAIN } from './setting.js';
import { installVirtualTime } from './virtual-time.js';

const asks: Act = { do: 'names both', who: 'alice', member: 'pat', chat: 'crew', pause: 0 };
const submits: Act = { do: 'submits', who: 'alice', times: 1, ackLost: false, pause: 10 };
const plainly = (...acts: readonly Act[]) => ({ setting: PLAIN, acts });

it('moves time only by hand, and lets timers fire in their order', () => {
  const time = installVirtualTime(new Date('2026-06-01T10:00:00Z'));
  try {
    const fired: string[] = [];
    setTimeout(() => fired.push('second'), 2_000).unref();
    setTimeout(() => fired.push('first'), 1_000);
    clearTimeout(setTimeout(() => fired.push('never'), 1_500));
    const { signal } = { signal: AbortSignal.timeout(3_000) };
    expect(time.next()).toBe(Date.now() + 1_000);
    time.moveTo(Date.now() + 2_500);
    expect(fired).toEqual(['first', 'second']);
    expect(new Date().toISOString()).toBe('2026-06-01T10:00:02.500Z');
    expect(signal.aborted).toBe(false);
    time.moveTo(Date.now() + 500);
    expect(signal.aborted).toBe(true);
  } finally {
    time.remove();
  }
  expect(new Date().getFullYear()).toBeGreaterThanOrEqual(2026);
});

it('kills a process at the moment that was named, and nothing passes after it', async () => {
  const life = createLife();
  life.endAt(2);
  expect(life.pass('call')).toBeUndefined();
  const last = life.pass('write');
  expect(life.isOver).toBe(true);
  expect(await Promise.race([last, Promise.resolve('still waiting')])).toBe('still waiting');
});

it('says so when something never comes to rest', async () => {
  const activity = createActivity();
  const noise = () => {
    for (let count = 0; count < 10_000; count += 1) activity.note();
    again = setImmediate(noise);
  };
  let again = setImmediate(noise);
  await expect(activity.quiet()).rejects.toThrow('never comes to rest');
  clearImmediate(again);
});

it('plays a removal to its end, and finds that it kept every promise', async () => {
  await play(plainly(asks, submits), 'sqlite', async (played) => {
    const { linq, slack } = played.stage.simulator;
    expect(linq.isMember(linq.calls.find(({ chatId }) => chatId)?.chatId ?? '', '+12052499136')).toBe(false);
    expect(slack.messagesIn(played.stage.support.id).at(-1)?.shown).toMatch(/^\*Removed\*/);
    expect(await judge(played)).toEqual([]);
  });
});

it('plays the same story twice in the very same way', async () => {
  const story = plainly(asks, { do: 'is killed', moments: 5, downFor: 3, pause: null }, submits);
  const said = () =>
    play(story, 'sqlite', async ({ stage }) =>
      stage.simulator.slack
        .said()
        .map(({ at, kind, text }) => [at.getTime(), kind, text.replace(/[0-9a-f]{32}/, '…')]),
    );
  expect(await said()).toEqual(await said());
});

it('skips what makes no sense at its moment', async () => {
  const skipped = await play(
    plainly({ do: 'presses', who: 'bob', button: 'Stop', times: 1, ackLost: false, pause: 0 }, submits, asks),
    'sqlite',
    async ({ journal }) => [...journal.skipped],
  );
  expect(skipped).toEqual([0, 1]);
});

it('starts a killed process again, which goes on with what was recorded', async () => {
  await play(
    plainly(asks, { do: 'is killed', moments: 12, downFor: 5, pause: null }, submits),
    'sqlite',
    async ({ stage }) => {
      expect(stage.processes).toHaveLength(2);
      expect(stage.simulator.linq.deletes.length).toBeGreaterThan(0);
    },
  );
});
