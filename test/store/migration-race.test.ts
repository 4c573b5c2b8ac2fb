import { tmpdir } from 'node:os';
import { sql } from 'kysely';
import { openDatabase } from '../../src/store/database.js';
import { migrationsFor } from '../../src/store/migrations.js';
import { type Child, endChildren, launch } from '../support/child.js';
import { createDatabase } from '../support/postgres/databases.js';
import { durableEngines } from './engines.js';

const ROUNDS = 3;

const engines = durableEngines.map((engine) =>
  engine.name === 'PostgreSQL' ? { name: engine.name, fresh: () => createDatabase() } : engine,
);

describe('Four processes that start at the same moment', () => {
  let processes: readonly Child[];
  beforeAll(async () => {
    const launching = Array.from({ length: 4 }, () =>
      launch({ entry: 'test/store/migration-race-process.ts', cwd: tmpdir(), ipc: true }),
    );
    processes = await Promise.all(launching);
    await Promise.all(processes.map((child) => child.hears()));
  });
  afterAll(endChildren);

  it.each(engines)('all open one new database on $name, and migrate it once', async ({ fresh }) => {
    for (let round = 0; round < ROUNDS; round++) {
      const database = await fresh();
      const answers = processes.map((child) => child.hears<string>());
      for (const child of processes) child.send(database.url);

      expect(await Promise.all(answers)).toEqual(['opened', 'opened', 'opened', 'opened']);

      const db = await openDatabase(database.url);
      const noted = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
      expect(noted.rows.map(({ name }) => name).sort()).toEqual(Object.keys(migrationsFor('sqlite')).sort());
      await db.destroy();
      await database.remove();
    }
  });
});
