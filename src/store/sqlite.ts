import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { type Dialect, SqliteDialect, sql } from 'kysely';
import { MEMORY } from './location.js';
import type { Db } from './schema.js';

/** At the start another process may be migrating. */
const PATIENCE_AT_START_MS = 10_000;
const BUSY_PAUSE_MS = 20;
/** Lists of ids make a few more of them; beyond this they are prepared each time. */
const MOST_STATEMENTS = 500;
/**
 * How long one statement waits for another process's lock afterwards. The whole process waits with it, so it is less
 * than the three seconds in which Slack wants to hear from us.
 */
const PATIENCE_MS = 2_000;

/** Opens an SQLite file, new or existing, for its owner alone; or a database in memory. Rejects with what the system says. */
export async function openSqlite(path: string): Promise<Dialect> {
  if (path !== MEMORY) makePrivate(path);
  const database = new Sqlite(path, { timeout: PATIENCE_AT_START_MS });
  try {
    await switchToWal(database);
    // "Recorded before anything is sent" must survive a power cut too; better-sqlite3 would choose NORMAL with WAL.
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
  } catch (error) {
    database.close();
    throw error;
  }
  rememberStatements(database);
  return new SqliteDialect({ database });
}

/** Kysely prepares anew for every query, and ours are always the same few dozen. */
function rememberStatements(database: Sqlite.Database): void {
  const prepare = database.prepare.bind(database);
  const known = new Map<string, ReturnType<typeof prepare>>();
  database.prepare = ((source: string) => {
    const statement = known.get(source) ?? prepare(source);
    if (known.size < MOST_STATEMENTS) known.set(source, statement);
    return statement;
  }) as typeof database.prepare;
}

/** For this one, the first time, SQLite does not wait while another process looks at the new file. */
async function switchToWal(database: Sqlite.Database): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_AT_START_MS;
  for (;;) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'SQLITE_BUSY' || performance.now() > giveUpAt) throw error;
      await pause(BUSY_PAUSE_MS);
    }
  }
}

/** For once the schema is up to date. */
export async function becomeImpatient(db: Db): Promise<void> {
  await sql.raw(`pragma busy_timeout = ${PATIENCE_MS}`).execute(db);
}

/** The file exists with mode 0600 before SQLite opens it: the -wal and -shm files beside it inherit that. */
function makePrivate(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    if (existsSync(file) && (statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  }
}
