import { sql } from 'kysely';
import type { Change } from '../../src/removal/change.js';
import { approveProposal, stopRequest } from '../../src/removal/decide.js';
import type { Delivery } from '../../src/removal/delivery.js';
import type { Request } from '../../src/removal/request.js';
import { canBeAddedBack } from '../../src/removal/state.js';
import { anEntry, anEvent, aYes } from '../support/build.js';
import { LEFT_AT, type OldDatabase, openOldDatabase } from '../support/old-database.js';
import { allEntries, found, type Opened, openStore } from './stores.js';

/* What becomes of a database that version 1.0.0 left behind: test/store/fixtures/README.md tells its stories. */

const time = (clock: string) => new Date(`2026-06-01T${clock}.000Z`);
const chat = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** `held`, say, and not a word about the rest. */
type About<T> = Partial<Record<keyof T, unknown>>;

const ON_THE_WIRE = { status: 'sending', mayStillAct: true, attempts: 1, dueAt: time('10:00:45') };
const CERTAIN = { mayStillAct: false, wasSeen: true };
const ACCEPTED = { status: 'queued', mayStillAct: true, wasSeen: true };

/** The changes of each request, in the order of their review. */
const CHANGES: Record<string, readonly About<Change>[]> = {
  cleared: [{ status: 'done', ...CERTAIN, handle: '(cleared)', chatName: null }],
  removed: [
    {
      status: 'done',
      ...CERTAIN,
      direction: 'remove',
      chatId: chat(12),
      handle: 'Pat.Doe@example.com',
      settledAt: time('09:42:02'),
      leftVoluntarily: false,
      dueAt: null,
      undoes: null,
    },
  ],
  'removed-by-event': [{ status: 'done', ...CERTAIN }],
  'left-alone': [{ status: 'done', ...CERTAIN, leftVoluntarily: true }],
  stopped: [
    ...Array.from({ length: 4 }, () => ({ status: 'done', ...CERTAIN })),
    ...Array.from({ length: 2 }, () => ({
      status: 'refused',
      reason: 'stopped',
      stopped: true,
      attempts: 0,
      dueAt: null,
      ...CERTAIN,
    })),
  ],
  gone: [{ status: 'gone', ...CERTAIN, attempts: 0 }],
  // "Not a member any more" was not true: no reading had shown this number there.
  'gone-unseen': [
    {
      status: 'refused',
      reason: 'not-a-member',
      wasSeen: false,
      mayStillAct: false,
      attempts: 0,
      dueAt: null,
    },
  ],
  refused: [
    {
      status: 'refused',
      reason: 'access-denied',
      ...CERTAIN,
      attempts: 1,
      dueAt: time('10:42:20'),
      traceId: expect.any(String),
      linqSays: expect.any(String),
    },
  ],
  'refused-wait': [{ status: 'refused', reason: 'asked-to-wait', ...CERTAIN, notBefore: time('10:42:22') }],
  // "Not removed" was said though the call may still be carried out.
  'refused-unclear': [
    {
      status: 'unconfirmed',
      reason: 'not-accepted',
      mayStillAct: true,
      notBefore: null,
      dueAt: time('10:42:24'),
    },
  ],
  unconfirmed: [
    {
      status: 'unconfirmed',
      reason: 'still-listed',
      mayStillAct: true,
      dueAt: time('10:41:00'),
      wasSeen: true,
    },
  ],
  unchecked: [{ status: 'unconfirmed', reason: 'unchecked', mayStillAct: true, dueAt: time('10:41:00') }],

  approved: [{ status: 'approved', ...CERTAIN, attempts: 0, deadlineAt: null, dueAt: time('10:00:00') }],
  'half-sent': [
    ...Array.from({ length: 3 }, () => ({ ...ON_THE_WIRE, deadlineAt: time('10:30:00') })),
    ...Array.from({ length: 3 }, () => ({ status: 'approved', ...CERTAIN, deadlineAt: null })),
  ],
  sending: [{ ...ON_THE_WIRE, handle: 'alex@example.com' }],
  'sending-again': [{ ...ON_THE_WIRE, attempts: 2, watchedSince: time('09:59:30') }],
  'stopped-midway': [
    { status: 'refused', reason: 'stopped', ...CERTAIN },
    { ...ON_THE_WIRE, attempts: 2, stopped: true },
  ],
  waiting: [
    {
      status: 'waiting',
      reason: 'rate-limited',
      ...CERTAIN,
      dueAt: time('10:07:40'),
      notBefore: time('10:07:40'),
      deadlineAt: time('10:27:40'),
    },
  ],
  'waiting-unclear': [{ status: 'waiting', mayStillAct: true, dueAt: time('10:07:42') }],
  unsure: [
    {
      status: 'unsure',
      reason: 'no-answer',
      mayStillAct: true,
      wasSeen: true,
      sentAt: time('09:59:50'),
      deadlineAt: time('10:29:50'),
      chatName: '<!channel> crew <https://example.com|unsure>',
    },
  ],
  'unsure-done': [{ status: 'unsure', mayStillAct: true }],
  'kept-failing': [
    { status: 'unsure', reason: 'server-error', mayStillAct: true, deadlineAt: time('10:21:12') },
  ],
  queued: [{ ...ACCEPTED, watchedSince: time('09:50:00'), deadlineAt: time('10:20:00') }],
  'queued-some': [
    { status: 'done', ...CERTAIN },
    { ...ACCEPTED, deadlineAt: time('10:20:02') },
    { status: 'refused', reason: 'conflict', ...CERTAIN },
  ],
  untold: [ACCEPTED],
  unheard: [ACCEPTED],
  'held-post': [ACCEPTED],
  'held-edit': [{ status: 'done', ...CERTAIN }],
  'news-pending': [{ status: 'done', ...CERTAIN }],
  'route-response': [ACCEPTED],
  'route-person': [ACCEPTED],
  'route-nowhere': [ACCEPTED],
  'proposal-expired': [],
  'proposal-declined': [],
  'proposal-approved': [{ status: 'done', ...CERTAIN, chatId: chat(4) }],
  'proposal-pending': [],
  'proposal-outdated': [],
};

