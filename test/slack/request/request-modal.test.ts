import { type Origin, readOrigin } from '../../../src/slack/blocks/origin.js';
import { readRequest, requestModal } from '../../../src/slack/request/request-modal.js';
import { CHAT_ID, frozen, PAT } from '../../support/build.js';
import { expectFit, HOSTILE, labels, seen, submitted } from '../slack-eyes.js';

const origin: Origin = frozen({
  channel: 'C0SUPPORT',
  threadTs: null,
  asksWhere: false,
  responseUrl: 'https://hooks.slack.com/commands/T0LINQ/1/secret',
  commandHadText: true,
  chatId: CHAT_ID,
  chatName: null,
  handles: [PAT],
  areListed: true,
  retryOf: null,
});

describe('the request modal', () => {
  it('asks for both, says where the result will be posted, and carries the way back', () => {
    const view = requestModal(origin, { chat: null, handle: null });
    expectFit(view);
    expect(labels(view)).toEqual(['Chat', 'Handle']);
    expect(seen(view.blocks)).toMatch(/posted in #C0SUPPORT/);
    expect(readOrigin(submitted(view))).toEqual(origin);
  });

  it('gives back what was filled in, and what a person typed over it', () => {
    const view = requestModal(origin, { chat: CHAT_ID, handle: 'pat' });
    expect(readRequest(submitted(view))).toEqual({ chat: CHAT_ID, handle: 'pat' });
    expect(readRequest(submitted(view, { Chat: ' x ', Handle: '' }))).toEqual({ chat: 'x', handle: '' });
  });

  it('is empty when nothing is known, and says of a direct message where the result goes', () => {
    const view = requestModal({ ...origin, channel: 'D0ALICE' }, { chat: null, handle: null });
    expect(readRequest(submitted(view))).toEqual({ chat: '', handle: '' });
    expect(seen(view.blocks)).toMatch(/posted in this conversation/);
  });

  it.each(HOSTILE.map((words) => [words.slice(0, 300)]))('fits and gives back unchanged: %j', (words) => {
    const view = requestModal({ ...origin, channel: 'C0><!channel>' }, { chat: null, handle: words });
    expectFit({ ...view, blocks: view.blocks.slice(0, 2) });
    expect(readRequest(submitted(view)).handle).toBe(words.trim());
  });
});
