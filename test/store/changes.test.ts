import { CompiledQuery, sql } from 'kysely';
import type { DueKind } from '../../src/removal/ports.js';
import { createDueChanges } from '../../src/store/due-changes.js';
import type { Db } from '../../src/store/schema.js';
import { at } from '../support/build.js';
import { borrowDatabase } from '../support/postgres/databases.js';
import { engines } from './engines.js';
import {
  allEntries,
  changeOf,
  dueAt,
  dueIds,
  found,
  kinds,
  messageIn,
  messageOf,
  openStore,
  record,
  save,
  useFreshStore,
} from './stores.js';

describe.each(engines)('Due changes on $name', (engine) => {
  const fresh = useFreshStore(engine);

  it('are those whose time has come, the longest due first', async () => {
    await record(fresh(), [
      changeOf('r1', 'now', { status: 'waiting', dueAt: at(10) }),
      changeOf('r1', 'later', { status: 'waiting', dueAt: new Date(at(10).getTime() + 1) }),
      changeOf('r1', 'early', { status: 'approved', dueAt: at(1) }),
      changeOf('r1', 'lost', { status: 'sending', dueAt: at(5) }),
      changeOf('r1', 'ended', { status: 'done' }),
    ]);

    expect(await dueIds(fresh(), 'sends', 10)).toEqual(['early', 'lost', 'now']);
  });

  it('are to be sent or to be proven, late readings of final ones included', async () => {
    await record(fresh(), [
      changeOf('r1', 'a', { status: 'queued', dueAt: at(1) }),
      changeOf('r1', 'b', { status: 'unsure', dueAt: at(2) }),
      changeOf('r1', 'c', { status: 'unconfirmed', dueAt: at(3) }),
      changeOf('r1', 'd', { status: 'refused', dueAt: at(4) }),
      changeOf('r1', 'e', { status: 'unconfirmed' }),
      changeOf('r1', 'f', { status: 'approved' }),
      changeOf('r1', 'g', { status: 'waiting' }),
    ]);

    expect(await dueIds(fresh(), 'proofs', 10)).toEqual(['a', 'b', 'c', 'd']);
    expect(await dueIds(fresh(), 'sends', 10)).toEqual(['f', 'g']);
  });

  it('come no more than asked for, over all and of each request', async () => {
    await record(
      fresh(),
      ['a', 'b', 'c', 'd'].map((id, index) => changeOf('r1', id, { dueAt: at(index) })),
    );
    await record(fresh(), [changeOf('r2', 'x', { dueAt: at(8) }), changeOf('r2', 'y', { dueAt: at(7) })]);

    expect(await dueIds(fresh(), 'sends', 10, { limit: 3 })).toEqual(['a', 'b', 'c']);
    expect(await dueIds(fresh(), 'sends', 10, { limit: 0 })).toEqual([]);
    expect(await dueIds(fresh(), 'sends', 10, { perRequest: 2 })).toEqual(['a', 'b', 'y', 'x']);
    expect(await dueIds(fresh(), 'sends', 10, { perRequest: 1, limit: 2 })).toEqual(['a', 'y']);
    expect(await dueIds(fresh(), 'sends', 10, { except: ['r1'] })).toEqual(['y', 'x']);
    expect(await dueIds(fresh(), 'sends', 10, { except: ['r1', 'r2'] })).toEqual([]);
  });

  it('count as due when their plan lies further ahead than any plan may: the clock was set back', async () => {
    const hour = at(3_600);
    await record(fresh(), [
      changeOf('r1', 'approved', { dueAt: hour }),
      changeOf('r1', 'sending', { status: 'sending', dueAt: hour }),
      changeOf('r1', 'waiting', { status: 'waiting', dueAt: hour }),
      changeOf('r1', 'leased', { status: 'sending', dueAt: at(45) }),
      changeOf('r1', 'queued', { status: 'queued', dueAt: hour }),
      changeOf('r1', 'unsure', { status: 'unsure', dueAt: hour }),
      changeOf('r1', 'soon', { status: 'queued', dueAt: at(60) }),
      changeOf('r1', 'late', { status: 'unconfirmed', dueAt: hour }),
    ]);

    expect(await dueIds(fresh(), 'sends', 0)).toEqual(['approved', 'sending']);
    expect(await dueIds(fresh(), 'proofs', 0)).toEqual(['queued', 'unsure']);
  });
});

