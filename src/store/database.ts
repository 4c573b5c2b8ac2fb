import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Dialect, Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import pg from 'pg';
import { type DatabaseLocation, type Engine, MEMORY, readDatabaseUrl } from './location.js';
import { migrate } from './migrations.js';
import type { Db, Tables } from './schema.js';

/** How long one statement may wait: for another process's lock (SQLite) or for the server (PostgreSQL). */
const PATIENCE_MS = 10_000;

/** The store cannot be used. The message says which one, why and what to do; it is fit for a person and a log. */
export class StoreOpenError extends Error {
  override readonly name = 'StoreOpenError';
}

/** Opens the store that `DATABASE_URL` names and brings its schema up to date. Throws `StoreOpenError`. */
export async function openDatabase(url: string): Promise<Db> {
  const location = locate(url);
  let db: Db | undefined;
  try {
    db = new Kysely<Tables>({ dialect: DIALECTS[location.engine](location.target) });
    await migrate(db, location.engine);
    return db;
  } catch (error) {
    await db?.destroy();
    throw new StoreOpenError(
      `The store ${location.shown} cannot be opened: ${wordsOf(error)}. ${ADVICE[location.engine]}`,
      { cause: error },
    );
  }
}

const ADVICE: Record<Engine, string> = {
  sqlite: 'DATABASE_URL must name an SQLite file, new or existing, that this process may read and write.',
  postgres: 'Check DATABASE_URL, that the server is running, and that its user may create tables.',
};

function locate(url: string): DatabaseLocation {
  try {
    return readDatabaseUrl(url);
  } catch (error) {
    throw new StoreOpenError(`DATABASE_URL cannot be read: ${wordsOf(error)}.`, { cause: error });
  }
}

const DIALECTS: Record<Engine, (target: string) => Dialect> = {
  sqlite: sqliteDialect,
  postgres: postgresDialect,
};

function sqliteDialect(path: string): Dialect {
  if (path !== MEMORY) makePrivate(path);
  const database = new Sqlite(path, { timeout: PATIENCE_MS });
  try {
    database.pragma('journal_mode = WAL');
    // "Recorded before anything is sent" must survive a power cut too; better-sqlite3 would choose NORMAL with WAL.
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
  } catch (error) {
    database.close();
    throw error;
  }
  return new SqliteDialect({ database });
}

/** The file exists with mode 0600 before SQLite opens it: the -wal and -shm files beside it inherit that. */
function makePrivate(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    if (existsSync(file) && (statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  }
}

function postgresDialect(connectionString: string): Dialect {
  const pool = new pg.Pool({
    connectionString,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
    application_name: 'linq-remove',
  });
  // An idle connection that breaks is replaced at the next query, which reports what is wrong; unheard, this event
  // would end the process.
  pool.on('error', () => {});
  return new PostgresDialect({ pool });
}

/** An unreachable host with several addresses is an AggregateError without words of its own; its code says it. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  return 'code' in error ? String(error.code) : error.name;
}
