import { type Addition, addBackEnds, additionFor, canBeAddedBack } from '../../src/removal/addition.js';
import {
  afterAdding,
  afterAdditionLook,
  isToBeSent,
  takeUpAddition,
} from '../../src/removal/addition-life.js';
import { additionOutcome } from '../../src/removal/addition-outcome.js';
import { afterTelling, isToBeTold, isToldEnough, takeUpTelling } from '../../src/removal/addition-telling.js';
import type { Posted } from '../../src/removal/ports.js';
import {
  aChat,
  accepts,
  aRemoval,
  aSubject,
  at,
  fails,
  frozen,
  NOW,
  PAT,
  shows,
  withoutPat,
} from '../support/build.js';
import { minutes } from '../support/clock.js';

const DAY = 24 * 3_600;
const WINDOW = minutes(30);
const removed = aRemoval({ status: 'removed', settledAt: NOW, sentAt: NOW, dueAt: null });
const anAddition = (changes: Partial<Addition> = {}): Addition =>
  frozen({
    ...additionFor(removed, { id: 'addition-1', viewId: 'V1', requestedBy: 'U0ALICE', at: NOW }),
    ...changes,
  });
const taken = () => takeUpAddition(anAddition(), NOW);
const failed = (why: (Posted & { ok: false })['why'], retryAfterMs: number | null = null): Posted => ({
  ok: false,
  why,
  hint: null,
  retryAfterMs,
});

describe('what can be added back', () => {
  it.each([
    ['a proven removal', {}, 0, true],
    ['to the last moment of its day', {}, DAY - 1, true],
    ['not a day later', {}, DAY, false],
    ['nobody who left on their own', { leftAlone: true }, 0, false],
    ['nobody who was gone before', { status: 'gone' as const }, 0, false],
    ['nobody who is still to be removed', { status: 'queued' as const, settledAt: null }, 0, false],
  ])('is %s', (_what, changes, seconds, possible) => {
    const subject = aSubject({ removals: [{ ...removed, ...changes }] });
    expect(canBeAddedBack(subject, at(seconds))).toHaveLength(possible ? 1 : 0);
  });

  it.each([
    ['adding', false],
    ['unsure', false],
    ['queued', false],
    ['back', false],
    ['refused', true],
    ['unconfirmed', true],
  ] as const)('with an addition that is %s: %s', (status, possible) => {
    const subject = aSubject({ removals: [removed], additions: [anAddition({ status })] });
    expect(canBeAddedBack(subject, NOW)).toHaveLength(possible ? 1 : 0);
  });

  it('ends a day after the last proof', () => {
    expect(addBackEnds([removed, { ...removed, settledAt: at(60) }])).toEqual(at(DAY + 60));
    expect(addBackEnds([{ ...removed, leftAlone: true }])).toBeNull();
  });
});

