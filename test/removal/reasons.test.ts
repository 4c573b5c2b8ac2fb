import { explain, REASONS, type ReasonName, reasonFor, reasonOf } from '../../src/removal/reasons.js';
import { aFailure } from '../support/build.js';

type Row = readonly [status: number | null, code: number | null, reason: ReasonName, consequence: string];

/** Linq's published table (docs.linqapp.com/error), as far as a removal can meet it. */
const PUBLISHED: readonly Row[] = [
  [400, 1001, 'missing-field', 'refusal'],
  [400, 1002, 'bad-number', 'refusal'],
  [400, 1003, 'bad-body', 'refusal'],
  [422, 1003, 'bad-body', 'refusal'],
  [400, 1005, 'bad-value', 'refusal'],
  [409, 1006, 'direct-chat', 'refusal'],
  [429, 1007, 'rate-limited', 'wait'],
  [404, 2001, 'not-found', 'refusal'],
  [401, 2004, 'unauthorized', 'refusal'],
  [403, 2005, 'access-denied', 'refusal'],
  [403, 2006, 'line-denied', 'refusal'],
  [403, 2008, 'sandbox', 'refusal'],
  [409, 2009, 'still-creating', 'wait'],
  [403, 2011, 'feature-off', 'refusal'],
  [409, 2013, 'chat-unavailable', 'refusal'],
  [409, 2015, 'conflict', 'refusal'],
  [409, 2016, 'unsupported-group', 'refusal'],
  [409, 2017, 'unsupported-service', 'refusal'],
  [500, 3001, 'server-error', 'wait'],
  [500, 3002, 'server-error', 'wait'],
  [500, 3003, 'server-error', 'wait'],
  [500, 3004, 'server-error', 'wait'],
  [504, 3005, 'network-timeout', 'unclear'],
  [500, 3006, 'internal-error', 'wait'],
  [500, 3007, 'delivery-exhausted', 'wait'],
  [500, 4002, 'line-unavailable', 'wait'],
  [503, 4004, 'service-down', 'wait'],
];

/** Codes that Linq publishes for other calls, and codes that nobody knows yet. */
const FOREIGN: readonly Row[] = [
  [400, 1004, 'other-refusal', 'refusal'],
  [400, 5004, 'other-refusal', 'refusal'],
  [404, 2019, 'not-found', 'refusal'],
  [409, 2014, 'conflict', 'refusal'],
  [422, 4005, 'other-refusal', 'refusal'],
  [500, 2022, 'other-fault', 'wait'],
  [500, 4001, 'other-fault', 'wait'],
  [500, 9999, 'other-fault', 'wait'],
  [418, 9999, 'other-refusal', 'refusal'],
];

/** A gateway answers in HTML: there is a status and nothing else. */
const STATUS_ONLY: readonly Row[] = [
  [400, null, 'other-refusal', 'refusal'],
  [401, null, 'unauthorized', 'refusal'],
  [403, null, 'access-denied', 'refusal'],
  [404, null, 'not-found', 'refusal'],
  [408, null, 'no-answer', 'unclear'],
  [409, null, 'conflict', 'refusal'],
  [422, null, 'other-refusal', 'refusal'],
  [429, null, 'rate-limited', 'wait'],
  [500, null, 'other-fault', 'wait'],
  [502, null, 'other-fault', 'wait'],
  [503, null, 'service-down', 'wait'],
  [504, null, 'network-timeout', 'unclear'],
  [301, null, 'other-refusal', 'refusal'],
  [303, null, 'other-refusal', 'refusal'],
  [200, null, 'no-answer', 'unclear'],
  [202, null, 'no-answer', 'unclear'],
  [null, null, 'no-answer', 'unclear'],
];

/** Where status and code contradict each other about refused or failed, the status decides. */
const CONTRADICTING: readonly Row[] = [
  [400, 3006, 'other-refusal', 'refusal'],
  [404, 3005, 'not-found', 'refusal'],
  [409, 4004, 'conflict', 'refusal'],
  [500, 2013, 'other-fault', 'wait'],
  [502, 1007, 'other-fault', 'wait'],
  [503, 2001, 'service-down', 'wait'],
  [504, 3001, 'network-timeout', 'unclear'],
  [408, 2009, 'no-answer', 'unclear'],
  [429, 2013, 'rate-limited', 'wait'],
  [200, 2001, 'no-answer', 'unclear'],
  [null, 2001, 'no-answer', 'unclear'],
];

