import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import Sqlite from 'libsql';
import { StoreUnavailable } from '../../src/removal/store-unavailable.js';
import { explain } from '../../src/store/causes.js';
import { openDatabase } from '../../src/store/database.js';
import type { Db } from '../../src/store/schema.js';
import { least, quickest } from '../support/quickest.js';

let folder: string;
let db: Db;
/** What another program on this machine does with the file. */
let other: Sqlite.Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linq-remove-'));
  const path = join(folder, 'store.db');
  db = await openDatabase(`file:${path}`);
  await sql`create table notes (id integer primary key, words text) strict`.execute(db);
  other = new Sqlite(path);
});
afterEach(async () => {
  other.close();
  await db.destroy();
  rmSync(folder, { recursive: true });
});

const write = (words = 'x') => sql`insert into notes (words) values (${words})`.execute(db);
const writeTwo = () =>
  db.transaction().execute(async (trx) => {
    await sql`insert into notes (words) values ('one')`.execute(trx);
    await sql`insert into notes (words) values ('two') returning id`.execute(trx);
  });
const seenByOthers = () => other.prepare('select words from notes').pluck().all();

/** SQLite's own wait would hold everything up for as long as the lock is held. */
const NOTICEABLE_MS = 250;

/** How long the event loop stood still at worst while this went on, in milliseconds. */
async function standstill(work: Promise<unknown>): Promise<number> {
  let worst = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    worst = Math.max(worst, performance.now() - last);
    last = performance.now();
  }, 5);
  await work.finally(() => clearInterval(timer));
  return worst;
}

describe('While another process holds the write lock', () => {
  beforeEach(() => {
    other.exec('begin immediate');
  });

  it.each([
    ['a single write', write],
    ['a transaction', writeTwo],
  ])('%s waits for it, and the event loop goes on', async (_what, act) => {
    const worst = await least(NOTICEABLE_MS, async () => {
      const before = seenByOthers();
      const writing = act();
      const worst = standstill(writing);
      await pause(300);
      expect(seenByOthers()).toEqual(before);
      other.exec('rollback');
      await writing;
      expect(seenByOthers()).not.toEqual(before);
      other.exec('begin immediate');
      return worst;
    });
    other.exec('rollback');

    expect(worst).toBeLessThan(NOTICEABLE_MS);
  });

  it('reading goes on', async () => {
    other.exec("insert into notes (words) values ('not yet')");
    const { rows } = await sql`select * from notes`.execute(db);
    expect(rows).toEqual([]);
    other.exec('rollback');
  });

  it.each([
    ['a single write', write],
    ['a transaction', writeTwo],
  ])('%s is given up in time, and later ones reach the disk', async (_what, act) => {
    const giveUp = async () => {
      const given = await Promise.allSettled([act(), act(), act()]);
      const reasons = given.map((result) => result.status === 'rejected' && result.reason);
      expect(reasons.every((reason) => reason instanceof StoreUnavailable && reason.trouble === 'busy')).toBe(
        true,
      );
    };
    expect(await quickest(2_900, giveUp)).toBeLessThan(2_900);
    expect(await least(NOTICEABLE_MS, () => standstill(giveUp()))).toBeLessThan(NOTICEABLE_MS);

    other.exec('rollback');
    await write('after it');
    await write('and again');
    expect(seenByOthers()).toEqual(['after it', 'and again']);
  });

  it('opening waits, and works once it is free', async () => {
    const opening = openDatabase(`file:${join(folder, 'store.db')}`);
    await pause(100);
    other.exec('rollback');
    await (await opening).destroy();
  });
});

describe('A full disk', () => {
  // SQLite's own limit fails a write in the place, and with the code, in which a full disk does.
  beforeEach(async () => {
    await sql`pragma max_page_count = 1`.execute(db);
  });
  const large = 'x'.repeat(2_000_000);

  it('is told apart from a mistake, and nothing of the transaction stays', async () => {
    const failure = await db
      .transaction()
      .execute(async (trx) => {
        await sql`insert into notes (words) values ('first')`.execute(trx);
        await sql`insert into notes (words) values (${large})`.execute(trx);
      })
      .catch((error: unknown) => error);

    expect(failure).toMatchObject({ name: 'StoreUnavailable', trouble: 'full' });
    expect(explain(failure, 'sqlite')).toMatch(/^its disk is full\. Make room/);
    expect(seenByOthers()).toEqual([]);
  });

  it('is over as soon as there is room again', async () => {
    await expect(write(large)).rejects.toMatchObject({ trouble: 'full' });
    await sql`pragma max_page_count = 100000`.execute(db);
    await write('there is room');
    expect(seenByOthers()).toEqual(['there is room']);
  });
});

it('A value that the driver cannot take is a mistake, and the process lives on', async () => {
  await expect(sql`insert into notes (words) values (${true})`.execute(db)).rejects.toThrow(TypeError);
  await write('still here');
  expect(seenByOthers()).toEqual(['still here']);
});

it('A closed store leaves everything in the one file', async () => {
  await write('kept');
  await db.destroy();
  other.close();
  for (const beside of ['store.db-wal', 'store.db-shm']) rmSync(join(folder, beside), { force: true });
  other = new Sqlite(join(folder, 'store.db'));
  expect(seenByOthers()).toEqual(['kept']);
});
