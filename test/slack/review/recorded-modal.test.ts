import type { Recorded } from '../../../src/removal/approve.js';
import type { RequestState } from '../../../src/removal/state.js';
import { recordedView } from '../../../src/slack/review/recorded.js';
import {
  approvedBeforeModal,
  approvedModal,
  type RecordedItem,
  recordedModal,
  type Standing,
} from '../../../src/slack/review/recorded-modal.js';
import { aProposal, aRequest, aState, aWanted } from '../../support/build.js';
import { logDouble } from '../doubles.js';
import { expectFit, HOSTILE, seen } from '../slack-eyes.js';

const item = (standing: Standing, chatName = 'Launch crew', chatId = 'chat-0001'): RecordedItem => ({
  standing,
  wanted: [aWanted({ chatId, chatName })],
});

describe('the window that names what was recorded from it', () => {
  it.each<[string, readonly RecordedItem[], string, RegExp]>([
    ['approvals', [item('approved'), item('approved', 'Support')], 'Approved', /press Stop there/],
    ['what waits', [item('pending')], 'Waiting for approval', /waiting for approval\.[\s\S]*can decline it/],
    ['both', [item('approved'), item('pending')], 'Recorded', /press Stop there[\s\S]*can decline it/],
    [
      'a declined one',
      [item('declined')],
      'Recorded',
      /\(…0001\), declined\.\nThe messages .* tell how it goes\.\n/,
    ],
    ['an expired one', [item('expired')], 'Recorded', /, not approved in time\./],
    [
      'a stopped one',
      [item('stopped'), item('approved')],
      'Recorded',
      /\(…0001\), stopped; .*press Stop there/s,
    ],
    ['one that cannot be read again', [item('unknown')], 'Recorded', /\(…0001\)\.\n.*press Stop there/],
  ])('says of %s how it stands, and what can still be done', (_what, items, title, words) => {
    const view = recordedModal(items);
    expectFit(view);
    expect(view.title.text).toBe(title);
    expect(seen(view.blocks)).toMatch(
      /^Recorded from this window: \+1 205 249 9136 from “Launch crew” \(…0001\)/,
    );
    expect(seen(view.blocks)).toMatch(words);
    expect(view.submit).toBeUndefined();
  });

  it('tells people apart, and additions from removals', () => {
    const wanted = [aWanted({ handle: 'sam@example.com', direction: 'add', undoes: 'request-1:1' })];
    const view = recordedModal([{ standing: 'approved', wanted }]);
    expect(seen(view.blocks)).toMatch(
      /sam@example\.com back to “Launch crew” \(…0000\)\.\nThe thread of the message/,
    );
  });

  it.each([...HOSTILE, 'x'.repeat(80)])(
    'names a hundred chats and fits, whatever they are called: %j',
    (name) => {
      const wanted = Array.from({ length: 100 }, (_, index) =>
        aWanted({ chatId: `chat-${1000 + index}`, chatName: name }),
      );
      const view = recordedModal([{ standing: 'approved', wanted }, item('pending', name)]);
      expectFit(view);
      expect(seen(view.blocks).match(/ from /gu)?.length).toBeGreaterThanOrEqual(101);
    },
  );
});

describe('the window after a submission', () => {
  const usual = {
    standing: 'approved',
    now: approvedModal('goes-on'),
    before: approvedBeforeModal(),
  } as const;
  const [first, second] = [aWanted(), aWanted({ chatId: 'chat-2', chatName: 'Support' })];

  const windowFor = (
    requests: Recorded['requests'],
    submitted = [first],
    isNew = false,
    find: () => Promise<RequestState | null> = async () => aState(),
  ) => recordedView({ store: { find }, log: logDouble() }, { isNew, requests }, submitted, usual);

  const request = (...wanted: readonly (typeof first)[]) => ({ request: aRequest(), wanted });

  it('has the usual words for what is new and all of it', async () => {
    expect(await windowFor([request(first)], [first], true)).toBe(usual.now);
    expect(await windowFor([request(first), request(second)], [second, first], true)).toBe(usual.now);
  });

  it('claims no new request to Linq for what was recorded before', async () => {
    expect(await windowFor([request(first)])).toBe(usual.before);
  });

  it.each<[string, Recorded['requests'], () => Promise<RequestState | null>]>([
    ['more was recorded', [request(first), request(second)], async () => aState()],
    ['it waits for approval', [request(first)], async () => aState({ proposal: aProposal() })],
    [
      'it was declined',
      [request(first)],
      async () => aState({ proposal: aProposal({ status: 'declined' }) }),
    ],
    ['it was stopped', [request(first)], async () => aState({ request: aRequest({ stoppedBy: 'U0BOB' }) })],
    ['the store does not say any more', [request(first)], () => Promise.reject(new Error('gone'))],
    ['it is not on record any more', [request(first)], async () => null],
  ])('names it instead where %s', async (_what, requests, find) => {
    const view = await windowFor(requests, [first], false, find);
    expect(JSON.stringify(view)).not.toMatch(/Your approval is recorded/);
    expect(seen(view.blocks)).toMatch(/^Recorded from this window: /);
  });

  it('is none where nothing is on record', async () => {
    await expect(windowFor([])).rejects.toThrow('Nothing is on record');
  });

  it('takes an approved proposal for approved', async () => {
    const find = async () => aState({ proposal: aProposal({ status: 'approved' }) });
    expect(await windowFor([request(first)], [first], false, find)).toBe(usual.before);
  });
});
