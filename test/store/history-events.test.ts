import type { EventStore, ParticipantEvent } from '../../src/removal/event.js';
import type { NoticeStore } from '../../src/removal/notice.js';
import type { Store } from '../../src/removal/ports.js';
import type { Removal } from '../../src/removal/removal.js';
import { openDatabase } from '../../src/store/database.js';
import { createEventStore } from '../../src/store/event-store.js';
import { createStore } from '../../src/store/removal-store.js';
import { engines, type FreshDatabase } from './engines.js';
import { announceable, approve } from './stores.js';
import { aRemoval, at } from './values.js';

const DAY = 86_400;
const NOTHING = { settled: 0, lookedForSooner: 0, addedBack: 0 };

function anEvent(changes: Partial<ParticipantEvent> = {}): ParticipantEvent {
  const eventId = changes.eventId ?? 'event-1';
  return {
    kind: 'removed',
    deliveryId: `delivery of ${eventId}`,
    eventId,
    chatId: 'chat-a',
    handle: '+12052499136',
    isUs: false,
    leftAlone: false,
    at: at(5),
    traceId: null,
    ...changes,
  };
}

describe.each(engines)('Linq’s events on $name', (engine) => {
  let database: FreshDatabase;
  let store: Store;
  let events: EventStore & NoticeStore;
  beforeEach(async () => {
    database = await engine.fresh();
    const db = await openDatabase(database.url);
    store = createStore(db);
    events = createEventStore(db);
  });
  afterEach(async () => {
    await store.close();
    await database.remove();
  });

  const added = (changes: Partial<ParticipantEvent> = {}) =>
    anEvent({ kind: 'added', eventId: 'addition', at: at(100), ...changes });

  async function queued(id = 'a', changes: Partial<Removal> = {}): Promise<Removal> {
    const status = { status: 'queued', attempts: 1, sentAt: at(1), dueAt: at(60) } as const;
    const removal = aRemoval(`r-${id}`, id, { ...status, ...changes });
    await approve(store, [removal]);
    return removal;
  }

  async function removalOf(id = 'a') {
    const subject = await store.findRequest(`r-${id}`);
    if (!subject?.removals[0]) throw new Error(`no removal ${id}`);
    return subject.removals[0];
  }

  it('settle a removal at once, and its message is due', async () => {
    await queued();
    expect(await events.takeEvent(anEvent(), at(6))).toEqual({ ...NOTHING, settled: 1 });
    expect(await removalOf()).toMatchObject({ status: 'removed', settledAt: at(6), dueAt: null });
    expect((await announceable(store, 'r-a'))?.announcement).toMatchObject({ wanted: 2, dueAt: at(4) });
  });

  it('are taken once: by the name of the event, and by that of its delivery', async () => {
    await events.takeEvent(anEvent(), at(6));
    await queued();
    expect(await events.takeEvent(anEvent({ deliveryId: 'another' }), at(6))).toBeNull();
    expect(
      await events.takeEvent(anEvent({ eventId: 'another', deliveryId: 'delivery of event-1' }), at(6)),
    ).toBeNull();
    expect(await removalOf()).toMatchObject({ status: 'queued' });
  });

  it('are taken once by several replicas at one moment', async () => {
    await queued();
    const effects = await Promise.all([1, 2, 3, 4, 5].map(() => events.takeEvent(anEvent(), at(6))));
    expect(effects.filter(Boolean)).toEqual([{ ...NOTHING, settled: 1 }]);
  });

  it('are forgotten when Linq no longer repeats them', async () => {
    await events.takeEvent(anEvent(), at(6));
    await events.dropEventsBefore(at(6));
    expect(await events.takeEvent(anEvent(), at(6))).toBeNull();
    await events.dropEventsBefore(at(7));
    expect(await events.takeEvent(anEvent(), at(8))).not.toBeNull();
  });

  it('win over the answer to a DELETE that is still on the wire', async () => {
    const removal = await queued('a', { status: 'sending' });
    await events.takeEvent(anEvent({ traceId: 'of the event' }), at(6));
    const late = { ...removal, status: 'queued', traceId: 'of the 202' } as const;
    expect(await store.saveRemoval(late, { at: at(7) })).toBeNull();
    expect(await removalOf()).toMatchObject({ status: 'removed', traceId: 'of the event' });
  });

  it('win over whoever writes at the same moment', async () => {
    const removal = await queued();
    const looking = store.saveRemoval({ ...removal, dueAt: at(90) }, null);
    const taking = events.takeEvent(anEvent(), at(6));
    await Promise.all([looking, taking]);
    expect(await removalOf()).toMatchObject({ status: 'removed' });
  });

  it('leave other chats, other people and settled removals alone', async () => {
    await queued('a', { handle: '+12025550143' });
    await queued('b');
    await queued('c', { chatId: 'chat-a', status: 'unconfirmed', dueAt: null, settledAt: at(3) });
    expect(await events.takeEvent(anEvent(), at(6))).toEqual(NOTHING);
  });

  it('without a chat only bring the next look forward', async () => {
    await queued('a');
    await queued('b', { status: 'sending' });
    await queued('c', { handle: 'pat@example.com' });
    const effect = await events.takeEvent(anEvent({ chatId: null }), at(6));
    expect(effect).toEqual({ ...NOTHING, lookedForSooner: 1 });
    expect(await removalOf('a')).toMatchObject({ status: 'queued', dueAt: at(6) });
    expect(await removalOf('b')).toMatchObject({ status: 'sending', dueAt: at(60) });
  });

  describe('of somebody who is back', () => {
    beforeEach(async () => {
      await queued();
      await events.takeEvent(anEvent(), at(6));
    });

    it('leave one notice, however often they come back', async () => {
      expect(await events.takeEvent(added(), at(101))).toEqual({ ...NOTHING, addedBack: 1 });
      expect(await events.takeEvent(added({ eventId: 'again' }), at(102))).toEqual(NOTHING);
      expect(await events.dueNotices(at(101), 10)).toMatchObject([
        { removalId: 'a', requestId: 'r-a', addedAt: at(100), dueAt: at(101), route: 'thread' },
      ]);
    });

    it.each([
      ['after more than a week', added({ at: at(6 + 7 * DAY + 1) })],
      ['before they were removed', added({ at: at(0) })],
      ['in another chat', added({ chatId: 'chat-b' })],
      ['in a chat that is not named', added({ chatId: null })],
      ['at a time that is not named', added({ at: null })],
      ['as somebody else', added({ handle: '+12025550143' })],
    ])('leave none %s', async (_when, event) => {
      expect(await events.takeEvent(event, at(101))).toEqual(NOTHING);
    });

    it('leave a notice that one process tells at a time', async () => {
      await events.takeEvent(added(), at(101));
      const [notice] = await events.dueNotices(at(101), 10);
      if (!notice) throw new Error('no notice');
      expect(await events.saveNotice({ ...notice, held: true })).toMatchObject({ version: 1 });
      expect(await events.saveNotice({ ...notice, held: true })).toBeNull();
      expect(await events.saveNotice({ ...notice, version: 1, dueAt: null })).not.toBeNull();
      expect(await events.dueNotices(at(9 * DAY), 10)).toEqual([]);
    });
  });

  it('tell of somebody who is back also when that comes before that they were out', async () => {
    await queued();
    expect(await events.takeEvent(added(), at(101))).toEqual(NOTHING);
    expect(await events.takeEvent(anEvent(), at(102))).toEqual({ ...NOTHING, settled: 1, addedBack: 1 });
  });
});
