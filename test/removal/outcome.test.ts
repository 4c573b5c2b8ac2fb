import { type Change, isFinal, STATUSES, type Status } from '../../src/removal/change.js';
import {
  explainImpossible,
  isLinqsTextUseful,
  isRetryable,
  outcomeOf,
  tally,
} from '../../src/removal/outcome.js';
import { REASONS, type ReasonName } from '../../src/removal/reasons.js';
import { aChange, at, NOW } from '../support/build.js';

const WORDS = { person: '+12052499136', chat: '“Launch crew” (…0000)', traceId: null };
const told = (changes: Partial<Record<keyof Change, unknown>>) => outcomeOf(aChange(changes), WORDS);

describe('the words of a status', () => {
  it.each<[Partial<Record<keyof Change, unknown>>, string, RegExp]>([
    [{ status: 'approved' }, 'Asking Linq', /has not yet answered/],
    [{ status: 'sending' }, 'Asking Linq', /has not yet answered/],
    [{ status: 'waiting', reason: 'rate-limited' }, 'Trying again soon', /busy .* Nobody was removed yet\./],
    [{ status: 'waiting', reason: 'server-error', mayStillAct: true }, 'Trying again soon', /not known yet/],
    [{ status: 'unsure', reason: 'no-answer' }, 'No answer yet, checking', /not known yet/],
    [{ status: 'unsure' }, 'No answer yet, checking', /Contact with Linq was lost/],
    [
      { status: 'unsure', reason: 'not-found' },
      'No answer yet, checking',
      /earlier request .* may still be carried out\. .* not known yet/,
    ],
    [{ status: 'queued' }, 'Removal queued', /accepted .* It is not done yet/],
    [
      { status: 'done', wasSeen: true },
      'Removed',
      /is no longer in “Launch crew” \(…0000\), confirmed after/,
    ],
    [{ status: 'done', wasSeen: true, leftVoluntarily: true }, 'No longer in the chat', /left on their own/],
    [
      { status: 'done', wasSeen: true, reason: 'conflict' },
      'No longer in the chat',
      /not done by this request/,
    ],
    [{ status: 'done' }, 'Not in the chat', /is not in “Launch crew” .* never saw them there/],
    [{ status: 'gone', wasSeen: true }, 'Already gone', /Nothing was sent to Linq/],
    [
      { status: 'gone', wasSeen: true, attempts: 1 },
      'Already gone',
      /not a member .* any more\. Linq had not carried out/,
    ],
    [{ status: 'gone', attempts: 1, reason: 'not-found' }, 'Already gone', /just before Linq was asked/],
    [{ status: 'refused', reason: 'too-few' }, 'Not removed', /Fewer than 3 .* Nobody was removed\./],
    [{ status: 'refused', reason: 'not-a-member' }, 'Not removed', /is not a member .* Check the person/],
    [{ status: 'unconfirmed', reason: 'still-listed' }, 'Not confirmed', /still lists .* gave no reason/],
    [
      { status: 'unconfirmed', reason: 'not-accepted' },
      'Not confirmed',
      /never clearly accepted .* still lists/,
    ],
    [
      { status: 'unconfirmed', reason: 'asked-by-another' },
      'Not confirmed',
      /Another request has already asked .* still lists .* is not confirmed/,
    ],
    [{ status: 'unconfirmed', reason: 'unchecked' }, 'Not confirmed', /could not be read/],
    [{ direction: 'add', status: 'approved' }, 'Adding back', /being asked to add/],
    [{ direction: 'add', status: 'queued' }, 'Adding back queued', /accepted .* It is not done yet/],
    [
      { direction: 'add', status: 'waiting', reason: 'rate-limited' },
      'Trying again soon',
      /Nobody was added yet\./,
    ],
    [
      { direction: 'add', status: 'done' },
      'Back',
      /is in .* again\. What was written in between was not restored\./,
    ],
    [
      { direction: 'add', status: 'gone' },
      'Already back',
      /as a member already\. Nothing was sent to Linq\./,
    ],
    [
      { direction: 'add', status: 'gone', attempts: 1 },
      'Already back',
      /had not carried out a request of ours/,
    ],
    [
      { direction: 'add', status: 'refused', reason: 'too-few' },
      'Not added back',
      /Nobody was added\. Start a new chat with/,
    ],
    [
      { direction: 'add', status: 'unconfirmed', reason: 'still-listed' },
      'Not confirmed',
      /still does not list .* not confirmed that anybody was added/,
    ],
  ])('%j: %s', (changes, headline, sentence) => {
    expect(told(changes)).toMatchObject({ headline, sentence: expect.stringMatching(sentence) });
  });

  it('say "removed" only for a proven removal, and only a final one sounds final', () => {
    for (const status of STATUSES.filter((each) => each !== 'done')) {
      const { headline, sentence } = told({ status, reason: 'no-answer' });
      expect(headline).not.toMatch(/^Removed/);
      if (!isFinal(status)) expect(sentence).toMatch(/not (?:yet|known)|not done yet|removed yet/);
    }
  });

  it('carry the reference that Linq gave', () => {
    const { sentence } = told({ status: 'refused', reason: 'other-refusal', traceId: '9f1c' });
    expect(sentence).toMatch(/reference 9f1c/);
  });
});

