import { sql } from 'kysely';
import type { History } from '../../src/removal/history.js';
import type { Store } from '../../src/removal/ports.js';
import type { Removal } from '../../src/removal/removal.js';
import { openDatabase } from '../../src/store/database.js';
import { createHistory } from '../../src/store/history-store.js';
import { createStore } from '../../src/store/removal-store.js';
import type { Db } from '../../src/store/schema.js';
import { engines, type FreshDatabase } from './engines.js';
import { anAnnouncement, anEntry, aRemoval, aRequest, at } from './values.js';

/** By message: an error of the native module belongs to the realm that loaded it first, not to every test file's. */
const sayingThat = (words: string) => ({ message: expect.stringContaining(words) });

const DAY = 86_400;

describe.each(engines)('The history on $name', (engine) => {
  let database: FreshDatabase;
  let db: Db;
  let store: Store;
  let history: History;
  beforeEach(async () => {
    database = await engine.fresh();
    db = await openDatabase(database.url);
    store = createStore(db);
    history = createHistory(db);
  });
  afterEach(async () => {
    await store.close();
    await database.remove();
  });

  const all = () => history.page({ since: null, until: null, after: null, limit: 100 });
  const latest = (filter: { chatId?: string; handle?: string; teamId?: string; limit?: number } = {}) =>
    history.latest({ teamId: 'T0LINQ', chatId: null, handle: null, limit: 10, ...filter });

  async function approve(
    id: string,
    removals: readonly Removal[],
    changes: Parameters<typeof aRequest>[1] = {},
    shown: string | null = null,
  ) {
    await store.approve(aRequest(id, changes), removals, anAnnouncement(id), shown);
  }

  /** Approved at 0, asked for at 1, accepted at 2 and proven at 5 seconds after `start`. */
  async function removed(id: string, start = 0, changes: Partial<Removal> = {}) {
    const note = `note of ${id}`;
    const first = aRemoval(`r-${id}`, id, { dueAt: at(start), ...changes });
    await approve(`r-${id}`, [first], { createdAt: at(start), note }, `shown for ${id}`);
    const named = { ...first, chatName: 'Launch crew', attempts: 1, sentAt: at(start + 1) };
    const sending = await save({ ...named, status: 'sending', dueAt: at(start + 30) }, null);
    const queued = await save({ ...sending, status: 'queued', traceId: `trace-${id}` }, start + 2);
    return save({ ...queued, status: 'removed', dueAt: null, settledAt: at(start + 5) }, start + 5);
  }

  async function save(removal: Removal, news: number | null): Promise<Removal> {
    const saved = await store.saveRemoval(removal, news === null ? null : { at: at(news) });
    if (!saved) throw new Error('somebody was faster');
    return saved;
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
      removalId: 'a',
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
      place: null,
    });
  });

  it('notes nothing when a removal is written without a new status, or by somebody who was too late', async () => {
    const removal = aRemoval('r', 'a');
    await approve('r', [removal]);
    const looked = await save({ ...removal, dueAt: at(9) }, null);
    expect(await store.saveRemoval({ ...removal, status: 'sending' }, null)).toBeNull();
    expect((await all()).map(({ kind }) => kind)).toEqual(['approved']);
    await save({ ...looked, status: 'sending', sentAt: at(1) }, null);
    expect((await all()).map(({ kind }) => kind)).toEqual(['approved', 'sending']);
  });

  it('notes an approval once, however often its view is submitted, and what was shown once a request', async () => {
    const removals = [aRemoval('r', 'a'), aRemoval('r', 'b')];
    await approve('r', removals, {}, 'Remove from 2 chats?');
    await approve('r', removals, {}, 'Remove from 2 chats?');
    await approve('other', [aRemoval('other', 'c')], { viewId: 'V-r' });
    expect((await all()).map(({ removalId, shown }) => [removalId, shown])).toEqual([
      ['a', 'Remove from 2 chats?'],
      ['b', null],
    ]);
  });

  it('names who pressed Stop', async () => {
    const removal = aRemoval('r', 'a');
    await approve('r', [removal]);
    await store.noteStop('r', 'U0BOB');
    await save({ ...removal, status: 'refused', reason: 'stopped', dueAt: null, settledAt: at(3) }, 3);
    expect((await all())[1]).toMatchObject({ kind: 'refused', reason: 'stopped', decidedBy: 'U0BOB' });
  });

  it('keeps decisions that are about no removal', async () => {
    const refusal = anEntry();
    await history.record(refusal);
    expect(await all()).toMatchObject([refusal]);
    expect(await latest()).toMatchObject([refusal]);
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
      await expect(tampering.execute(db)).rejects.toMatchObject(sayingThat('history is only ever added to'));
    }
    expect((await all()).map(({ kind, handle }) => [kind, handle])).toContainEqual([
      'removed',
      '+12052499136',
    ]);
  });

  it('shows the latest first, and of each removal only how it stands', async () => {
    await removed('a');
    await removed('b', 10);
    await history.record(anEntry({ at: at(7) }));
    expect((await latest()).map(({ kind, removalId }) => [kind, removalId])).toEqual([
      ['removed', 'b'],
      ['access-refused', null],
      ['removed', 'a'],
    ]);
    expect(await latest({ limit: 1 })).toHaveLength(1);
    expect(await latest({ teamId: 'T0OTHER' })).toEqual([]);
  });

  it('finds a chat and a handle, emails in any case', async () => {
    await removed('a');
    await removed('b', 10, { handle: 'Pat@Example.com' });
    const found = async (filter: Parameters<typeof latest>[0]) =>
      (await latest(filter)).map(({ removalId }) => removalId);
    expect(await found({ handle: 'pat@example.COM' })).toEqual(['b']);
    expect(await found({ handle: '+12052499136' })).toEqual(['a']);
    expect(await found({ chatId: 'CHAT-A' })).toEqual(['a']);
    expect(await found({ chatId: 'chat-a', handle: 'pat@example.com' })).toEqual([]);
  });

  it('knows where the message of a request is', async () => {
    const place = { channel: 'C0SUPPORT', ts: '1780308000.000100' };
    await store.approve(aRequest('r'), [aRemoval('r', 'a')], anAnnouncement('r', { place }));
    expect(await latest()).toMatchObject([{ place }]);
  });

  it('turns pages without a gap or a repetition, also where many entries have one time', async () => {
    for (let index = 0; index < 7; index++) await history.record(anEntry({ requestedBy: `U${index}` }));
    const seen: string[] = [];
    let after: Awaited<ReturnType<typeof all>>[number] | null = null;
    for (;;) {
      const page = await history.page({ since: null, until: null, after, limit: 3 });
      seen.push(...page.map(({ requestedBy }) => requestedBy));
      after = page.at(-1) ?? null;
      if (page.length < 3) break;
    }
    expect(seen).toEqual(['U0', 'U1', 'U2', 'U3', 'U4', 'U5', 'U6']);
  });

  it('reads from a moment up to another, which is not included', async () => {
    for (const second of [1, 2, 3]) await history.record(anEntry({ at: at(second) }));
    const page = await history.page({ since: at(2), until: at(3), after: null, limit: 10 });
    expect(page.map((record) => record.at)).toEqual([at(2)]);
  });

  describe('when it is cleared', () => {
    it('loses what tells of people and chats, and nothing else', async () => {
      await removed('a');
      const before = await all();
      expect(await history.clearBefore(at(400 * DAY), at(401 * DAY), 100)).toBe(4);
      const cleared = { handle: null, chatName: null, note: null, shown: null, clearedAt: at(401 * DAY) };
      expect(await all()).toEqual(before.map((record) => ({ ...record, ...cleared })));
      const { rows } = await sql<Record<string, unknown>>`
        select r.handle, r.chat_name, r.status, q.note, q.response_url, q.requested_by
        from removals r join requests q on q.id = r.request_id`.execute(db);
      expect(rows).toEqual([
        {
          handle: '(cleared)',
          chat_name: null,
          status: 'removed',
          note: null,
          response_url: null,
          requested_by: 'U0ALICE',
        },
      ]);
      expect(await history.clearBefore(at(400 * DAY), at(402 * DAY), 100)).toBe(0);
    });

    it('goes on in batches, and leaves what is younger', async () => {
      await removed('old');
      await removed('young', 100 * DAY);
      expect(await history.clearBefore(at(50 * DAY), at(51 * DAY), 3)).toBe(3);
      expect(await history.clearBefore(at(50 * DAY), at(51 * DAY), 3)).toBe(1);
      expect((await all()).map(({ handle }) => handle !== null)).toEqual([
        ...[false, false, false, false],
        ...[true, true, true, true],
      ]);
      expect(await latest({ handle: '+12052499136' })).toMatchObject([{ removalId: 'young' }]);
    });

    it('leaves a removal that is not settled its handle: it is still needed', async () => {
      await approve('r', [aRemoval('r', 'a')], { note: 'left the company' });
      await history.clearBefore(at(50 * DAY), at(51 * DAY), 100);
      const subject = await store.findRequest('r');
      expect(subject?.removals[0]?.handle).toBe('+12052499136');
      expect(subject?.request.note).toBe('left the company');
    });

    it('cannot be filled again', async () => {
      await removed('a');
      await history.clearBefore(at(50 * DAY), at(51 * DAY), 100);
      await expect(sql`update history set handle = '+12052499136'`.execute(db)).rejects.toMatchObject(
        sayingThat('only ever'),
      );
    });
  });
});