describe('the reason behind a failure', () => {
  it.each([...PUBLISHED, ...FOREIGN, ...STATUS_ONLY, ...CONTRADICTING])(
    'is for status %s with code %s: %s (%s)',
    (status, code, reason, consequence) => {
      expect(reasonFor(aFailure({ status, code }))).toBe(reason);
      expect(reasonOf(reason).kind).toBe(consequence);
    },
  );

  it('never leads to another try after 400, 401, 403, 404, or 409 other than 2009', () => {
    const codes = [null, ...PUBLISHED.map(([, code]) => code)];
    const retried = [400, 401, 403, 404, 409]
      .flatMap((status) => codes.map((code) => ({ status, code })))
      .filter((failure) => reasonOf(reasonFor(aFailure(failure))).kind !== 'refusal');
    expect(retried).toEqual([{ status: 409, code: 2009 }]);
  });
});

const WORDS = { person: '+12052499136', chat: '“Launch crew” (…0000)', traceId: '9f1c' };
const NAMES = Object.keys(REASONS) as ReasonName[];
const ENDS_WELL_FORMED = /^\S.*[.…]$/u;

describe.each(NAMES)('the sentence for %s', (name) => {
  const { happened, next, notDone = 'Nothing was done.', add } = reasonOf(name);
  const whole = explain(name, 'Nothing was done.', WORDS);

  it('says what happened, what was not done and what to do next, in this order', () => {
    for (const part of [happened(WORDS), notDone, next(WORDS)]) expect(part).toMatch(ENDS_WELL_FORMED);
    expect(whole).toBe([happened(WORDS), notDone, next(WORDS)].join(' '));
  });

  it('is plain English without codes, JSON or blanks, in both directions', () => {
    for (const direction of ['remove', 'add'] as const) {
      for (const traceId of ['9f1c', null]) {
        const sentence = explain(name, 'Nothing was done.', { ...WORDS, traceId }, direction);
        expect(sentence).not.toMatch(/[{}[\]<>]|undefined|null|\b[1-5]\d\d\b|\b[1-5]\d{3}\b| {2}/u);
      }
    }
  });

  it('never says by itself that nobody was removed or added: the status knows', () => {
    const said = [happened, next, add?.happened, add?.next].map((words) => words?.(WORDS) ?? '').join(' ');
    expect(said).not.toMatch(/nobody was|not known/iu);
  });

  it('of an addition speaks of adding', () => {
    const sentence = explain(name, 'Nothing was done.', WORDS, 'add');
    const fromLinqsAnswers = [...PUBLISHED, ...FOREIGN, ...STATUS_ONLY].some(
      ([, , reason]) => reason === name,
    );
    if (fromLinqsAnswers)
      expect(sentence).not.toMatch(/\bremoval\b|to remove|cannot remove|removes people/iu);
  });
});

it('queues nothing only where Linq said no, asked to wait, or was not reached', () => {
  const certain = NAMES.filter((name) => reasonOf(name).queuesNothing);
  for (const name of certain) expect(['refusal', 'wait']).toContain(reasonOf(name).kind);
  const waits = certain.filter((name) => reasonOf(name).kind === 'wait');
  expect(waits.sort()).toEqual(['asked-already', 'rate-limited', 'still-creating', 'unreachable']);
});

it.each([
  ['unreachable', 'unreachable'],
  ['not-built', 'not-built'],
  ['held-back', 'rate-limited'],
] as const)('a request that never left (%s) has the reason %s, whatever else is known', (sent, reason) => {
  expect(reasonFor(aFailure({ sent, status: 500, code: 3006 }))).toBe(reason);
});

it.each<ReasonName>([
  'missing-field',
  'bad-body',
  'bad-value',
  'unsupported-group',
  'internal-error',
  'other-refusal',
  'still-listed',
])('the sentence for %s gives the reference for the owner, or says what to tell without one', (reason) => {
  expect(explain(reason, '', WORDS)).toMatch(/reference 9f1c/);
  expect(explain(reason, '', { ...WORDS, traceId: null })).toMatch(/what you tried and when/);
});