describe.each(engines)('Writing a change on $name', (engine) => {
  const fresh = useFreshStore(engine);

  it('stores everything and counts the version', async () => {
    await record(fresh(), [changeOf('r1', 'a')]);
    const changed = changeOf('r1', 'a', {
      chatName: 'Launch crew',
      handle: 'pat@example.com',
      status: 'queued',
      attempts: 1,
      dueAt: at(2),
      sentAt: at(1),
      watchedSince: at(1),
      deadlineAt: at(1_800),
      troubleSince: at(1),
      traceId: 'trace',
      linqSays: 'queued',
      reason: 'no-answer',
      leftVoluntarily: true,
    });

    const saved = await save(fresh(), changed, 2);

    expect(saved).toEqual({ ...changed, version: 1 });
    expect(await fresh().store.findChange('a')).toEqual(saved);
  });

  it('loses to the process that wrote since it was read, and then changes nothing', async () => {
    const read = changeOf('r1', 'a');
    await record(fresh(), [read]);
    const winner = await save(fresh(), { ...read, status: 'sending', dueAt: at(30) }, 1);

    expect(await fresh().store.save({ ...read, status: 'unsure', mayStillAct: true }, at(1))).toBeNull();
    expect(await fresh().store.save({ ...read, dueAt: at(9) }, at(1))).toBeNull();
    expect(await fresh().store.save(changeOf('r1', 'none'), at(1))).toBeNull();

    expect(await found(fresh(), 'r1')).toMatchObject({ changes: [winner], status: messageOf('r1') });
    expect(await kinds(fresh())).toEqual(['approved', 'sending']);
    expect(fresh().transitions).toHaveLength(2);
  });

  it('lets one of twenty writers of the same version win', async () => {
    const read = changeOf('r1', 'a');
    await record(fresh(), [read]);

    const saved = await Promise.all(
      Array.from({ length: 20 }, (_, attempts) =>
        fresh().store.save({ ...read, attempts, status: 'queued', mayStillAct: true }, at(1)),
      ),
    );

    expect(saved.filter(Boolean)).toHaveLength(1);
    expect(await messageIn(fresh(), 'r1')).toMatchObject({ wanted: 2 });
    expect(await kinds(fresh())).toEqual(['approved', 'queued']);
    expect(fresh().transitions).toHaveLength(2);
  });

  it('tells of a new status once it is committed, with how it was before', async () => {
    const read = changeOf('r1', 'a');
    await record(fresh(), [read]);
    const sending = await save(fresh(), { ...read, status: 'sending', sentAt: at(1) }, 1);
    await save(fresh(), { ...sending, dueAt: at(50) }, 2);

    expect(fresh().transitions).toEqual([
      { before: null, after: read },
      { before: read, after: sending },
    ]);
    expect((await allEntries(fresh())).map(({ kind, at: when }) => [kind, when])).toEqual([
      ['approved', at(0)],
      ['sending', at(1)],
    ]);
  });
});

