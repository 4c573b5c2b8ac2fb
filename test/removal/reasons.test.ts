import { consequenceOf, explain, REASONS, type ReasonName, reasonFor } from '../../src/removal/reasons.js';
import { aFailure } from '../support/build.js';

type Row = readonly [status: number | null, code: number | null, reason: ReasonName, consequence: string];

/** Linq's published table (docs.linqapp.com/error), as far as a removal can meet it. */
const PUBLISHED: readonly Row[] = [
  [400, 1001, 'missing-field', 'refuse'],
  [400, 1002, 'bad-number', 'refuse'],
  [400, 1003, 'bad-body', 'refuse'],
  [422, 1003, 'bad-body', 'refuse'],
  [400, 1005, 'bad-value', 'refuse'],
  [409, 1006, 'direct-chat', 'refuse'],
  [429, 1007, 'rate-limited', 'wait'],
  [404, 2001, 'not-found', 'refuse'],
  [401, 2004, 'unauthorized', 'refuse'],
  [403, 2005, 'access-denied', 'refuse'],
  [403, 2006, 'line-denied', 'refuse'],
  [403, 2008, 'sandbox', 'refuse'],
  [409, 2009, 'still-creating', 'wait'],
  [403, 2011, 'feature-off', 'refuse'],
  [409, 2013, 'chat-unavailable', 'refuse'],
  [409, 2015, 'conflict', 'refuse'],
  [409, 2016, 'unsupported-group', 'refuse'],
  [409, 2017, 'unsupported-service', 'refuse'],
  [500, 3001, 'server-error', 'wait'],
  [500, 3002, 'server-error', 'wait'],
  [500, 3003, 'server-error', 'wait'],
  [500, 3004, 'server-error', 'wait'],
  [504, 3005, 'network-timeout', 'check'],
  [500, 3006, 'internal-error', 'wait'],
  [500, 3007, 'delivery-exhausted', 'wait'],
  [500, 4002, 'line-unavailable', 'wait'],
  [503, 4004, 'service-down', 'wait'],
];

/** Codes that Linq publishes for other calls, and codes that nobody knows yet. */
const FOREIGN: readonly Row[] = [
  [400, 1004, 'other-refusal', 'refuse'],
  [400, 5004, 'other-refusal', 'refuse'],
  [404, 2019, 'not-found', 'refuse'],
  [409, 2014, 'conflict', 'refuse'],
  [422, 4005, 'other-refusal', 'refuse'],
  [500, 2022, 'other-fault', 'wait'],
  [500, 4001, 'other-fault', 'wait'],
  [500, 9999, 'other-fault', 'wait'],
  [418, 9999, 'other-refusal', 'refuse'],
];

/** A gateway answers in HTML: there is a status and nothing else. */
const STATUS_ONLY: readonly Row[] = [
  [400, null, 'other-refusal', 'refuse'],
  [401, null, 'unauthorized', 'refuse'],
  [403, null, 'access-denied', 'refuse'],
  [404, null, 'not-found', 'refuse'],
  [408, null, 'no-answer', 'check'],
  [409, null, 'conflict', 'refuse'],
  [422, null, 'other-refusal', 'refuse'],
  [429, null, 'rate-limited', 'wait'],
  [500, null, 'other-fault', 'wait'],
  [502, null, 'other-fault', 'wait'],
  [503, null, 'service-down', 'wait'],
  [504, null, 'network-timeout', 'check'],
  [301, null, 'other-refusal', 'refuse'],
  [303, null, 'other-refusal', 'refuse'],
  [200, null, 'no-answer', 'check'],
  [202, null, 'no-answer', 'check'],
  [null, null, 'no-answer', 'check'],
];

/** Where status and code contradict each other about refused or failed, the status decides. */
const CONTRADICTING: readonly Row[] = [
  [400, 3006, 'other-refusal', 'refuse'],
  [404, 3005, 'not-found', 'refuse'],
  [409, 4004, 'conflict', 'refuse'],
  [500, 2013, 'other-fault', 'wait'],
  [502, 1007, 'other-fault', 'wait'],
  [503, 2001, 'service-down', 'wait'],
  [504, 3001, 'network-timeout', 'check'],
  [408, 2009, 'no-answer', 'check'],
  [429, 2013, 'rate-limited', 'wait'],
  [200, 2001, 'no-answer', 'check'],
  [null, 2001, 'no-answer', 'check'],
];

describe('the reason behind a failure', () => {
  it.each([...PUBLISHED, ...FOREIGN, ...STATUS_ONLY, ...CONTRADICTING])(
    'is for status %s with code %s: %s (%s)',
    (status, code, reason, consequence) => {
      expect(reasonFor(aFailure({ status, code }))).toBe(reason);
      expect(consequenceOf(reason)).toBe(consequence);
    },
  );

  it('never leads to another try after 400, 401, 403, 404, or 409 other than 2009', () => {
    const codes = [null, ...PUBLISHED.map(([, code]) => code)];
    const retried = [400, 401, 403, 404, 409]
      .flatMap((status) => codes.map((code) => ({ status, code })))
      .filter((failure) => consequenceOf(reasonFor(aFailure(failure))) !== 'refuse');
    expect(retried).toEqual([{ status: 409, code: 2009 }]);
  });
});

const WORDS = { person: '+12052499136', chat: '“Launch crew” (…0000)', traceId: '9f1c' };
const NAMES = Object.keys(REASONS) as ReasonName[];
const ENDS_WELL_FORMED = /^\S.*[.…]$/u;

describe.each(NAMES)('the sentence for %s', (reason) => {
  const { happened, notDone, next } = REASONS[reason];
  const whole = explain(reason, WORDS);

  it('says what happened, what was not done and what to do next, in this order', () => {
    for (const part of [happened(WORDS), notDone, next(WORDS)]) expect(part).toMatch(ENDS_WELL_FORMED);
    expect(whole).toBe([happened(WORDS), notDone, next(WORDS)].join(' '));
  });

  it('is plain English without codes, JSON or blanks', () => {
    for (const sentence of [whole, explain(reason, { ...WORDS, traceId: null })]) {
      expect(sentence).not.toMatch(/[{}[\]<>]|undefined|null|\b[1-5]\d\d\b|\b[1-5]\d{3}\b| {2}/u);
    }
  });

  it('does not claim that nobody was removed where that is not known', () => {
    const serverSide = PUBLISHED.some(([status, , name]) => name === reason && (status ?? 0) >= 500);
    const unknown = serverSide || consequenceOf(reason) === 'check' || reason === 'other-fault';
    if (unknown) expect(notDone).toBe('It is not known yet whether the removal went through.');
    else expect(/not known/.test(notDone)).toBe(reason === 'asked-to-wait-unclear');
  });
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
  expect(explain(reason, WORDS)).toMatch(/reference 9f1c/);
  expect(explain(reason, { ...WORDS, traceId: null })).toMatch(/what you tried and when/);
});