describe('the time that goes with them', () => {
  it('is the next try while waiting', () => {
    const soon = at(30);
    expect(told({ status: 'waiting', reason: 'service-down', attempts: 1, notBefore: soon }).when).toEqual({
      before: 'Trying again at',
      at: soon,
      after: '.',
      far: false,
    });
  });

  it('is when it is worth trying again after Linq asked for too long a wait', () => {
    const soon = at(3_600);
    expect(told({ status: 'refused', reason: 'asked-to-wait', notBefore: soon }).when).toEqual({
      before: 'Try again after',
      at: soon,
      after: '.',
      far: true,
    });
  });

  it('is since when Linq has answered nothing of use, where that is why there is no proof', () => {
    expect(told({ status: 'unconfirmed', reason: 'unchecked', troubleSince: NOW }).when).toEqual({
      before: 'Linq has given no usable answer about this since',
      at: NOW,
      after: '.',
      far: true,
    });
  });

  it('is absent where nothing has a time', () => {
    for (const status of STATUSES) expect(told({ status, reason: 'no-answer' }).when).toBeNull();
  });
});

describe('how long it took', () => {
  it.each([
    [0, '1 second'],
    [1.4, '1 second'],
    [2, '2 seconds'],
    [89, '89 seconds'],
    [90, '2 minutes'],
    [149, '2 minutes'],
    [1_799, '30 minutes'],
    [5_369, '89 minutes'],
    [5_400, '2 hours'],
    [14_400, '4 hours'],
  ])('after %d s reads "%s"', (seconds, words) => {
    const { sentence } = told({ status: 'done', wasSeen: true, sentAt: NOW, settledAt: at(seconds) });
    expect(sentence).toMatch(new RegExp(`confirmed after ${words}\\.$`));
  });
});

it.each<[boolean, Partial<Record<keyof Change, unknown>>]>([
  [true, { status: 'refused', reason: 'conflict', linqSays: 'Operation conflicts' }],
  [true, { status: 'waiting', reason: 'server-error', linqSays: 'Server operation failed' }],
  [false, { status: 'unsure', reason: 'network-timeout', linqSays: 'Network timeout' }],
  [false, { status: 'queued', reason: null, linqSays: 'Participant removal queued' }],
  [false, { status: 'refused', reason: 'conflict', linqSays: null }],
])("says that Linq's own text is worth showing: %s for %j", (useful, changes) => {
  expect(isLinqsTextUseful(aChange(changes))).toBe(useful);
});

