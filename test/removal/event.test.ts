import type { Change } from '../../src/removal/change.js';
import { afterEvent, type ParticipantEvent, wasAddedBack } from '../../src/removal/event.js';
import { aChange, at, CHAT_ID, frozen, NOW, OUR_LINE, PAT } from '../support/build.js';

function anEvent(changes: Partial<ParticipantEvent> = {}): ParticipantEvent {
  return frozen({
    kind: 'removed',
    deliveryId: 'delivery',
    eventId: 'event',
    chatId: CHAT_ID,
    handle: PAT,
    isUs: false,
    leftVoluntarily: false,
    at: at(3),
    traceId: 'of the event',
    ...changes,
  });
}

const sent = (changes: Partial<Change> = {}) =>
  aChange({
    status: 'queued',
    mayStillAct: true,
    attempts: 1,
    sentAt: at(1),
    dueAt: at(8),
    traceId: 'of the 202',
    ...changes,
  });

describe('An event that a person is out', () => {
  it.each(['sending', 'waiting', 'unsure', 'queued'] as const)('proves a removal that is %s', (status) => {
    const open = sent({ status, reason: 'no-answer', linqSays: 'Hm', notBefore: at(20) });
    expect(afterEvent(open, anEvent(), at(4))).toEqual({
      ...open,
      status: 'done',
      mayStillAct: false,
      wasSeen: true,
      reason: null,
      linqSays: null,
      notBefore: null,
      dueAt: null,
      settledAt: at(4),
      provenBy: 'event',
    });
  });

  it('proves a removal whose first call is on the wire: it may be what that call did', () => {
    const first = sent({ status: 'sending', mayStillAct: false });
    expect(afterEvent(first, anEvent(), at(4))).toMatchObject({ status: 'done', settledAt: at(4) });
  });

  it('means that there is nothing to do when nothing was sent, or nothing that left can act', () => {
    expect(afterEvent(aChange(), anEvent(), at(4))).toMatchObject({
      status: 'gone',
      settledAt: at(4),
      wasSeen: true,
    });
    const putOff = aChange({ status: 'waiting', attempts: 1, reason: 'rate-limited' });
    expect(afterEvent(putOff, anEvent(), at(4))).toMatchObject({ status: 'gone', reason: null });
  });

  it.each([
    ['unconfirmed', 1],
    ['refused', 1],
  ] as const)('corrects one that ended as %s', (status, attempts) => {
    const ended = sent({
      status,
      attempts,
      mayStillAct: false,
      dueAt: at(3_600),
      settledAt: at(3),
      reason: 'conflict',
    });
    expect(afterEvent(ended, anEvent(), at(4))).toMatchObject({
      status: 'done',
      dueAt: null,
      settledAt: at(4),
    });
    expect(afterEvent(ended, anEvent({ at: null }), at(4))).toBeNull();
  });

  it.each([
    ['done', 1],
    ['gone', 0],
    ['refused', 0],
  ] as const)('changes nothing about one that is %s', (status, attempts) => {
    expect(afterEvent(sent({ status, attempts, dueAt: null }), anEvent(), at(4))).toBeNull();
  });

  it('says whether they left on their own, and lends its trace id', () => {
    const settled = afterEvent(sent({ traceId: null }), anEvent({ leftVoluntarily: true }), at(4));
    expect(settled).toMatchObject({ leftVoluntarily: true, traceId: 'of the event' });
  });

  it('is about the same person in any case, in the same chat in any case', () => {
    const open = sent({ handle: 'Pat@Example.com' });
    const event = anEvent({ handle: 'pat@example.com', chatId: CHAT_ID.toUpperCase() });
    expect(afterEvent(open, event, at(4))?.status).toBe('done');
  });

  it.each([
    ['another chat', { chatId: '11111111-2222-4333-8444-555555555555' }],
    ['another person', { handle: '+12025550143' }],
    ['another person, without a chat', { handle: '+12025550143', chatId: null }],
    ['an arrival', { kind: 'added' as const }],
  ])('is nothing to a removal when it is about %s', (_what, changes) => {
    expect(afterEvent(sent(), anEvent(changes), at(4))).toBeNull();
  });

  it('counts from the very second of the approval on, because Linq’s times have no fractions', () => {
    const open = sent({ approvedAt: new Date(NOW.getTime() + 700) });
    expect(afterEvent(open, anEvent({ at: NOW }), at(4))?.status).toBe('done');
    expect(afterEvent(open, anEvent({ at: at(-1) }), at(4))?.status).toBe('queued');
  });

  it.each([
    ['dated before the approval', { at: at(-60) }],
    ['without a date', { at: null }],
    ['without a chat', { chatId: null }],
    ['about our own line', { isUs: true, handle: OUR_LINE }],
  ])('%s only makes the next look come now', (_which, changes) => {
    for (const status of ['queued', 'unsure'] as const) {
      const open = sent({ status });
      expect(afterEvent(open, anEvent(changes), at(4))).toEqual({ ...open, dueAt: at(4) });
    }
    for (const status of ['approved', 'sending', 'waiting'] as const) {
      expect(afterEvent(sent({ status }), anEvent(changes), at(4))).toBeNull();
    }
  });
});

describe('An event about an addition', () => {
  const add = sent({ direction: 'add', status: 'queued' });

  it('proves it when the person is in, and is nothing to it when a person is out', () => {
    expect(afterEvent(add, anEvent({ kind: 'added' }), at(4))).toMatchObject({
      status: 'done',
      settledAt: at(4),
    });
    expect(afterEvent(add, anEvent({ kind: 'removed' }), at(4))).toBeNull();
  });
});

describe('An event that a person is in', () => {
  const DAY = 86_400;
  const proven = sent({ status: 'done', dueAt: null, settledAt: at(4) });
  const arrival = (changes: Partial<ParticipantEvent> = {}) =>
    anEvent({ kind: 'added', at: at(60), ...changes });

  it('undoes a removal proven within the week before', () => {
    expect(wasAddedBack(proven, arrival())).toBe(true);
    expect(wasAddedBack(proven, arrival({ at: at(4 + 7 * DAY) }))).toBe(true);
    expect(wasAddedBack(proven, arrival({ at: at(5 + 7 * DAY) }))).toBe(false);
  });

  it('does not when it is late news from before the removal', () => {
    expect(wasAddedBack(proven, arrival({ at: at(1) }))).toBe(false);
  });

  it.each(['gone', 'refused', 'unconfirmed', 'queued'] as const)(
    'undoes nothing where it is %s',
    (status) => {
      expect(wasAddedBack(sent({ status, settledAt: at(4) }), arrival())).toBe(false);
    },
  );

  it('does not undo an addition', () => {
    expect(wasAddedBack(sent({ ...proven, direction: 'add' }), arrival())).toBe(false);
  });

  it.each([
    ['another person', { handle: '+12025550143' }],
    ['no chat', { chatId: null }],
    ['no time', { at: null }],
    ['our own line', { isUs: true }],
    ['a departure', { kind: 'removed' as const }],
  ])('does not when it names %s', (_what, changes) => {
    expect(wasAddedBack(proven, arrival(changes))).toBe(false);
  });
});