describe.each(engines)('News about a change on $name', (engine) => {
  const fresh = useFreshStore(engine);
  const [first, second] = [changeOf('r1', 'a'), changeOf('r1', 'b')];
  const queued = { status: 'queued', mayStillAct: true, dueAt: at(3) } as const;

  it('makes the first message due at once when Linq has answered about every chat', async () => {
    await record(fresh(), [first, second]);

    await save(fresh(), { ...first, ...queued }, 1);
    expect(await dueAt(fresh(), 'r1')).toEqual(at(4));

    await save(fresh(), { ...second, ...queued }, 2);
    expect(await messageIn(fresh(), 'r1')).toMatchObject({ dueAt: at(2), wanted: 3 });
  });

  it('counts a chat that is being sent as unanswered', async () => {
    await record(fresh(), [first, { ...second, status: 'sending' }]);

    await save(fresh(), { ...first, ...queued }, 1);

    expect(await dueAt(fresh(), 'r1')).toEqual(at(4));
  });

  it('of both chats at the same moment never leaves the message waiting', async () => {
    await record(fresh(), [first, second]);

    await Promise.all([first, second].map((change) => save(fresh(), { ...change, ...queued }, 1)));

    expect(await dueAt(fresh(), 'r1')).toEqual(at(1));
  });

  it('does not wait for unanswered chats once a message stands', async () => {
    await record(fresh(), [first, second], { status: messageOf('r1', { shown: 1, dueAt: null }) });

    await save(fresh(), { ...first, ...queued }, 1);

    expect(await dueAt(fresh(), 'r1')).toEqual(at(1));
  });

  it('is none when a call is claimed, or when nothing but times changed', async () => {
    const standing = messageOf('r1', { shown: 1, dueAt: null });
    await record(fresh(), [first], { status: standing });

    const sending = await save(fresh(), { ...first, status: 'sending' }, 1);
    await save(fresh(), { ...sending, dueAt: at(9) }, 2);

    expect(await messageIn(fresh(), 'r1')).toEqual(standing);
  });

  it.each([
    ['never puts off a message that is due earlier', { dueAt: at(1) }, 2, at(1)],
    ['brings a later plan forward', { dueAt: at(86_400) }, 2, at(2)],
    ['waits for the pause between two edits', { quietUntil: at(5) }, 2, at(5)],
    ['waits as long as Slack asked for', { notBefore: at(30) }, 2, at(30)],
    ['waits for the later of both', { notBefore: at(30), quietUntil: at(31) }, 2, at(31)],
    ['waits for the later of both, the other way round', { notBefore: at(30), quietUntil: at(3) }, 2, at(30)],
    ['is not kept by waits that are over', { notBefore: at(1), quietUntil: at(0) }, 2, at(2)],
    ['keeps the time at which Slack may be asked again', { dueAt: at(30), notBefore: at(30) }, 2, at(30)],
    ['keeps a plan that is earlier than the pause', { dueAt: at(3), quietUntil: at(5) }, 2, at(3)],
  ])('%s', async (_what, waits, seconds, expected) => {
    const status = messageOf('r1', { shown: 1, dueAt: null, ...waits });
    await record(fresh(), [first], { status });

    await save(fresh(), { ...first, ...queued }, seconds);

    expect(await messageIn(fresh(), 'r1')).toEqual({ ...status, wanted: 2, dueAt: expected });
  });

  it('leaves the time alone while a process holds the message, and is counted', async () => {
    const held = messageOf('r1', { shown: 1, held: true, dueAt: at(15) });
    await record(fresh(), [first], { status: held });

    await save(fresh(), { ...first, ...queued }, 1);

    expect(await messageIn(fresh(), 'r1')).toEqual({ ...held, wanted: 2 });
  });

  it('about one request leaves the others alone', async () => {
    await record(fresh(), [first]);
    await record(fresh(), [changeOf('r2', 'c')]);

    await save(fresh(), { ...first, ...queued }, 1);

    expect(await messageIn(fresh(), 'r2')).toEqual(messageOf('r2'));
  });
});