describe('an addition', () => {
  it('is taken up, looked for and sent within its lease', () => {
    const looked = afterAdditionLook(taken(), shows(withoutPat()), NOW, WINDOW);
    expect(looked).toMatchObject({ status: 'adding', attempts: 1, sentAt: NOW, dueAt: at(45) });
    expect(isToBeSent(looked, NOW)).toBe(true);
    expect(isToBeSent(looked, at(31))).toBe(false);
  });

  it('found with a sending time is looked for before it is sent again', () => {
    const found = takeUpAddition(taken(), at(46));
    expect(found).toMatchObject({ status: 'unsure', reason: 'interrupted', attempts: 1, dueAt: at(91) });
    const looked = afterAdditionLook(found, shows(withoutPat()), at(46), WINDOW);
    expect(looked).toMatchObject({ status: 'adding', attempts: 2, sentAt: at(46) });
    expect(afterAdditionLook(found, shows(aChat()), at(46), WINDOW)).toMatchObject({
      status: 'back',
      reason: null,
    });
  });

  it('is not sent again on the strength of a chat that cannot be read', () => {
    const found = takeUpAddition(taken(), at(46));
    expect(afterAdditionLook(found, fails(), at(46), WINDOW)).toMatchObject({ status: 'unsure' });
  });

  it('ends unconfirmed when its window is over, and says whether the chat was read', () => {
    const queued = afterAdding(taken(), accepts(), NOW);
    expect(queued).toMatchObject({ status: 'queued', stepAt: at(2) });
    const late = at(30 * 60);
    expect(afterAdditionLook(queued, shows(withoutPat()), late, WINDOW)).toMatchObject({
      status: 'unconfirmed',
      reason: 'not-listed',
      stepAt: null,
    });
    expect(afterAdditionLook(queued, fails(), late, WINDOW)).toMatchObject({ reason: 'unchecked' });
  });

  it('is never spoken of in the words of a removal', () => {
    const words = { person: PAT, chat: '“Launch crew”', traceId: '9f1c' };
    const codes = [
      1001, 1002, 1003, 1005, 1006, 2001, 2004, 2005, 2006, 2008, 2011, 2013, 2015, 2016, 2017, 9999,
    ];
    for (const code of codes) {
      const refused = afterAdding(taken(), fails({ status: 409, code }), NOW);
      expect(additionOutcome(refused, words)).toMatchObject({ headline: 'Not added back' });
      expect(additionOutcome(refused, words).sentence).toMatch(/Nobody was added\./);
      expect(additionOutcome(refused, words).sentence).not.toMatch(/[Nn]obody was removed|remov/);
    }
  });
});

describe('telling people of an addition', () => {
  const news = () => afterAdding(taken(), accepts(), NOW);

  it('comes before its next step, and both keep their times', () => {
    expect(isToBeTold(news(), NOW)).toBe(true);
    const told = afterTelling(
      takeUpTelling(news(), NOW),
      { ok: true, place: { channel: 'C1', ts: '1.2' } },
      NOW,
    );
    expect(told).toMatchObject({
      dueAt: at(2),
      telling: { place: { ts: '1.2' }, shown: 1, wanted: 1, at: null },
    });
  });

  it('whose teller died unheard happens once more, and no more than that', () => {
    const held = takeUpTelling(news(), NOW);
    expect(held).toMatchObject({ dueAt: at(15), telling: { held: true, unheard: 0 } });
    const again = takeUpTelling(held, at(15));
    expect(isToldEnough(again)).toBe(false);
    expect(isToldEnough(takeUpTelling(again, at(30)))).toBe(true);
  });

  it('as an edit is repeated without harm', () => {
    const place = { channel: 'C1', ts: '1.2' };
    const shown = { ...news(), telling: { ...news().telling, place, held: true } };
    expect(isToldEnough(takeUpTelling(takeUpTelling(shown, NOW), NOW))).toBe(false);
  });

  it.each([
    ['later', 9_000, 9],
    ['later', null, 2],
    ['misconfigured', null, 2],
    ['unknown', null, 2],
  ] as const)('waits when Slack says %s', (why, retryAfterMs, wait) => {
    const after = afterTelling(takeUpTelling(news(), NOW), failed(why, retryAfterMs), NOW);
    expect(after.telling).toMatchObject({ at: at(wait), tries: 1, held: false });
    expect(after.dueAt).toEqual(at(2));
  });

  it('goes to the person when the thread is closed, and ends where they cannot be reached either', () => {
    const closed = afterTelling(takeUpTelling(news(), NOW), failed('refused'), NOW);
    expect(closed.telling).toMatchObject({ toPerson: true, at: NOW });
    expect(afterTelling(takeUpTelling(closed, NOW), failed('refused'), NOW).telling.at).toBeNull();
  });

  it('ends when its reply was deleted', () => {
    const place = { channel: 'C1', ts: '1.2' };
    const gone = { ...news(), telling: { ...news().telling, place } };
    expect(afterTelling(gone, failed('lost'), NOW).telling).toMatchObject({ at: null, toPerson: false });
  });
});
