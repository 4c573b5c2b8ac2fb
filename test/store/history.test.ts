import { sql } from 'kysely';
import type { Change } from '../../src/removal/change.js';
import { stopRequest } from '../../src/removal/decide.js';
import type { HistoryRecord, LatestQuery } from '../../src/removal/history.js';
import { anEntry, at } from '../support/build.js';
import { engines } from './engines.js';
import {
  allEntries,
  changeOf,
  found,
  kinds,
  messageIn,
  messageOf,
  record,
  recordingOf,
  requestOf,
  save,
  useFreshStore,
} from './stores.js';

/** By message: an error of the native module belongs to the realm that loaded it first, not to every test file's. */
const sayingThat = (words: string) => ({ message: expect.stringContaining(words) });

const DAY = 86_400;

describe.each(engines)('The history on $name', (engine) => {
  const fresh = useFreshStore(engine);
  const all = () => allEntries(fresh());
  const latest = (filter: Partial<LatestQuery> = {}) =>
    fresh().history.latest({
      teamId: 'T0LINQ',
      what: 'requests',
      only: null,
      chatId: null,
      handles: null,
      beyond: null,
      limit: 10,
      ...filter,
    });

  /** Approved at 0, asked for at 1, accepted at 2 and proven at 5 seconds after `start`, and told. */
  async function removed(id: string, start = 0, changes: Parameters<typeof changeOf>[2] = {}) {
    const first = changeOf(`r-${id}`, id, { dueAt: at(start), approvedAt: at(start), ...changes });
    const request = requestOf(`r-${id}`, { createdAt: at(start), note: `note of ${id}` });
    const place = { channel: 'C1', ts: `${id}.1` };
    await record(fresh(), [first], {
      request,
      shown: `shown for ${id}`,
      status: messageOf(request.id, { shown: 1, place, dueAt: null }),
    });
    const named = { ...first, chatName: 'Launch crew', attempts: 1, sentAt: at(start + 1) };
    const sending = await save(fresh(), changeOf(request.id, id, { ...named, status: 'sending' }), start + 1);
    const queued = { ...sending, status: 'queued', mayStillAct: true, traceId: `trace-${id}` };
    const accepted = await save(fresh(), changeOf(request.id, id, queued), start + 2);
    const done = { ...accepted, status: 'done', mayStillAct: false, dueAt: null, settledAt: at(start + 5) };
    await save(fresh(), changeOf(request.id, id, done), start + 5);
    await told(request.id, start + 6);
  }

  async function told(requestId: string, seconds: number) {
    const message = await messageIn(fresh(), requestId);
    await fresh().store.saveDelivery({ ...message, shown: message.wanted, dueAt: null }, at(seconds));
  }

  it('notes every status once, with when, who, where and what it was about', async () => {
    await removed('a');

    const records = await all();
    expect(records.map(({ kind, at: when }) => [kind, when])).toEqual([
      ['approved', at(0)],
      ['sending', at(1)],
      ['queued', at(2)],
      ['removed', at(5)],
    ]);
    expect(records[0]).toMatchObject({ shown: 'shown for a', chatName: null });
    expect(records[3]).toEqual({
      id: expect.any(Number),
      at: at(5),
      kind: 'removed',
      requestId: 'r-a',
      changeId: 'a',
      teamId: 'T0LINQ',
      channelId: 'C0SUPPORT',
      requestedBy: 'U0ALICE',
      decidedBy: null,
      chatId: 'chat-a',
      chatName: 'Launch crew',
      handle: '+12052499136',
      reason: null,
      note: 'note of a',
      shown: null,
      traceId: 'trace-a',
      clearedAt: null,
      place: { channel: 'C1', ts: 'a.1' },
    });
  });

  it('notes nothing when a change is written without a new status, or by a process that was too late', async () => {
    const change = changeOf('r', 'a');
    await record(fresh(), [change]);
    const looked = await save(fresh(), { ...change, dueAt: at(9) }, 1);
    expect(await fresh().store.save({ ...change, status: 'sending' } as Change, at(2))).toBeNull();
    expect(await kinds(fresh())).toEqual(['approved']);
    await save(fresh(), changeOf('r', 'a', { ...looked, status: 'sending', sentAt: at(1) }), 3);
    expect(await kinds(fresh())).toEqual(['approved', 'sending']);
  });

  it('notes an approval once, however often its view is submitted, and what was shown once a request', async () => {
    const changes = [changeOf('r', 'a'), changeOf('r', 'b')];
    const shown = 'Remove from 2 chats?';
    await fresh().store.record(recordingOf(changes, { shown }));
    await fresh().store.record(recordingOf(changes, { shown }));
    const request = requestOf('other', { viewId: 'V-r' });
    const others = changes.map(({ id, chatId }) => changeOf('other', `other-${id}`, { chatId }));
    await fresh().store.record(recordingOf(others, { request, shown }));
    expect((await all()).map((entry) => [entry.changeId, entry.shown])).toEqual([
      ['a', shown],
      ['b', null],
    ]);
  });

  it('names who pressed Stop', async () => {
    await record(fresh(), [changeOf('r', 'a')]);
    await fresh().store.update('r', at(3), (state) => stopRequest(state, 'U0BOB', at(3)));
    expect((await all())[1]).toMatchObject({ kind: 'refused', reason: 'stopped', decidedBy: 'U0BOB' });
  });

  it('keeps decisions that are about no change', async () => {
    const refusal = anEntry();
    await fresh().history.record([refusal]);
    await fresh().history.record([]);
    expect(await all()).toMatchObject([refusal]);
    expect(await latest({ what: 'refused' })).toMatchObject([refusal]);
    expect(await latest()).toEqual([]);
  });

  it('is never changed and never deleted', async () => {
    await removed('a');
    const tamperings = [
      sql`update history set kind = 'gone'`,
      sql`update history set at = ${at(99).toISOString()}`,
      sql`update history set requested_by = 'U0BOB'`,
      sql`update history set handle = '+12025550143'`,
      sql`update history set trace_id = null`,
      sql`delete from history`,
    ];
    for (const tampering of tamperings) {
      await expect(tampering.execute(fresh().db)).rejects.toMatchObject(
        sayingThat('history is only ever added to'),
      );
    }
    expect((await all()).map(({ kind, handle }) => [kind, handle])).toContainEqual([
      'removed',
      '+12052499136',
    ]);
  });

  it('shows the latest first, and of each removal only how it stands', async () => {
    await removed('a');
    await removed('b', 10);
    await fresh().history.record([anEntry({ at: at(7) })]);
    expect((await latest()).map(({ kind, changeId }) => [kind, changeId])).toEqual([
      ['removed', 'b'],
      ['removed', 'a'],
    ]);
    expect(await latest({ limit: 1 })).toHaveLength(1);
    expect(await latest({ teamId: 'T0OTHER' })).toEqual([]);
  });

  it('finds a chat and a handle, emails in any case', async () => {
    await removed('a');
    await removed('b', 10, { handle: 'Pat@Example.com' });
    const found = async (filter: Parameters<typeof latest>[0]) =>
      (await latest(filter)).map(({ changeId }) => changeId);
    expect(await found({ handles: ['pat@example.COM'] })).toEqual(['b']);
    expect(await found({ handles: ['+12052499136'] })).toEqual(['a']);
    expect(await found({ chatId: 'CHAT-A' })).toEqual(['a']);
    expect(await found({ chatId: 'chat-a', handles: ['pat@example.com'] })).toEqual([]);
  });

  it('turns pages without a gap or a repetition, also where many entries have one time', async () => {
    for (let index = 0; index < 7; index++)
      await fresh().history.record([anEntry({ requestedBy: `U${index}` })]);
    const seen: string[] = [];
    let after: Awaited<ReturnType<typeof all>>[number] | null = null;
    for (;;) {
      const page = await fresh().history.page({ since: null, until: null, after, limit: 3 });
      seen.push(...page.map(({ requestedBy }) => requestedBy));
      after = page.at(-1) ?? null;
      if (page.length < 3) break;
    }
    expect(seen).toEqual(['U0', 'U1', 'U2', 'U3', 'U4', 'U5', 'U6']);
  });

  it('reads from a moment up to another, which is not included', async () => {
    for (const second of [1, 2, 3]) await fresh().history.record([anEntry({ at: at(second) })]);
    const page = await fresh().history.page({ since: at(2), until: at(3), after: null, limit: 10 });
    expect(page.map((record) => record.at)).toEqual([at(2)]);
  });

  describe('when it is cleared', () => {
    it('loses what tells of people and chats, and nothing else', async () => {
      await removed('a');
      const before = await all();
      expect(await fresh().history.clearBefore(at(400 * DAY), at(401 * DAY), 100)).toBe(4);
      const cleared = { handle: null, chatName: null, note: null, shown: null, clearedAt: at(401 * DAY) };
      expect(await all()).toEqual(before.map((record) => ({ ...record, ...cleared })));
      expect(await found(fresh(), 'r-a')).toMatchObject({
        request: { note: null, responseUrl: null, requestedBy: 'U0ALICE' },
        changes: [{ handle: '(cleared)', chatName: null, linqSays: null, status: 'done' }],
      });
      expect(await fresh().history.clearBefore(at(400 * DAY), at(402 * DAY), 100)).toBe(0);
    });

    it('goes on in batches, and leaves what is younger', async () => {
      await removed('old');
      await removed('young', 100 * DAY);
      expect(await fresh().history.clearBefore(at(50 * DAY), at(51 * DAY), 3)).toBe(3);
      expect(await fresh().history.clearBefore(at(50 * DAY), at(51 * DAY), 3)).toBe(1);
      expect((await all()).map(({ handle }) => handle !== null)).toEqual([
        ...[false, false, false, false],
        ...[true, true, true, true],
      ]);
      expect(await latest({ handles: ['+12052499136'] })).toMatchObject([{ changeId: 'young' }]);
    });

    it.each([
      ['not settled', { status: 'queued', dueAt: at(60) }, null],
      ['still to be read again', { status: 'unconfirmed', dueAt: at(51 * DAY) }, null],
      ['still to be told', { status: 'done' }, at(51 * DAY)],
    ])('leaves a change that is %s all that is needed for that', async (_what, changes, dueAt) => {
      const request = requestOf('r', { note: 'left the company' });
      await record(fresh(), [changeOf('r', 'a', changes)], { request, status: messageOf('r', { dueAt }) });
      expect(await fresh().history.clearBefore(at(50 * DAY), at(51 * DAY), 100)).toBe(0);
      const state = await found(fresh(), 'r');
      expect(state.changes[0]?.handle).toBe('+12052499136');
      expect(state.request.note).toBe('left the company');
      expect((await all())[0]?.handle).toBe('+12052499136');
    });

    it('cannot be filled again', async () => {
      await removed('a');
      await fresh().history.clearBefore(at(50 * DAY), at(51 * DAY), 100);
      await expect(sql`update history set handle = '+12052499136'`.execute(fresh().db)).rejects.toMatchObject(
        sayingThat('only ever'),
      );
    });
  });

  it('turns pages of many records there and back, each record once', async () => {
    const entries = Array.from({ length: 123 }, (_, index) =>
      // Several at the same moment, which their order of writing tells apart.
      anEntry({ at: at(Math.floor(index / 7)), requestedBy: `U${index}` }),
    );
    for (const entry of entries) await fresh().history.record([entry]);
    const page = (beyond: LatestQuery['beyond']) => latest({ what: 'refused', beyond });
    const seen: HistoryRecord[] = [];
    for (let records = await page(null); records.length > 0; ) {
      seen.push(...records);
      records = await page({ ...(seen.at(-1) as HistoryRecord), order: 'older' });
    }
    expect(seen.map(({ requestedBy }) => requestedBy)).toEqual(
      entries.map(({ requestedBy }) => requestedBy).reverse(),
    );
    const before = await page({ ...(seen[50] as HistoryRecord), order: 'newer' });
    expect(before.map(({ id }) => id)).toEqual(seen.slice(40, 50).map(({ id }) => id));
  });
});
