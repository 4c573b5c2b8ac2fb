import { createRepeatGuard } from '../../../src/slack/command/repeat-guard.js';
import { createEntrances } from '../../../src/slack/guard/guard.js';
import { logDouble } from '../../removal/doubles.js';

function setUp() {
  const log = logDouble();
  const entrances = createEntrances(log);
  const heard: string[] = [];
  const args = { ack: async (word = 'ok') => void heard.push(word) };
  const apologise = async ({ ack }: typeof args, sentence: string) => ack(sentence);
  const enter = (handle: (given: typeof args) => Promise<void>, sorry = apologise) =>
    entrances.guard('command', handle, sorry)(args);
  return { entrances, log, heard, enter };
}

describe('an entrance', () => {
  it('lets the listener answer', async () => {
    const { enter, heard, log } = setUp();
    await enter(({ ack }) => ack('done'));
    expect([heard, log.lines]).toEqual([['done'], []]);
  });

  it('answers in place of a listener that fails, and logs why', async () => {
    const { enter, heard, log } = setUp();
    await enter(() => Promise.reject(new Error('a bug of ours')));
    expect(heard).toEqual([
      expect.stringMatching(/went wrong on our side\. Nothing was removed by this step/),
    ]);
    expect(log.lines).toEqual([
      expect.stringMatching(/^error: An entrance failed .*"command".* a bug of ours$/),
    ]);
  });

  it('never answers twice, and survives an apology that nobody hears', async () => {
    const { enter, heard, log } = setUp();
    await enter(async ({ ack }) => {
      await ack('first');
      throw new Error('later');
    });
    expect(heard).toEqual(['first']);
    expect(log.lines).toHaveLength(2);
    expect(log.lines[1]).toMatch(/^warn: The apology did not get through .*acknowledged before/);
  });

  it('only says that the app is restarting once it is closed', async () => {
    const { entrances, enter, heard } = setUp();
    entrances.close();
    await enter(({ ack }) => ack('done'));
    expect(heard).toEqual([expect.stringMatching(/restarting\. Nothing was removed/)]);
  });

  it('is idle when the last listener is done, failed ones included', async () => {
    const { entrances, enter } = setUp();
    let finish = () => {};
    const slow = enter(
      () =>
        new Promise((_resolve, reject) => {
          finish = () => reject(new Error('at last'));
        }),
    );
    let idle = false;
    const waiting = entrances.idle().then(() => {
      idle = true;
    });
    await new Promise(setImmediate);
    expect(idle).toBe(false);
    finish();
    await Promise.all([slow, waiting]);
    expect(idle).toBe(true);
  });
});

describe('a command delivered twice', () => {
  it('is known by its trigger, for as long as a thousand others have not come between', () => {
    const isRepeated = createRepeatGuard();
    expect(isRepeated('first')).toBe(false);
    expect(isRepeated('first')).toBe(true);
    for (let index = 0; index < 999; index++) expect(isRepeated(`${index}`)).toBe(false);
    expect(isRepeated('first')).toBe(true);
    expect(isRepeated('one more')).toBe(false);
    expect(isRepeated('first')).toBe(false);
  });
});
