import { setTimeout as pause } from 'node:timers/promises';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type Sqlite from 'libsql';
import { isBusy, storeFailure } from './sqlite-errors.js';
import { createStatements } from './sqlite-statements.js';

const TRY_AGAIN_MS = 20;

/** `busyTimeoutMs` says how long to wait for another process's lock; it is asked at every try. */
export function sqliteDialect(database: Sqlite.Database, busyTimeoutMs: () => number): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => createDriver(database, busyTimeoutMs),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/**
 * One connection, used by one caller at a time. Two things are unlike Kysely's own driver:
 *
 * The write lock is waited for between the calls into SQLite, never inside one, where the event loop would wait with it.
 *
 * The lock is taken by `begin immediate` alone, around single writes too. libsql leaves any other statement that found
 * the file locked half open, and with it every later write of this connection stays uncommitted without a word.
 */
function createDriver(database: Sqlite.Database, busyTimeoutMs: () => number): Driver {
  const turns = createTurns();
  const statements = createStatements(database);
  const patiently = createWaiter(busyTimeoutMs);

  async function execute(command: 'begin immediate' | 'commit'): Promise<void> {
    await patiently(() => database.exec(command));
  }

  async function executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (database.inTransaction || standsAlone(query)) return patiently(() => statements.run<R>(query));
    await execute('begin immediate');
    if (isBeginning(query)) return { rows: [] };
    try {
      const result = statements.run<R>(query);
      database.exec('commit');
      return result;
    } catch (error) {
      rollBack(database);
      throw storeFailure(error);
    }
  }

  const connection: DatabaseConnection = {
    executeQuery,
    streamQuery() {
      throw new Error('Rows are not read one by one here');
    },
  };
  return {
    init: async () => {},
    async acquireConnection() {
      await turns.take();
      return connection;
    },
    beginTransaction: () => execute('begin immediate'),
    commitTransaction: () => execute('commit'),
    rollbackTransaction: async () => rollBack(database),
    releaseConnection: async () => turns.giveBack(),
    async destroy() {
      statements.forget();
      close(database);
    },
  };
}

/** In WAL mode a reader waits for no lock. A pragma or a `vacuum` must not stand in a transaction. */
const standsAlone = ({ sql }: CompiledQuery) => /^\s*(?:select|pragma|explain|vacuum)\b/i.test(sql);
const isBeginning = ({ sql }: CompiledQuery) => /^\s*begin\b/i.test(sql);

/** SQLite has undone the transaction by itself where the disk was full. */
function rollBack(database: Sqlite.Database): void {
  if (database.inTransaction) database.exec('rollback');
}

/** libsql closes the file only when its last statement is collected: without this, the newest data stays in the -wal file. */
function close(database: Sqlite.Database): void {
  try {
    database.pragma('wal_checkpoint(truncate)');
  } finally {
    database.close();
  }
}

/**
 * Tries again while another process holds the lock. The time counts from when the lock was first found taken: callers
 * that come later do not each wait for all of it.
 */
function createWaiter(busyTimeoutMs: () => number) {
  let takenSince: number | null = null;
  let lastTry = 0;

  function isOver(): boolean {
    const now = performance.now();
    const atMost = busyTimeoutMs();
    if (takenSince === null || now - lastTry > atMost) takenSince = now;
    lastTry = now;
    return now - takenSince >= atMost;
  }

  return async function patiently<T>(work: () => T): Promise<T> {
    for (;;) {
      try {
        const result = work();
        takenSince = null;
        return result;
      } catch (error) {
        if (!isBusy(error) || isOver()) throw storeFailure(error);
        await pause(TRY_AGAIN_MS);
      }
    }
  };
}

/** First come, first served. */
function createTurns() {
  const waiting: (() => void)[] = [];
  let taken = false;
  return {
    async take(): Promise<void> {
      if (taken) await new Promise<void>((resolve) => waiting.push(resolve));
      taken = true;
    },
    giveBack(): void {
      const next = waiting.shift();
      if (next) next();
      else taken = false;
    },
  };
}