/** Each addition became a request with one change; what it undoes is a removal of the request named first. */
const ADDITIONS: Record<string, About<Change>> = {
  back: { status: 'done', mayStillAct: false, dueAt: null },
  'back-refused': { status: 'refused', reason: 'unsupported-service', mayStillAct: false, attempts: 1 },
  'back-unconfirmed': {
    status: 'unconfirmed',
    reason: 'still-listed',
    mayStillAct: true,
    dueAt: time('10:41:00'),
  },
  'back-queued': { ...ACCEPTED, deadlineAt: time('10:27:04') },
  'back-to-person': ACCEPTED,
  'back-untold': ACCEPTED,
  'back-held': { ...ACCEPTED, dueAt: time('10:00:02') },
  'back-waiting': {
    status: 'waiting',
    mayStillAct: false,
    dueAt: time('10:07:10'),
    notBefore: time('10:07:10'),
  },
  'back-unsure': { status: 'unsure', reason: 'no-answer', mayStillAct: true },
  'back-on-the-wire': ON_THE_WIRE,
};

const POSTED = { place: expect.objectContaining({ channel: 'C0SUPPORT' }) };
const RESTS = { held: false, dueAt: null };

const MESSAGES: Record<string, About<Delivery>> = {
  approved: { place: null, wanted: 1, shown: 0, dueAt: time('10:00:04'), kind: 'status', route: 'channel' },
  queued: { ...POSTED, ...RESTS, wanted: 2, shown: 2, shownOpen: true, toldBad: 0 },
  untold: { place: null, tries: 1, dueAt: time('10:00:30'), notBefore: time('10:00:30') },
  unheard: { place: null, tries: 1, unheard: 1, dueAt: time('10:00:02') },
  'held-post': { place: null, held: true, dueAt: time('10:00:15'), unheard: 0 },
  'held-edit': { ...POSTED, held: true, dueAt: time('10:00:15'), wanted: 3, shown: 2 },
  'news-pending': { ...POSTED, tries: 1, dueAt: time('10:02:48'), notBefore: time('10:02:48') },
  'route-response': { route: 'response', hint: 'invite', place: null, shownOpen: true, ...RESTS },
  'route-person': {
    route: 'person',
    hint: 'invite',
    place: { channel: 'D0WITHU0ALICE', ts: expect.any(String) },
  },
  'route-nowhere': { route: 'nowhere', place: null, ...RESTS },
  removed: { ...POSTED, dueAt: new Date('2026-06-02T09:42:02.000Z'), toldBad: 0, toldAt: null },
  // Told in the thread, or at once: neither is told again, and what turns out otherwise is a correction.
  unconfirmed: { ...POSTED, ...RESTS, toldBad: 1, toldAt: time('09:41:00') },
  unchecked: { toldBad: 1, toldAt: time('09:41:00') },
  stopped: { toldBad: 2, toldAt: time('09:42:36') },
  refused: { ...RESTS, toldBad: 1, toldAt: null, shownOpen: false },
  'proposal-declined': { ...RESTS, toldBad: 1, toldAt: time('08:01:02') },
  'proposal-expired': { ...RESTS, toldBad: 1, toldAt: time('09:00:10') },
  'proposal-pending': { ...RESTS, toldBad: 0 },

  'back-addition': { ...POSTED, ...RESTS, wanted: 2, shown: 2, shownOpen: false, toldBad: 0 },
  'back-refused-addition': { ...POSTED, ...RESTS, shownOpen: false, toldBad: 1 },
  'back-queued-addition': { ...POSTED, ...RESTS, shownOpen: true, toldBad: 0 },
  'back-to-person-addition': {
    route: 'person',
    place: { channel: 'D0WITHU0ALICE', ts: expect.any(String) },
    ...RESTS,
  },
  'back-untold-addition': { place: null, tries: 1, dueAt: time('10:02:16'), notBefore: time('10:02:16') },
  'back-held-addition': { place: null, held: true, dueAt: time('10:00:15') },
  'back-on-the-wire-addition': { place: null, wanted: 1, shown: 0, dueAt: time('10:00:04') },
};