describe('what Stop did not keep from being sent', () => {
  const ended = (status: Status) =>
    told({ status, stopped: true, reason: status === 'refused' ? 'stopped' : null }).sentence;

  it.each<Status>(['sending', 'unsure', 'queued', 'done', 'unconfirmed'])('is told of %s', (status) => {
    expect(ended(status)).toContain('When Stop was pressed, this was already on its way to Linq');
    expect(/not sent again/.test(ended(status))).toBe(status === 'sending' || status === 'unsure');
  });

  it.each<Status>(['approved', 'waiting', 'refused', 'gone'])('is no matter of %s', (status) => {
    expect(ended(status)).not.toContain('When Stop was pressed');
  });
});

describe('the tally of many chats', () => {
  const some = (count: number, status: Status) =>
    Array.from({ length: count }, () => aChange({ status, wasSeen: true }));

  it.each<[string, readonly Change[]]>([
    ['12 of 12 queued', some(12, 'queued')],
    ['1 of 2 removed, 1 refused', [...some(1, 'refused'), ...some(1, 'done')]],
    [
      '2 of 5 queued, 1 not confirmed, 1 being sent, 1 not sent yet',
      [...some(1, 'approved'), ...some(2, 'queued'), ...some(1, 'sending'), ...some(1, 'unconfirmed')],
    ],
    [
      '2 of 2 back',
      [aChange({ direction: 'add', status: 'done' }), aChange({ direction: 'add', status: 'done' })],
    ],
    [
      '1 of 4 removed, 2 no longer in the chat, 1 not in the chat',
      [
        aChange({ status: 'done', wasSeen: false }),
        aChange({ status: 'done', wasSeen: true, reason: 'conflict' }),
        aChange({ status: 'done', wasSeen: true, leftVoluntarily: true }),
        aChange({ status: 'done', wasSeen: true }),
      ],
    ],
    [
      '1 of 3 already gone, 1 being checked, 1 waiting for Linq',
      [...some(1, 'waiting'), ...some(1, 'unsure'), ...some(1, 'gone')],
    ],
  ])('reads "%s"', (words, removals) => {
    expect(tally(removals)).toBe(words);
  });

  it('counts every chat exactly once, whatever its status', () => {
    const counts = tally(STATUSES.map((status) => aChange({ status }))).matchAll(
      /(?<!of )\b\d+\b(?! of)|\d+(?= of)/g,
    );
    expect([...counts].reduce((sum, [count]) => sum + Number(count), 0)).toBe(STATUSES.length);
  });
});

describe('Retry', () => {
  it('is offered for what could end differently, and for nothing that is open or ended well', () => {
    for (const status of STATUSES.filter((each) => !['refused', 'unconfirmed'].includes(each))) {
      expect(isRetryable(aChange({ status, reason: 'conflict' }))).toBe(false);
    }
    expect(isRetryable(aChange({ status: 'unconfirmed', reason: 'still-listed' }))).toBe(true);
  });

  it('is never offered for an addition, which has its own button, nor without a reason', () => {
    expect(isRetryable(aChange({ direction: 'add', status: 'refused', reason: 'conflict' }))).toBe(false);
    expect(isRetryable(aChange({ status: 'unconfirmed' }))).toBe(false);
  });

  it.each<[ReasonName, boolean]>([
    ['kept-busy', true],
    ['never-reached', true],
    ['not-a-member', false],
    ['stopped', true],
    ['asked-to-wait', true],
    ['unauthorized', true],
    ['direct-chat', false],
    ['too-few', false],
    ['our-line-left', false],
    ['our-own-line', false],
    ['unsupported-service', false],
  ])('after %s: %s', (reason, worth) => {
    expect(isRetryable(aChange({ status: 'refused', reason }))).toBe(worth);
  });
});

it.each(Object.keys(REASONS) as ReasonName[])('says for %s in a window that nothing was done', (reason) => {
  const expected = reason === 'already-left' ? /There is nothing left to remove\./ : /Nobody was removed\./;
  expect(explainImpossible(reason, WORDS)).toMatch(expected);
  if (reason !== 'already-left')
    expect(explainImpossible(reason, WORDS, 'add')).toMatch(/Nobody was added\./);
});
