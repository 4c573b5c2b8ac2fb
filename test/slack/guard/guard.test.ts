import { createGuards } from '../../../src/slack/guard/guard.js';
import type { Progress } from '../../../src/slack/guard/progress.js';
import { logDouble } from '../doubles.js';

function setUp() {
  const log = logDouble();
  const guards = createGuards(log);
  const heard: string[] = [];
  const args = { ack: async (word = 'ok') => void heard.push(word) };
  const reply = async ({ ack }: typeof args, sentence: string) => ack(sentence);
  const enter = (handle: (given: typeof args, progress: Progress) => Promise<void>) =>
    guards.guard('command', handle, reply)(args);
  return { guards, log, heard, enter };
}

describe('a listener behind the guard', () => {
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
      expect.stringMatching(/^error: A listener failed .*"command".* a bug of ours$/),
    ]);
  });

  it('never answers twice, and survives an error reply that does not get through', async () => {
    const { enter, heard, log } = setUp();
    await enter(async ({ ack }) => {
      await ack('first');
      throw new Error('later');
    });
    expect(heard).toEqual(['first']);
    expect(log.lines).toHaveLength(2);
    expect(log.lines[1]).toMatch(/^warn: The error reply did not get through .*acknowledged before/);
  });

  it('only says that the app is restarting once it is closed', async () => {
    const { guards, enter, heard } = setUp();
    guards.close();
    await enter(({ ack }) => ack('done'));
    expect(heard).toEqual([
      expect.stringMatching(
        /restarting\. Nothing was removed by this step; what an earlier one recorded stands\./,
      ),
    ]);
  });

  it('says so again when Slack did not take it: nothing is claimed of a step that was not taken up', async () => {
    const { guards } = setUp();
    const said: string[] = [];
    guards.close();
    await guards.guard(
      'stop',
      async () => {},
      async (_args, sentence) => {
        said.push(sentence);
        if (said.length === 1) throw new Error('Slack did not take it');
      },
    )({ ack: async () => {} });
    expect(said).toEqual([said[0], said[0]]);
    expect(said[0]).toMatch(/The app is restarting/);
  });

  it('is idle when the last listener is done, failed ones included', async () => {
    const { guards, enter } = setUp();
    let finish = () => {};
    const slow = enter(
      () =>
        new Promise((_resolve, reject) => {
          finish = () => reject(new Error('at last'));
        }),
    );
    let idle = false;
    const waiting = guards.idle().then(() => {
      idle = true;
    });
    await new Promise(setImmediate);
    expect(idle).toBe(false);
    finish();
    await Promise.all([slow, waiting]);
    expect(idle).toBe(true);
  });
});

describe('what went wrong', () => {
  const failsWith = async (come: (progress: Progress) => Promise<unknown>) => {
    const { enter, heard } = setUp();
    await enter(async (_args, progress) => {
      await come(progress);
      throw new Error('Slack is gone');
    });
    return heard[0];
  };

  it('claims nothing about what was being recorded when it failed', async () => {
    const words = await failsWith((progress) => progress.recording(() => Promise.reject(new Error('lost'))));
    expect(words).toMatch(/It is not known whether this was recorded: look for a message/);
  });

  it('says that it was recorded, once that was heard of', async () => {
    const words = await failsWith((progress) => progress.recording(async () => true));
    expect(words).toMatch(
      /went wrong on our side after your approval was recorded\. The message .* says how/,
    );
  });
});
