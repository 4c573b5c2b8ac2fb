import { afterEvent, type ParticipantEvent, wasAddedBack } from '../../src/removal/event.js';
import { type Removal, STATUSES } from '../../src/removal/removal.js';
import { aRemoval, at, CHAT_ID, frozen, NOW, OUR_LINE, PAT } from '../support/build.js';

function anEvent(changes: Partial<ParticipantEvent> = {}): ParticipantEvent {
  return frozen({
    kind: 'removed',
    deliveryId: 'delivery',
    eventId: 'event',
    chatId: CHAT_ID,
    handle: PAT,
    isUs: false,
    leftAlone: false,
    at: at(3),
    traceId: 'of the event',
    ...changes,
  });
}

const sent = (changes: Partial<Removal> = {}) =>
  aRemoval({
    status: 'queued',
    attempts: 1,
    sentAt: at(1),
    dueAt: at(8),
    traceId: 'of the 202',
    ...changes,
  });

describe('An event that somebody is out', () => {
  it.each(['sending', 'waiting', 'unsure', 'queued'] as const)('proves a removal that is %s', (status) => {
    const open = sent({ status, reason: 'no-answer', linqSays: 'Hm', notBefore: at(20) });
    expect(afterEvent(open, anEvent(), at(4))).toEqual({
      ...open,
      status: 'removed',
      reason: null,
      linqSays: null,
      notBefore: null,
      dueAt: null,
      settledAt: at(4),
    });
  });

  it('means that there is nothing to do when nothing was sent', () => {
    const settled = afterEvent(aRemoval(), anEvent(), at(4));
    expect(settled).toMatchObject({ status: 'gone', settledAt: at(4), attempts: 0 });
  });

  it.each(STATUSES.filter((status) => ['removed', 'gone', 'refused', 'unconfirmed'].includes(status)))(
    'changes nothing about one that is %s',
    (status) => expect(afterEvent(sent({ status, dueAt: null }), anEvent(), at(4))).toBeNull(),
  );

  it('says whether they left on their own, and lends its trace id', () => {
    const settled = afterEvent(sent({ traceId: null }), anEvent({ leftAlone: true }), at(4));
    expect(settled).toMatchObject({ leftAlone: true, traceId: 'of the event' });
  });

  it('is about the same person in any case, in the same chat in any case', () => {
    const open = sent({ handle: 'Pat@Example.com' });
    const event = anEvent({ handle: 'pat@example.com', chatId: CHAT_ID.toUpperCase() });
    expect(afterEvent(open, event, at(4))?.status).toBe('removed');
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
    expect(afterEvent(open, anEvent({ at: NOW }), at(4))?.status).toBe('removed');
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

describe('An event that somebody is in', () => {
  const DAY = 86_400;
  const proven = sent({ status: 'removed', dueAt: null, settledAt: at(4) });
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
      expect(wasAddedBack({ ...proven, status }, arrival())).toBe(false);
    },
  );

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
