import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Dialect } from 'kysely';
import type Sqlite from 'libsql';
import { MEMORY } from './location.js';
import { sqliteDialect } from './sqlite-driver.js';
import { isBusy } from './sqlite-errors.js';

/** At the start another process may be migrating. */
const BUSY_TIMEOUT_AT_START_MS = 10_000;
/** SQLite's own waiting: the whole process stands still meanwhile. */
const STANDSTILL_MS = 5;
const TRY_AGAIN_MS = 20;

export interface OpenSqlite {
  readonly dialect: Dialect;
  /** How long a write waits for another process from now on. */
  setBusyTimeout(ms: number): void;
}

/** Opens an SQLite file, new or existing, for its owner alone; or a database in memory. Rejects with what the system says. */
export async function openSqlite(path: string): Promise<OpenSqlite> {
  if (path !== MEMORY) makePrivate(path);
  // Here and not above: a native module that is missing ends in a sentence of the store's, and a server needs none.
  const { default: Database } = await import('libsql');
  const database = new Database(path, { timeout: STANDSTILL_MS });
  try {
    await switchToWal(database);
    // "Recorded before anything is sent" must survive a power cut too.
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    // What is erased or cleared is overwritten in the file, not only unlinked.
    database.pragma('secure_delete = ON');
  } catch (error) {
    database.close();
    throw error;
  }
  let busyTimeoutMs = BUSY_TIMEOUT_AT_START_MS;
  return {
    dialect: sqliteDialect(database, () => busyTimeoutMs),
    setBusyTimeout(ms) {
      busyTimeoutMs = ms;
    },
  };
}

/** For this one, the first time, SQLite does not wait while another process looks at the new file. */
async function switchToWal(database: Sqlite.Database): Promise<void> {
  const giveUpAt = performance.now() + BUSY_TIMEOUT_AT_START_MS;
  for (;;) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > giveUpAt) throw error;
      await pause(TRY_AGAIN_MS);
    }
  }
}

/** The file exists with mode 0600 before SQLite opens it: the -wal and -shm files beside it inherit that. */
function makePrivate(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    if (existsSync(file) && (statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  }
}
