import { createStoreClock } from '../../src/store/clock.js';
import { openDatabase } from '../../src/store/database.js';
import type { Db } from '../../src/store/schema.js';
import { minutes } from '../support/clock.js';
import { borrowDatabase, type Database } from '../support/postgres/databases.js';
import { changeOf, openStore, record } from './stores.js';

/** A machine whose clock is wrong by so much. */
const machine = (wrongBy: { ms: number }) => () => new Date(Date.now() + wrongBy.ms);

describe('The clock of a store on a server', () => {
  let database: Database;
  let db: Db;
  beforeEach(async () => {
    database = await borrowDatabase();
    db = await openDatabase(database.url);
  });
  afterEach(async () => {
    await db.destroy();
    await database.remove();
  });

  /** How far the clock is from the server's, in milliseconds. */
  async function distance(clock: () => Date): Promise<number> {
    const [server] = await database.query<{ now: Date }>('select clock_timestamp() as now');
    return Math.abs(clock().getTime() - (server?.now.getTime() ?? 0));
  }

  it.each([0, minutes(90), minutes(-90)])(
    'shows the server’s time on a machine wrong by %i ms',
    async (ms) => {
      const clock = await createStoreClock(db, 'postgres', machine({ ms }));

      expect(await distance(clock)).toBeLessThan(1_000);
    },
  );

  it('finds out by itself when the machine’s clock is put right', async () => {
    const wrongBy = { ms: minutes(90) };
    const clock = await createStoreClock(db, 'postgres', machine(wrongBy));
    wrongBy.ms = 0;

    expect(await distance(clock)).toBeGreaterThan(minutes(89));
    while ((await distance(clock)) > 1_000);
  });

  it('goes on when the server is out of reach', async () => {
    const wrongBy = { ms: minutes(90) };
    const clock = await createStoreClock(db, 'postgres', machine(wrongBy));
    await db.destroy();
    wrongBy.ms += minutes(1);

    expect(clock().getTime() - Date.now()).toBeCloseTo(minutes(1), -3);
    db = await openDatabase(database.url);
  });

  it('keeps a lease closed to a machine whose own clock says that it is over', async () => {
    const here = await createStoreClock(db, 'postgres', machine({ ms: minutes(-60) }));
    const there = await createStoreClock(db, 'postgres', machine({ ms: minutes(60) }));
    const opened = await openStore(database.url);
    const leaseEnds = new Date(here().getTime() + 30_000);
    await record(opened, [changeOf('r1', 'm1', { status: 'sending', dueAt: leaseEnds })]);

    const limits = { limit: 9, perRequest: 9, except: [] };
    expect(await opened.store.due('sends', there(), limits)).toEqual([]);
    await opened.store.close();
  });
});

it('The clock of a store in a file is the machine’s', async () => {
  const db = await openDatabase('file::memory:');
  const local = () => new Date(0);

  expect(await createStoreClock(db, 'sqlite', local)).toBe(local);
  await db.destroy();
});
