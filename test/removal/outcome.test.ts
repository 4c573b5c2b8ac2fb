import { isLinqsTextUseful, isRetryable, outcomeOf, tally } from '../../src/removal/outcome.js';
import type { ReasonName } from '../../src/removal/reasons.js';
import { isFinal, type Removal, type RemovalStatus, STATUSES } from '../../src/removal/removal.js';
import { aRemoval, at, NOW } from '../support/build.js';

const WORDS = { person: '+12052499136', chat: '“Launch crew” (…0000)', traceId: null };
const told = (changes: Partial<Removal>) => outcomeOf(aRemoval(changes), WORDS);

describe('the words of a status', () => {
  it.each<[Partial<Removal>, string, RegExp]>([
    [{ status: 'approved' }, 'Asking Linq', /has not yet answered/],
    [{ status: 'sending' }, 'Asking Linq', /has not yet answered/],
    [{ status: 'waiting', reason: 'rate-limited' }, 'Trying again soon', /busy .* Nobody was removed yet\./],
    [{ status: 'unsure', reason: 'no-answer' }, 'No answer yet, checking', /not known yet/],
    [{ status: 'unsure' }, 'No answer yet, checking', /Contact with Linq was lost/],
    [{ status: 'queued' }, 'Removal queued', /accepted .* It is not done yet/],
    [{ status: 'removed' }, 'Removed', /is no longer in “Launch crew” \(…0000\), confirmed after/],
    [{ status: 'removed', leftAlone: true }, 'No longer in the chat', /left on their own/],
    [{ status: 'gone' }, 'Already gone', /Nothing was sent to Linq/],
    [{ status: 'gone', reason: 'not-found' }, 'Already gone', /just before Linq was asked/],
    [{ status: 'refused', reason: 'too-few' }, 'Not removed', /Fewer than 3 .* Nobody was removed\./],
    [{ status: 'unconfirmed', reason: 'still-listed' }, 'Not confirmed', /still lists .* gave no reason/],
    [{ status: 'unconfirmed', reason: 'unchecked' }, 'Not confirmed', /could not be read/],
  ])('%j: %s', (changes, headline, sentence) => {
    expect(told(changes)).toMatchObject({ headline, sentence: expect.stringMatching(sentence) });
  });

  it('say "removed" only for a proven removal, and only a final one sounds final', () => {
    for (const status of STATUSES.filter((each) => each !== 'removed')) {
      const { headline, sentence } = told({ status, reason: 'no-answer' });
      expect(headline).not.toMatch(/^Removed/);
      if (!isFinal(status)) expect(sentence).toMatch(/not (?:yet|known)|not done yet/);
    }
  });

  it('carry the reference that Linq gave', () => {
    const { sentence } = told({ status: 'refused', reason: 'other-refusal', traceId: '9f1c' });
    expect(sentence).toMatch(/reference 9f1c/);
  });
});

describe('the time that goes with them', () => {
  it('is the next try and its number while waiting', () => {
    const soon = at(30);
    expect(told({ status: 'waiting', reason: 'service-down', attempts: 1, notBefore: soon }).when).toEqual({
      before: 'Trying again at',
      at: soon,
      after: ' (2 of 5).',
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
  ])('after %d s reads "%s"', (seconds, words) => {
    const { sentence } = told({ status: 'removed', sentAt: NOW, settledAt: at(seconds) });
    expect(sentence).toMatch(new RegExp(`confirmed after ${words}\\.$`));
  });
});

it.each<[boolean, Partial<Removal>]>([
  [true, { status: 'refused', reason: 'conflict', linqSays: 'Operation conflicts' }],
  [true, { status: 'waiting', reason: 'server-error', linqSays: 'Server operation failed' }],
  [false, { status: 'unsure', reason: 'network-timeout', linqSays: 'Network timeout' }],
  [false, { status: 'queued', reason: null, linqSays: 'Participant removal queued' }],
  [false, { status: 'refused', reason: 'conflict', linqSays: null }],
])("says that Linq's own text is worth showing: %s for %j", (useful, changes) => {
  expect(isLinqsTextUseful(aRemoval(changes))).toBe(useful);
});

describe('the tally of many chats', () => {
  const some = (count: number, status: RemovalStatus) =>
    Array.from({ length: count }, () => aRemoval({ status }));

  it.each<[string, readonly Removal[]]>([
    ['12 of 12 queued', some(12, 'queued')],
    ['1 of 2 removed, 1 refused', [...some(1, 'refused'), ...some(1, 'removed')]],
    [
      '2 of 5 queued, 1 not confirmed, 2 not sent yet',
      [...some(1, 'approved'), ...some(2, 'queued'), ...some(1, 'sending'), ...some(1, 'unconfirmed')],
    ],
    [
      '1 of 3 already gone, 1 being checked, 1 waiting for Linq',
      [...some(1, 'waiting'), ...some(1, 'unsure'), ...some(1, 'gone')],
    ],
  ])('reads "%s"', (words, removals) => {
    expect(tally(removals)).toBe(words);
  });

  it('counts every chat exactly once, whatever its status', () => {
    const counts = tally(STATUSES.map((status) => aRemoval({ status }))).matchAll(
      /(?<!of )\b\d+\b(?! of)|\d+(?= of)/g,
    );
    expect([...counts].reduce((sum, [count]) => sum + Number(count), 0)).toBe(STATUSES.length);
  });
});

describe('Retry', () => {
  it('is offered for what could end differently, and for nothing that is open or ended well', () => {
    for (const status of STATUSES.filter((each) => !['refused', 'unconfirmed'].includes(each))) {
      expect(isRetryable(aRemoval({ status, reason: 'conflict' }))).toBe(false);
    }
    expect(isRetryable(aRemoval({ status: 'unconfirmed', reason: 'still-listed' }))).toBe(true);
  });

  it.each<[ReasonName, boolean]>([
    ['kept-busy', true],
    ['stopped', true],
    ['asked-to-wait', true],
    ['unauthorized', true],
    ['direct-chat', false],
    ['too-few', false],
    ['our-line-left', false],
    ['our-own-line', false],
    ['unsupported-service', false],
  ])('after %s: %s', (reason, worth) => {
    expect(isRetryable(aRemoval({ status: 'refused', reason }))).toBe(worth);
  });
});
