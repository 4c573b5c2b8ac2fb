import { createProgress } from '../../../src/slack/guard/progress.js';
import { notRecorded, trackedBy } from '../../../src/slack/review/not-recorded.js';
import { aRequest, aWanted, CHAT_ID, PAT } from '../../support/build.js';
import { seen } from '../slack-eyes.js';

const origin = {
  channel: 'C0SUPPORT',
  threadTs: null,
  asksWhere: false,
  responseUrl: null,
  commandHadText: true,
  chatId: CHAT_ID,
  chatName: null,
  handles: [PAT],
  areListed: true,
  retryOf: null,
};
const recording = { request: aRequest(), wanted: [aWanted()] } as never;

describe('a submission that the store did not take', () => {
  it.each<[string, () => Promise<boolean>, RegExp]>([
    [
      'before it was written',
      () => Promise.reject(new Error('never called')),
      /^This could not be recorded, so nothing was removed by it\. Please press the button again/,
    ],
    [
      'or did not say so',
      () => Promise.reject(new Error('the answer was lost')),
      /^It is not known whether this was recorded\. Please press the button again in a moment: what is recorded already is not done twice\.$/,
    ],
  ])('%s stays in its window, and says what is known', async (what, record, words) => {
    const progress = createProgress();
    const store = trackedBy(progress, { record, recordedFrom: async () => [] });
    if (what === 'or did not say so') await expect(store.record(recording)).rejects.toThrow('lost');
    const answer = notRecorded(progress, origin);
    if (!('errors' in answer)) throw new Error('The window did not stay');
    expect(Object.values(answer.errors)).toEqual([expect.stringMatching(words)]);
    expect(seen(answer.late.blocks)).toMatch(/Go back$/);
  });
});
