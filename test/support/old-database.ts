import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { borrowDatabase } from './postgres/databases.js';
import type { Engine } from './stage.js';

const FIXTURES = join(__dirname, '../store/fixtures');

/** The moment at which the process of version 1.0.0 died. Leases and holds that it left end up to 45 s later. */
export const LEFT_AT = new Date('2026-06-01T10:00:00.000Z');

/** A database as version 1.0.0 (schema 0004) left it. test/store/fixtures/README.md tells what is in it. */
export interface OldDatabase {
  /** Fit for `DATABASE_URL`. Nothing has been migrated yet. */
  readonly url: string;
  /** Call it after every connection to the database was closed. */
  remove(): Promise<void>;
}

/** Loads the fixture of this engine into a database of its own. Rejects with what the engine says. */
export function openOldDatabase(engine: Engine): Promise<OldDatabase> {
  return LOADERS[engine]();
}

const LOADERS: Record<Engine, () => Promise<OldDatabase>> = {
  async sqlite() {
    const folder = await mkdtemp(join(tmpdir(), 'linq-remove-'));
    const path = join(folder, 'old.db');
    const database = new Sqlite(path);
    try {
      // As version 1.0.0 left its files.
      database.pragma('journal_mode = WAL');
      database.exec(await readFixture('sqlite'));
    } finally {
      database.close();
    }
    return { url: `file:${path}`, remove: () => rm(folder, { recursive: true }) };
  },
  async postgres() {
    const database = await borrowDatabase();
    // An earlier test may have left the tables of today's version.
    await database.query('drop schema public cascade; create schema public');
    await database.query(await readFixture('postgres'));
    return database;
  },
};

function readFixture(engine: Engine): Promise<string> {
  return readFile(join(FIXTURES, `version-4.${engine}.sql`), 'utf8');
}
