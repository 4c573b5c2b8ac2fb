import type { Limits } from '../../src/removal/limit.js';
import { durableEngines, type FreshDatabase } from './engines.js';
import { allEntries, changeOf, type Opened, openStore, recordingOf } from './stores.js';

/* What one person may have removed in an hour is counted where it is written: two processes do not both fit under it. */

describe.each(durableEngines)('Two processes that record for one person at once ($name)', (engine) => {
  let database: FreshDatabase;
  let processes: readonly [Opened, Opened];
  beforeEach(async () => {
    database = await engine.fresh();
    processes = [await openStore(database.url), await openStore(database.url)];
  });
  afterEach(async () => {
    await Promise.all(processes.map(({ store }) => store.close()));
    await database.remove();
  });

  /** Two removals of one request, by the asker of all of them. */
  const two = (id: string) => recordingOf(['a', 'b'].map((each) => changeOf(id, `${id}-${each}`)));

  it.each<[string, Limits]>([
    ['REMOVALS_PER_HOUR', { perHour: 3, bulkAbove: null }],
    ['APPROVAL_BULK_ABOVE', { perHour: null, bulkAbove: 3 }],
  ])('keep to %s together: one is recorded, of the other nothing', async (_name, limits) => {
    const [one, other] = processes;
    const answers = await Promise.all([
      one.store.recordWithin(limits, two('r1')),
      other.store.recordWithin(limits, two('r2')),
    ]);
    expect(answers.filter((answer) => answer === true)).toHaveLength(1);
    expect(answers).toContainEqual(expect.objectContaining({ limit: 3, already: 2 }));
    expect(await one.store.openChanges()).toMatchObject({ count: 2 });
    expect(await allEntries(one)).toHaveLength(2);
  });
});
