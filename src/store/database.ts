import { type Dialect, Kysely } from 'kysely';
import { StoreUnavailable } from '../removal/store-unavailable.js';
import { explain } from './causes.js';
import { type DatabaseLocation, readDatabaseUrl } from './location.js';
import { migrate } from './migrate.js';
import type { Db, Tables } from './schema.js';
import { openSqlite } from './sqlite.js';

/** The store cannot be used. The message says which one, why and what to do; it is fit for a person and a log. */
export class StoreOpenError extends Error {
  override readonly name = 'StoreOpenError';
}

export interface OpenOptions {
  /** Connections to a server at most; an SQLite file has one. Default 10. */
  readonly poolSize?: number;
  /** Put around the engine's dialect: the exploration stops a process between two of its writes with it. */
  readonly wrap?: ((dialect: Dialect) => Dialect) | undefined;
}

/** Far above what any query of ours takes, and less than the three seconds in which Slack wants to hear from us. */
const STATEMENT_MS = 2_000;
/** A migration may build an index over years of history, or wait for another process that does. */
const MIGRATION_MS = 10 * 60_000;

/** Opens the store that `DATABASE_URL` names and brings its schema up to date. Throws `StoreOpenError`. */
export async function openDatabase(url: string, options: OpenOptions = {}): Promise<Db> {
  const { poolSize = 10, wrap = asItIs } = options;
  const location = locate(url);
  try {
    return location.engine === 'sqlite'
      ? await openFile(location.target, wrap)
      : await openServer(location.target, poolSize, wrap);
  } catch (error) {
    const known = explain(error, location.engine);
    throw new StoreOpenError(
      `The store ${location.shown} cannot be opened: ${known ?? `${wordsOf(error)}. ${ADVICE[location.engine]}`}`,
      { cause: error },
    );
  }
}

const ADVICE: Record<DatabaseLocation['engine'], string> = {
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

type Wrap = (dialect: Dialect) => Dialect;
const asItIs: Wrap = (dialect) => dialect;

async function openFile(path: string, wrap: Wrap): Promise<Db> {
  const { dialect, setBusyTimeout } = await openSqlite(path);
  const db = connect(wrap(dialect));
  try {
    await migrate(db, 'sqlite');
    setBusyTimeout(STATEMENT_MS);
    return db;
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** Migrations run on a connection of their own, which may take its time. */
async function openServer(url: string, poolSize: number, wrap: Wrap): Promise<Db> {
  // Here and not above: a file needs no driver for a server.
  const { postgresDialect } = await import('./postgres.js');
  const migrating = connect(wrap(postgresDialect(url, { poolSize: 1, statementMs: MIGRATION_MS })));
  try {
    await migrate(migrating, 'postgres');
  } finally {
    await migrating.destroy();
  }
  return connect(wrap(postgresDialect(url, { poolSize, statementMs: STATEMENT_MS })));
}

function connect(dialect: Dialect): Db {
  return new Kysely<Tables>({ dialect });
}

/** An unreachable host with several addresses is an AggregateError without words of its own; its code says it. */
function wordsOf(error: unknown): string {
  if (error instanceof StoreUnavailable) return wordsOf(error.cause);
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  return 'code' in error ? String(error.code) : error.name;
}