describe.each(engines)('What is under way on $name', (engine) => {
  const fresh = useFreshStore(engine);

  it('is counted by status, late readings left out, with the oldest approval', async () => {
    expect(await fresh().store.openChanges()).toEqual({ count: 0, oldest: null });
    await record(fresh(), [
      changeOf('r1', 'a', { approvedAt: at(3) }),
      changeOf('r1', 'b', { status: 'queued', approvedAt: at(2) }),
      changeOf('r1', 'c', { status: 'unconfirmed', dueAt: at(9), approvedAt: at(1) }),
      changeOf('r1', 'd', { status: 'done', approvedAt: at(0) }),
    ]);
    expect(await fresh().store.openChanges()).toEqual({ count: 2, oldest: at(2) });
  });

  it('is not counted as nothing when the store does not answer', async () => {
    const { store } = await openStore('file::memory:');
    await store.close();
    await expect(store.openChanges()).rejects.toThrow();
  });

  it('is counted for a person, emails in any case', async () => {
    await record(fresh(), [
      changeOf('r1', 'a', { handle: 'Pat@Example.com' }),
      changeOf('r1', 'b', { handle: 'pat@example.com', status: 'queued' }),
      changeOf('r1', 'c', { handle: 'pat@example.com', status: 'unconfirmed', dueAt: at(9) }),
      changeOf('r1', 'd', { handle: 'pat@example.com', status: 'done' }),
      changeOf('r1', 'e', { handle: 'sam@example.com' }),
    ]);
    expect(await fresh().store.openOf('PAT@example.com')).toBe(2);
    expect(await fresh().store.openOf('+12025550143')).toBe(0);
  });

  it('in a chat are the removals of other people that left, or may have', async () => {
    const chatId = 'CHAT-1';
    const others: [string, object][] = [
      ['sending', { status: 'sending' }],
      ['queued', { status: 'queued' }],
      ['unsure', { status: 'unsure' }],
      ['waiting-unsure', { status: 'waiting', mayStillAct: true }],
      ['waiting', { status: 'waiting' }],
      ['approved', { status: 'approved' }],
      ['done', { status: 'done' }],
      ['unconfirmed', { status: 'unconfirmed', dueAt: at(9) }],
      ['added', { status: 'queued', direction: 'add' }],
      ['elsewhere', { status: 'queued', chatId: 'chat-2' }],
    ];
    await record(
      fresh(),
      others.map(([id, changes]) => changeOf('r1', id, { chatId, handle: `${id}@example.com`, ...changes })),
    );
    await record(fresh(), [changeOf('r2', 'itself', { chatId, status: 'queued', handle: 'me@example.com' })]);

    const leaving = await fresh().store.leaving('chat-1', 'itself');

    expect([...leaving].sort()).toEqual(
      ['queued', 'sending', 'unsure', 'waiting-unsure'].map((id) => `${id}@example.com`),
    );
  });
});

describe('The query for due changes', () => {
  const limits = { limit: 8, perRequest: 4, except: ['r1'] };
  const both = ['sends', 'proofs'] as const;

  async function explained(db: Db, kind: DueKind, how: string) {
    const { sql: text, parameters } = createDueChanges(db).query(kind, at(0), limits);
    const query = CompiledQuery.raw(`${how} ${text}`, [...parameters]);
    return (await db.executeQuery<Record<string, unknown>>(query)).rows;
  }

  it.each(both)('for %s reads an index that holds planned changes only', async (kind) => {
    const { db, store } = await openStore(':memory:');
    const plan = await explained(db, kind, 'explain query plan');
    await store.close();

    const readings = plan.map(({ detail }) => String(detail)).filter((step) => / changes\b/.test(step));
    expect(readings.length).toBeGreaterThan(3);
    for (const step of readings) {
      expect(step).toMatch(
        /SEARCH changes USING ((COVERING )?INDEX changes_due|INDEX sqlite_autoindex_changes_1)/,
      );
    }
  });

  it.each(both)('for %s does so on a server too, where most are finished', async (kind) => {
    const database = await borrowDatabase();
    const { db, store } = await openStore(database.url);
    for (let n = 0; n < 2_000; n += 500) {
      const ended = Array.from({ length: 500 }, (_, i) => changeOf(`r${n}`, `m${n + i}`, { status: 'done' }));
      await record({ store }, ended);
    }
    await sql`analyze changes`.execute(db);
    const plan = JSON.stringify(await explained(db, kind, 'explain'));
    await store.close();
    await database.remove();

    expect(plan).toContain('Index Only Scan using changes_due');
    expect(plan).not.toContain('Seq Scan on changes');
  });
});
