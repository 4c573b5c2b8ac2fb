import type { ParticipantEvent } from '../../src/removal/event.js';
import { anEvent, at } from '../support/build.js';
import { engines } from './engines.js';
import {
  allEntries,
  changeOf,
  found,
  kinds,
  messageIn,
  messageOf,
  record,
  requestOf,
  useFreshStore,
} from './stores.js';

const DAY = 86_400;
const NOTHING = { settled: 0, lookedForSooner: 0, addedBack: 0 };

describe.each(engines)('Linq’s events on $name', (engine) => {
  const fresh = useFreshStore(engine);

  const removedEvent = (changes: Partial<ParticipantEvent> = {}) => anEvent({ chatId: 'chat-a', ...changes });
  const addedEvent = (changes: Partial<ParticipantEvent> = {}) =>
    removedEvent({ kind: 'added', eventId: 'addition', at: at(100), ...changes });
  const take = (event: ParticipantEvent, seconds: number) => fresh().store.takeEvent(event, at(seconds));
  const notices = async (seconds: number) =>
    (await fresh().store.dueDeliveries(at(seconds), 10, []))
      .map(({ delivery }) => delivery)
      .filter(({ kind }) => kind === 'added-back');

  /** One change of a request of its own, accepted by Linq unless said otherwise. */
  async function stored(id = 'a', changes: Parameters<typeof changeOf>[2] = {}) {
    const change = changeOf(`r-${id}`, id, {
      status: 'queued',
      attempts: 1,
      sentAt: at(1),
      ...(changes.status === undefined && { dueAt: at(60) }),
      ...changes,
    });
    await record(fresh(), [change], { status: messageOf(`r-${id}`, { shown: 1, dueAt: null }) });
    return change;
  }

  async function changeNow(id = 'a') {
    const change = await fresh().store.findChange(id);
    if (!change) throw new Error(`no change ${id}`);
    return change;
  }

  it('settle a change at once: its message is due, the history has it, and the counters hear of it', async () => {
    const before = await stored();
    expect(await take(removedEvent(), 6)).toEqual({ ...NOTHING, settled: 1 });
    const after = await changeNow();
    expect(after).toMatchObject({ status: 'done', settledAt: at(6), dueAt: null, mayStillAct: false });
    expect(await messageIn(fresh(), 'r-a')).toMatchObject({ wanted: 2, dueAt: at(6) });
    expect(await kinds(fresh())).toEqual(['queued', 'removed']);
    expect(fresh().transitions.slice(1)).toEqual([{ before, after }]);
  });

  it('are taken once: by the name of the event, and by that of its delivery', async () => {
    await take(removedEvent(), 6);
    await stored();
    expect(await take(removedEvent({ deliveryId: 'another' }), 6)).toBeNull();
    expect(await take(removedEvent({ eventId: 'another', deliveryId: 'delivery of event-1' }), 6)).toBeNull();
    expect(await changeNow()).toMatchObject({ status: 'queued' });
  });

  it('are taken once by several replicas at one moment', async () => {
    await stored();
    const effects = await Promise.all([1, 2, 3, 4, 5].map(() => take(removedEvent(), 6)));
    expect(effects.filter(Boolean)).toEqual([{ ...NOTHING, settled: 1 }]);
    expect(fresh().transitions).toHaveLength(2);
  });

  it('are forgotten when Linq no longer repeats them', async () => {
    const { store } = fresh();
    await take(removedEvent(), 6);
    await store.dropEventsBefore(at(6));
    expect(await take(removedEvent(), 6)).toBeNull();
    await store.dropEventsBefore(at(7));
    expect(await take(removedEvent(), 8)).not.toBeNull();
  });

  it('win over the answer to a call that is still on the wire', async () => {
    const change = await stored('a', { status: 'sending', mayStillAct: true });
    await take(removedEvent({ traceId: 'of the event' }), 6);
    const late = changeOf('r-a', 'a', { ...change, status: 'queued', traceId: 'of the 202' });
    expect(await fresh().store.save(late, at(7))).toBeNull();
    expect(await changeNow()).toMatchObject({ status: 'done', traceId: 'of the event' });
  });

  it('win over a process that writes at the same moment', async () => {
    const change = await stored();
    await Promise.all([fresh().store.save({ ...change, dueAt: at(90) }, at(6)), take(removedEvent(), 6)]);
    expect(await changeNow()).toMatchObject({ status: 'done' });
  });

  it('leave other chats, other people, other directions and proven changes alone', async () => {
    await stored('a', { handle: '+12025550143' });
    await stored('b');
    await stored('c', { chatId: 'chat-a', status: 'done' });
    await stored('d', { chatId: 'chat-a', direction: 'add' });
    expect(await take(removedEvent(), 6)).toEqual(NOTHING);
    expect(fresh().transitions).toHaveLength(4);
  });

  it.each(['unconfirmed', 'refused'])('correct one that had ended as %s', async (status) => {
    await stored('a', { status, settledAt: at(3), dueAt: at(3_603) });
    expect(await take(removedEvent(), 6)).toEqual({ ...NOTHING, settled: 1 });
    expect(await changeNow()).toMatchObject({ status: 'done', settledAt: at(6), dueAt: null });
    expect(await messageIn(fresh(), 'r-a')).toMatchObject({ wanted: 2, dueAt: at(6) });
    expect(await kinds(fresh())).toEqual([status, 'removed']);
  });

  it.each([
    ['two days ago', { status: 'unconfirmed', settledAt: at(6 - 2 * DAY - 1) }],
    ['before anything was sent', { status: 'refused', attempts: 0 }],
  ])('leave one alone that ended %s', async (_when, changes) => {
    await stored('a', changes);
    expect(await take(removedEvent(), 6)).toEqual(NOTHING);
  });

  it('without a chat only bring the next look forward', async () => {
    await stored('a');
    await stored('b', { status: 'sending', dueAt: at(60) });
    await stored('c', { handle: 'pat@example.com' });
    await stored('d', { status: 'unconfirmed', dueAt: at(3_600) });
    const effect = await take(removedEvent({ chatId: null }), 6);
    expect(effect).toEqual({ ...NOTHING, lookedForSooner: 1 });
    expect(await changeNow('a')).toMatchObject({ status: 'queued', dueAt: at(6), version: 1 });
    expect(await changeNow('b')).toMatchObject({ status: 'sending', dueAt: at(60) });
    expect(await messageIn(fresh(), 'r-a')).toMatchObject({ wanted: 1, dueAt: null });
    expect(fresh().transitions).toHaveLength(4);
  });

  it('of many changes of one person never wait for each other', async () => {
    const ids = Array.from({ length: 12 }, (_, n) => `r1:${n + 1}`);
    const changes = ids.map((id) =>
      changeOf('r1', id, { status: 'queued', chatId: 'chat-a', dueAt: at(60) }),
    );
    await record(fresh(), changes);
    const events = [1, 2, 3, 4].map((n) =>
      take(removedEvent({ eventId: `e${n}`, at: n > 3 ? at(5) : null }), 6),
    );
    const looks = changes.map((change) => fresh().store.save({ ...change, dueAt: at(70) }, at(6)));
    await Promise.all([...events, ...looks]);
    const { changes: after } = await found(fresh(), 'r1');
    expect(after.every(({ status }) => status === 'done')).toBe(true);
  });

  describe('that a person is back', () => {
    beforeEach(async () => {
      await stored();
      await take(removedEvent(), 6);
    });

    it('leave one notice, however often they come back', async () => {
      expect(await take(addedEvent(), 101)).toEqual({ ...NOTHING, addedBack: 1 });
      expect(await take(addedEvent({ eventId: 'again' }), 102)).toEqual(NOTHING);
      expect(await notices(101)).toMatchObject([
        {
          id: 'a:added-back',
          requestId: 'r-a',
          changeId: 'a',
          eventAt: at(100),
          dueAt: at(101),
          route: 'channel',
        },
      ]);
      expect((await allEntries(fresh())).at(-1)).toMatchObject({ kind: 'added-back', changeId: 'a' });
    });

    it.each([
      ['after more than a week', { at: at(6 + 7 * DAY + 1) }],
      ['before they were removed', { at: at(0) }],
      ['in another chat', { chatId: 'chat-b' }],
      ['in a chat that is not named', { chatId: null }],
      ['at a time that is not named', { at: null }],
      ['as another person', { handle: '+12025550143' }],
    ])('leave none %s', async (_when, changes) => {
      expect(await take(addedEvent(changes), 101)).toEqual(NOTHING);
      expect(await notices(9 * DAY)).toEqual([]);
    });

    it('leave a notice that one process tells at a time, beside the request it is about', async () => {
      await take(addedEvent(), 101);
      const [due] = (await fresh().store.dueDeliveries(at(101), 10, ['r-a'])) ?? [];
      if (!due) throw new Error('no notice');
      expect(due.state).toEqual(await found(fresh(), 'r-a'));
      const { store } = fresh();
      const held = { ...due.delivery, held: true, dueAt: at(116) };
      expect(await store.saveDelivery(held, at(101))).toMatchObject({ version: 1 });
      expect(await store.saveDelivery(held, at(101))).toBeNull();
      await store.saveDelivery({ ...held, version: 1, held: false, shown: 1, dueAt: null }, at(102));
      expect(await notices(9 * DAY)).toEqual([]);
    });

    async function addBack(changes: Parameters<typeof changeOf>[2]) {
      const request = requestOf('x', { undoes: 'r-a' });
      const addition = changeOf('x', 'x:1', { direction: 'add', chatId: 'chat-a', undoes: 'a', ...changes });
      await record(fresh(), [addition], { request, status: messageOf('x', { dueAt: null, shown: 1 }) });
    }

    it('settle an addition of ours, which needs no notice', async () => {
      await addBack({ status: 'queued', approvedAt: at(90), attempts: 1 });
      expect(await take(addedEvent(), 101)).toEqual({ ...NOTHING, settled: 1 });
      expect(await changeNow('x:1')).toMatchObject({ status: 'done', settledAt: at(101) });
      expect(await notices(9 * DAY)).toEqual([]);
      expect((await kinds(fresh())).at(-1)).toBe('added-back');
      expect((await found(fresh(), 'r-a')).status).toMatchObject({ dueAt: at(0) });
    });

    it('leave a notice where an addition of ours was refused', async () => {
      await addBack({ status: 'refused', attempts: 0, approvedAt: at(90) });
      expect(await take(addedEvent(), 101)).toEqual({ ...NOTHING, addedBack: 1 });
    });
  });

  it('tell that a person is back also when that comes before that they were out', async () => {
    await stored();
    expect(await take(addedEvent(), 101)).toEqual(NOTHING);
    expect(await take(removedEvent(), 102)).toEqual({ ...NOTHING, settled: 1, addedBack: 1 });
  });
});
