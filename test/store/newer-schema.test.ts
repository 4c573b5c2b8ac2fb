import { openDatabase } from '../../src/store/database.js';
import { migrationsFor } from '../../src/store/migrations.js';
import { NewerSchemaError, refuseNewerSchema } from '../../src/store/newer-schema.js';
import { durableEngines } from './engines.js';

const KNOWN = Object.keys(migrationsFor('sqlite'));

describe.each(durableEngines)('A store on $name', (engine) => {
  it('of this version, or an older one, may be opened', async () => {
    const database = await engine.fresh();
    const db = await openDatabase(database.url);
    await expect(refuseNewerSchema(db, KNOWN)).resolves.toBeUndefined();
    await expect(refuseNewerSchema(db, [...KNOWN, '9999_next'])).resolves.toBeUndefined();
    await db.destroy();
    await database.remove();
  });

  it('that a newer version wrote is refused in words of its own', async () => {
    const database = await engine.fresh();
    const db = await openDatabase(database.url);
    const older = KNOWN.slice(0, -1);
    const failure = await refuseNewerSchema(db, older).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NewerSchemaError);
    expect(String(failure)).toContain('This store was written by a newer version of linq-remove');
    expect(String(failure)).toContain(KNOWN.at(-1));
    await db.destroy();
    await database.remove();
  });
});
