import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import Sqlite from 'libsql';
import { openDatabase, StoreOpenError } from '../../src/store/database.js';
import { at } from '../support/build.js';
import { durableEngines, engines } from './engines.js';
import { changeOf, found, messageOf, openStore, record, requestOf } from './stores.js';

describe.each(durableEngines)('A store on $name', (engine) => {
  it('keeps everything when it is opened again', async () => {
    const database = await engine.fresh();
    const before = await openStore(database.url);
    await record(before, [changeOf('r1', 'a')]);
    await before.store.close();

    const after = await openStore(database.url);

    expect(await found(after, 'r1')).toEqual({
      request: requestOf('r1'),
      changes: [changeOf('r1', 'a')],
      proposal: null,
      status: messageOf('r1'),
      copies: [],
      addBacks: [],
      thread: null,
      pause: null,
    });
    await after.store.close();
    await database.remove();
  });

  it('is one store for two processes: of two claims one wins', async () => {
    const database = await engine.fresh();
    const both = [await openStore(database.url), await openStore(database.url)] as const;
    const change = changeOf('r1', 'a');
    await record(both[0], [change]);

    const claims = [];
    for (const { store } of both) claims.push(await store.save({ ...change, dueAt: at(30) }, at(1)));

    expect(claims).toEqual([{ ...change, dueAt: at(30), version: 1 }, null]);
    await Promise.all(both.map(({ store }) => store.close()));
    await database.remove();
  });
});

describe.each(engines)('Asking $name whether it answers', (engine) => {
  it('succeeds while it is open and rejects afterwards', async () => {
    const database = await engine.fresh();
    const { store } = await openStore(database.url);

    await expect(store.ping()).resolves.toBeUndefined();
    await store.close();

    await expect(store.ping()).rejects.toThrow();
    await database.remove();
  });
});

describe('An SQLite file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'linq-remove-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const modeOf = (file: string) => statSync(join(folder, file)).mode & 0o777;

  it('is created with its folders, and is its owner’s alone', async () => {
    const db = await openDatabase(`file:${join(folder, 'new', 'deep', 'store.db')}`);

    const files = ['store.db', 'store.db-wal', 'store.db-shm'];
    expect(files.map((file) => modeOf(join('new', 'deep', file)))).toEqual([0o600, 0o600, 0o600]);
    expect([modeOf('new'), modeOf('new/deep')]).toEqual([0o700, 0o700]);
    await db.destroy();
  });

  it('that others could read is closed to them', async () => {
    const path = join(folder, 'store.db');
    writeFileSync(path, '');
    chmodSync(path, 0o644);

    const db = await openDatabase(`file:${path}`);

    expect(modeOf('store.db')).toBe(0o600);
    await db.destroy();
  });

  it('writes through to the disk, overwrites what is deleted, and checks references', async () => {
    const db = await openDatabase(`file:${join(folder, 'store.db')}`);
    const pragma = async (name: string) =>
      Object.values((await sql.raw(`pragma ${name}`).execute(db)).rows[0] ?? {});

    expect(await pragma('journal_mode')).toEqual(['wal']);
    expect(await pragma('synchronous')).toEqual([2]);
    expect(await pragma('secure_delete')).toEqual([1]);
    expect(await pragma('foreign_keys')).toEqual([1]);
    await db.destroy();
  });

  it('has strict tables only', async () => {
    const db = await openDatabase(':memory:');
    const tables = await sql<{ name: string; strict: number }>`
      select name, strict from pragma_table_list
      where name in ('requests', 'changes', 'proposals', 'deliveries', 'history', 'linq_events')
    `.execute(db);

    expect(tables.rows).toHaveLength(6);
    expect(tables.rows.every((table) => table.strict === 1)).toBe(true);
    await db.destroy();
  });

  it('that cannot be migrated is left as it was', async () => {
    const path = join(folder, 'store.db');
    const inTheWay = new Sqlite(path);
    inTheWay.exec('create view history as select 1');

    await expect(openDatabase(`file:${path}`)).rejects.toThrow(StoreOpenError);

    const all = inTheWay.prepare('select name from sqlite_schema').pluck();
    expect(all.all()).toEqual(['history']);
    inTheWay.exec('drop view history');
    inTheWay.close();
    const opened = await openStore(`file:${path}`);
    await record(opened, [changeOf('r1', 'a')]);
    await opened.store.close();
  });
});

describe('A store that cannot be opened', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'linq-remove-'));
    mkdirSync(join(folder, 'is-a-folder'));
    writeFileSync(join(folder, 'letter.txt'), 'Dear reader, '.repeat(100));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['is a folder', 'is-a-folder', /EISDIR/],
    ['lies inside a file', 'letter.txt/store.db', /ENOTDIR|EEXIST/],
  ])('because it %s says which, why and what to do', async (_why, name, reason) => {
    const path = join(folder, name);

    const failure = await openDatabase(`file:${path}`).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(StoreOpenError);
    expect(String(failure)).toContain(`The store ${path} cannot be opened: `);
    expect(String(failure)).toMatch(reason);
    expect(String(failure)).toContain('DATABASE_URL must name an SQLite file');
  });

  it('because no server answers is named without user and password', async () => {
    const failure = await openDatabase('postgres://pat:hunter2@127.0.0.1:1/linq?password=hunter2').catch(
      (error: unknown) => error,
    );

    expect(failure).toBeInstanceOf(StoreOpenError);
    expect(String(failure)).toContain('The store postgres://127.0.0.1:1/linq cannot be opened: ');
    expect(String(failure)).toContain('no server answers there');
    expect(String(failure)).not.toMatch(/pat|hunter2/);
  });

  it.each(['mysql://host/db', 'data/linq.db', 'file:', 'file://host/linq.db'])(
    'because %s names no database is said so',
    async (url) => {
      await expect(openDatabase(url)).rejects.toThrow(/^DATABASE_URL cannot be read: /);
    },
  );
});
