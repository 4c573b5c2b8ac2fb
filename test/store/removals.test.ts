import { sql } from 'kysely';
import { openDatabase } from '../../src/store/database.js';
import { selectDueRemovals } from '../../src/store/removal-queries.js';
import { engines } from './engines.js';
import { announceable, approve, dueAt, useFreshStore } from './stores.js';
import { anAnnouncement, aRemoval, at } from './values.js';

describe.each(engines)('Due removals on $name', (engine) => {
  const store = useFreshStore(engine);

  it('are those whose time has come, the longest due first', async () => {
    await approve(store(), [
      aRemoval('r1', 'now', { dueAt: at(10) }),
      aRemoval('r1', 'later', { dueAt: new Date(at(10).getTime() + 1) }),
      aRemoval('r1', 'early', { dueAt: at(1) }),
      aRemoval('r1', 'ended', { status: 'removed', dueAt: null }),
    ]);

    const due = await store().dueRemovals(at(10), 10);

    expect(due.map((removal) => removal.id)).toEqual(['early', 'now']);
  });

  it('come no more than asked for', async () => {
    await approve(store(), [
      aRemoval('r1', 'b'),
      aRemoval('r1', 'a'),
      aRemoval('r1', 'c', { dueAt: at(-1) }),
    ]);

    expect((await store().dueRemovals(at(0), 2)).map((removal) => removal.id)).toEqual(['c', 'a']);
    expect(await store().dueRemovals(at(0), 0)).toEqual([]);
  });
});

describe.each(engines)('Writing a removal on $name', (engine) => {
  const store = useFreshStore(engine);

  it('stores every change and counts the version', async () => {
    await approve(store(), [aRemoval('r1', 'a')]);
    const changed = aRemoval('r1', 'a', {
      chatName: 'Launch crew',
      handle: 'pat@example.com',
      status: 'queued',
      attempts: 1,
      dueAt: at(2),
      sentAt: at(1),
      notBefore: at(2),
      provingSince: at(1),
      traceId: 'trace',
      linqSays: 'queued',
      reason: 'no-answer',
      leftAlone: true,
    });

    const saved = await store().saveRemoval(changed, null);

    expect(saved).toEqual({ ...changed, version: 1 });
    expect(await store().dueRemovals(at(2), 1)).toEqual([saved]);
  });

  it('loses to whoever wrote since it was read, and then changes nothing', async () => {
    const read = aRemoval('r1', 'a');
    await approve(store(), [read]);
    const winner = await store().saveRemoval({ ...read, status: 'sending', dueAt: at(30) }, null);

    const loser = await store().saveRemoval({ ...read, status: 'unsure' }, { at: at(1) });

    expect(loser).toBeNull();
    const stored = await announceable(store(), 'r1');
    expect(stored?.removals).toEqual([winner]);
    expect(stored?.announcement).toEqual(anAnnouncement('r1'));
  });

  it('lets one of twenty writers of the same version win', async () => {
    const read = aRemoval('r1', 'a');
    await approve(store(), [read]);

    const saved = await Promise.all(
      Array.from({ length: 20 }, (_, n) => store().saveRemoval({ ...read, attempts: n }, { at: at(1) })),
    );

    expect(saved.filter((removal) => removal !== null)).toHaveLength(1);
    expect((await announceable(store(), 'r1'))?.announcement.wanted).toBe(2);
  });
});

describe.each(engines)('News about a removal on $name', (engine) => {
  const store = useFreshStore(engine);
  const [first, second] = [aRemoval('r1', 'a'), aRemoval('r1', 'b')];
  const queued = { status: 'queued', dueAt: at(3) } as const;

  it('makes the first message due at once when Linq has answered about every chat', async () => {
    await approve(store(), [first, second]);

    await store().saveRemoval({ ...first, ...queued }, { at: at(1) });
    expect(await dueAt(store(), 'r1')).toEqual(at(4));

    await store().saveRemoval({ ...second, ...queued }, { at: at(2) });
    expect(await dueAt(store(), 'r1')).toEqual(at(2));
    expect((await announceable(store(), 'r1'))?.announcement.wanted).toBe(3);
  });

  it('counts a chat that is being sent as unanswered', async () => {
    await approve(store(), [first, { ...second, status: 'sending' }]);

    await store().saveRemoval({ ...first, ...queued }, { at: at(1) });

    expect(await dueAt(store(), 'r1')).toEqual(at(4));
  });

  it('of both chats at the same moment never leaves the message waiting', async () => {
    await approve(store(), [first, second]);

    await Promise.all(
      [first, second].map((removal) => store().saveRemoval({ ...removal, ...queued }, { at: at(1) })),
    );

    expect(await dueAt(store(), 'r1')).toEqual(at(1));
  });

  it('does not wait for unanswered chats once a message stands', async () => {
    await approve(store(), [first, second], anAnnouncement('r1', { shown: 1, dueAt: null }));

    await store().saveRemoval({ ...first, ...queued }, { at: at(1) });

    expect(await dueAt(store(), 'r1')).toEqual(at(1));
  });

  it('never puts off a message that is due earlier', async () => {
    await approve(store(), [first], anAnnouncement('r1', { shown: 1, dueAt: at(1) }));

    await store().saveRemoval({ ...first, ...queued }, { at: at(2) });

    expect(await dueAt(store(), 'r1')).toEqual(at(1));
  });

  it('leaves the time alone while somebody holds the message, and is counted', async () => {
    const held = anAnnouncement('r1', { shown: 1, held: true, dueAt: at(15) });
    await approve(store(), [first], held);

    await store().saveRemoval({ ...first, ...queued }, { at: at(1) });

    expect((await announceable(store(), 'r1'))?.announcement).toEqual({ ...held, wanted: 2 });
  });

  it('about one request leaves the others alone', async () => {
    await approve(store(), [first]);
    await approve(store(), [aRemoval('r2', 'c')]);

    await store().saveRemoval({ ...first, ...queued }, { at: at(1) });

    expect((await announceable(store(), 'r2'))?.announcement).toEqual(anAnnouncement('r2'));
  });
});

describe('The query for due removals', () => {
  it('reads an index that holds open removals only, so that a long history costs nothing', async () => {
    const db = await openDatabase(':memory:');
    const plan = await selectDueRemovals(db, at(0), 8).explain(undefined, sql`query plan`);
    await db.destroy();

    const steps = plan.map((step) => String(step.detail));
    expect(steps).toEqual([expect.stringContaining('SEARCH removals USING INDEX removals_due')]);
  });
});
