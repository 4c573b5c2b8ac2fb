import { failedModal, loadingModal, noticeModal } from '../../../src/slack/blocks/notice-modals.js';
import { type Origin, readOrigin } from '../../../src/slack/blocks/origin.js';
import { approvedModal } from '../../../src/slack/review/recorded-modal.js';
import { CHAT_ID, frozen, PAT } from '../../support/build.js';
import { expectFit, seen, submitted } from '../slack-eyes.js';

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

describe('the other windows', () => {
  it.each([
    ['loading', loadingModal()],
    ['approved', approvedModal('goes-on')],
    ['a notice', noticeModal('Nothing to retry', 'There is nothing left.')],
    ['a failure with a way back', failedModal('It went wrong.', origin)],
    ['a failure without one', failedModal('It went wrong.', null)],
  ])('%s fit, and nothing can be approved from them', (_what, view) => {
    expectFit(view);
    expect(view.submit).toBeUndefined();
  });

  it('keep everything for the way back after a failure', () => {
    expect(readOrigin(submitted(failedModal('It went wrong.', origin)))).toEqual(origin);
    expect(seen(failedModal('It went wrong.', null).blocks)).not.toMatch(/Go back/);
  });
});