const NOTICES: Record<string, About<Delivery>> = {
  'notice-done': { route: 'channel', wanted: 1, shown: 1, ...RESTS },
  'notice-due': {
    route: 'person',
    wanted: 1,
    shown: 0,
    tries: 1,
    dueAt: time('10:02:40'),
    notBefore: time('10:02:40'),
  },
  'notice-held': { route: 'channel', wanted: 1, shown: 0, held: true, dueAt: time('10:00:15') },
};

describe.each(['sqlite', 'postgres'] as const)('A database of version 1.0.0 on %s', (engine) => {
  let old: OldDatabase;
  let opened: Opened;
  beforeAll(async () => {
    old = await openOldDatabase(engine);
    // Twice: the second time finds everything done.
    await (await openStore(old.url)).store.close();
    opened = await openStore(old.url);
  });
  afterAll(async () => {
    await opened.store.close();
    await old.remove();
  });

  it.each(Object.entries(CHANGES))('keeps what was asked for in “%s”, and no more', async (id, expected) => {
    const { changes } = await found(opened, id);
    expect(changes).toMatchObject(expected as object[]);
    expect(changes).toHaveLength(expected.length);
  });

  it.each(Object.entries(ADDITIONS))(
    'makes the addition of “%s” a request of its own',
    async (of, expected) => {
      const { changes: undone, status, addBacks } = await found(opened, of);
      const { request, changes, thread } = await found(opened, `${of}-addition`);
      expect(request).toMatchObject({
        undoes: of,
        requestedBy: 'U0ALICE',
        channelId: 'C0SUPPORT',
        teamId: 'T0WORKSPACE',
      } satisfies About<Request>);
      expect(changes).toMatchObject([
        {
          direction: 'add',
          wasSeen: true,
          undoes: undone[0]?.id,
          chatId: undone[0]?.chatId,
          handle: undone[0]?.handle,
          ...expected,
        },
      ]);
      expect(addBacks).toEqual(changes);
      expect(thread).toEqual(status.place);
    },
  );

  it.each(Object.entries(MESSAGES))('goes on telling of “%s” where it was', async (id, expected) => {
    expect((await found(opened, id)).status).toMatchObject(expected);
  });

  it.each(Object.entries(NOTICES))('tells of “%s” once', async (id, expected) => {
    const [row] = await opened.db
      .selectFrom('deliveries')
      .select('id')
      .where('request_id', '=', id)
      .where('kind', '=', 'added-back')
      .execute();
    const due = await opened.store.dueDeliveries(new Date('2027-01-01'), 1_000, []);
    const notice = due.find(({ delivery }) => delivery.id === row?.id)?.delivery;
    if (expected.dueAt === null) expect([row !== undefined, notice]).toEqual([true, undefined]);
    else expect(notice).toMatchObject({ kind: 'added-back', changeId: `${id}:${chatOf(id)}`, ...expected });
  });

  const chatOf = (id: string) => chat({ 'notice-due': 44, 'notice-held': 45 }[id] ?? 0);

  it('carries over every request, and each view is still known by what was recorded from it', async () => {
    const rows = await opened.db.selectFrom('requests').selectAll().execute();
    const additions = Object.keys(ADDITIONS).flatMap((of) => [of, `${of}-addition`]);
    const all = [...Object.keys(CHANGES), ...additions, ...Object.keys(NOTICES)];
    expect(rows.map(({ id }) => id).sort()).toEqual(all.sort());
    expect(rows.filter(({ view_id }) => view_id === '')).toEqual([]);
    const recorded = await opened.store.recordedFrom('V0QUEUEDSOME');
    expect(recorded.map(({ request }) => request.id)).toEqual(['queued-some']);
    expect(recorded[0]?.wanted.map(({ chatId }) => chatId)).toEqual([chat(31), chat(32), chat(33)]);
    const proposed = await opened.store.recordedFrom('V0PROPOSALPENDING');
    expect(proposed[0]?.wanted).toHaveLength(3);
  });

  it('knows who approved, declined and stopped', async () => {
    expect((await found(opened, 'proposal-approved')).request.approvedBy).toEqual(['U0BOB']);
    expect((await found(opened, 'queued')).request.approvedBy).toEqual([]);
    expect((await found(opened, 'stopped')).request.stoppedBy).toBe('U0ALICE');
    expect((await found(opened, 'proposal-declined')).proposal).toMatchObject({
      status: 'declined',
      decidedBy: 'U0BOB',
      declineReason: 'She still needs the chat until Friday',
    });
    expect((await found(opened, 'proposal-expired')).proposal).toMatchObject({ status: 'expired' });
  });

  it('offers Add back for what can be undone, and not for what is being undone', async () => {
    const ids = async (id: string) => canBeAddedBack(await found(opened, id), LEFT_AT).length;
    expect(await Promise.all(['removed', 'removed-by-event', 'stopped'].map(ids))).toEqual([1, 1, 4]);
    expect(await Promise.all(['back-refused', 'back-unconfirmed'].map(ids))).toEqual([1, 1]);
    expect(await Promise.all(['left-alone', 'back', 'back-queued', 'gone'].map(ids))).toEqual([0, 0, 0, 0]);
  });

  it('has the loop look at everything that is open', async () => {
    const late = new Date('2026-06-01T11:30:00.000Z');
    const limits = { limit: 1_000, perRequest: 1_000, except: [] };
    const due = [
      ...(await opened.store.due('sends', late, limits)),
      ...(await opened.store.due('proofs', late, limits)),
    ];
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from changes where status not in ('done', 'gone') and due_at is not null`.execute(
      opened.db,
    );
    expect(due).toHaveLength(Number(rows[0]?.n));
    expect(await opened.store.openChanges()).toMatchObject({ count: 30 });
  });

  it('keeps the history with its ids and its guards, and goes on with it', async () => {
    const before = await allEntries(opened);
    expect(before).toHaveLength(216);
    expect(new Set(before.map(({ id }) => id)).size).toBe(216);
    expect(before.filter(({ clearedAt }) => clearedAt !== null)).toHaveLength(4);
    const proof = before.find(({ kind, requestId }) => kind === 'removed' && requestId === 'removed');
    expect(proof).toMatchObject({ changeId: `removed:${chat(12)}`, place: { channel: 'C0SUPPORT' } });
    expect(before.filter(({ kind }) => kind === 'access-refused')).toMatchObject([
      { requestedBy: 'U0MALLORY', changeId: null },
    ]);
    for (const tampering of [`update history set change_id = null`, `delete from history`]) {
      await expect(sql.raw(tampering).execute(opened.db)).rejects.toMatchObject({
        message: expect.stringContaining('history is only ever added to'),
      });
    }
    await opened.history.record([anEntry({ at: new Date('2026-06-03') })]);
    const after = await allEntries(opened);
    expect(after).toHaveLength(217);
    expect(after.at(-1)?.id).toBeGreaterThan(Math.max(...before.map(({ id }) => id)));
  });

  it('knows the events that were taken', async () => {
    const event = anEvent({ eventId: 'event-removed-by-event', deliveryId: 'delivery-removed-by-event' });
    expect(await opened.store.takeEvent(event, LEFT_AT)).toBeNull();
  });

  it('is whole: nothing refers to what is not there, and the old tables are gone', async () => {
    const tables = await opened.db.introspection.getTables();
    const ours = tables.map(({ name }) => name).filter((name) => !/^(sqlite|libsql|kysely)/.test(name));
    expect(ours.sort()).toEqual([
      'askers',
      'audit_outbox',
      'changes',
      'clock',
      'deliveries',
      'history',
      'linq_events',
      'pause',
      'proposals',
      'requests',
    ]);
    if (engine === 'sqlite') {
      const broken = await sql`pragma foreign_key_check`.execute(opened.db);
      const { rows } = await sql`pragma integrity_check`.execute(opened.db);
      expect([broken.rows, rows]).toEqual([[], [{ integrity_check: 'ok' }]]);
    }
  });

  describe('and then', () => {
    it('a proposal can be approved', async () => {
      const at = time('10:00:10');
      const state = await found(opened, 'proposal-pending');
      const wanted = state.proposal?.wanted ?? [];
      const decided = await opened.store.update('proposal-pending', at, (now) =>
        approveProposal(now, aYes('U0BOB', { at, wanted, shown: 'all of it' })),
      );
      expect(decided).toMatchObject({ changed: true });
      expect(decided?.state.changes.map(({ chatName, wasSeen }) => [chatName, wasSeen])).toEqual([
        ['<!channel> Launch & learn', true],
        ['Crew proposal-pending', true],
        [`Pat's "Friday" crew`, true],
      ]);
    });

    it('what waits can be stopped: for certain where nothing is under way, and else by watching', async () => {
      const at = time('10:00:10');
      const stop = async (id: string) => {
        const decided = await opened.store.update(id, at, (state) => stopRequest(state, 'U0BOB', at));
        return decided?.state.changes[0];
      };
      expect(await stop('waiting')).toMatchObject({ status: 'refused', reason: 'stopped' });
      expect(await stop('waiting-unclear')).toMatchObject({ status: 'unsure', stopped: true });
    });

    it('late proof corrects what was said wrongly', async () => {
      const event = anEvent({
        eventId: 'late',
        chatId: chat(19),
        handle: '+12055550119',
        at: time('10:00:05'),
      });
      const before = (await found(opened, 'refused-unclear')).status.wanted;
      expect(await opened.store.takeEvent(event, time('10:00:06'))).toMatchObject({ settled: 1 });
      expect(await found(opened, 'refused-unclear')).toMatchObject({
        changes: [{ status: 'done' }],
        status: { wanted: before + 1, toldBad: 1, dueAt: time('10:00:06') },
      });
    });
  });
});
