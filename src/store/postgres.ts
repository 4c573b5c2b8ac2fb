import {
  type Dialect,
  type PostgresCursor,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  type PostgresQueryResult,
} from 'kysely';
import pg from 'pg';
import { type StoreTrouble, StoreUnavailable } from '../removal/store-unavailable.js';

export interface PostgresOptions {
  /** Connections at most. More callers than that wait for one. */
  readonly poolSize: number;
  /** How long the server works on one statement, waiting for a lock included, before it undoes it. */
  readonly statementMs: number;
}

const CONNECT_MS = 2_000;
/** Beyond the server's own limit: it is reached only when no answer comes at all. */
const UNHEARD_MS = 500;
/** A transaction whose process fell silent is undone by the server after this, and its locks are free again. */
const ABANDONED_MS = 10_000;

/** TLS and everything else about the connection stands in the URL (`?sslmode=verify-full`). */
export function postgresDialect(url: string, options: PostgresOptions): Dialect {
  return new PostgresDialect({ pool: createPool(url, options) });
}

/**
 * A pool that gets well by itself: a connection that broke, or did not answer in time, is never used again. (`pg` would
 * hand the next caller a connection that still waits for the answer to the last one.)
 */
function createPool(connectionString: string, { poolSize, statementMs }: PostgresOptions): PostgresPool {
  const pool = new pg.Pool({
    connectionString,
    max: poolSize,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: statementMs,
    query_timeout: statementMs + UNHEARD_MS,
    idle_in_transaction_session_timeout: ABANDONED_MS,
    keepAlive: true,
    application_name: 'linq-remove',
  });
  // Unheard, the loss of a connection would end the process; whoever needs one next is told what is wrong.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const checkOut = async () => {
    try {
      return await pool.connect();
    } catch (error) {
      throw storeFailure(error);
    }
  };
  return {
    connect: async () => guard(await checkOut(), checkOut, poolSize),
    end: () => endWithin(pool, CONNECT_MS),
  };
}

/**
 * A transaction on a lost connection ends at once, instead of waiting again for the answer to its rollback. One that has
 * only begun moves to another connection: those that broke while they were idle, perhaps all of them, are found out so.
 */
function guard(
  first: pg.PoolClient,
  checkOut: () => Promise<pg.PoolClient>,
  mostBroken: number,
): PostgresPoolClient {
  let client = first;
  /** False while the pool has nothing to give: what was broken is back there already. */
  let isHeld = true;
  let broken = 0;
  let lost: Error | undefined;
  async function ask<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    if (lost) throw lost;
    try {
      const { command, rowCount, rows } = await client.query(text, [...values]);
      return { command: command as PostgresQueryResult<R>['command'], rowCount: rowCount ?? 0, rows };
    } catch (error) {
      const failure = storeFailure(error);
      if (isVerdict(error)) throw failure;
      lost = failure;
      if (!isBeginning(text) || isTimeout(error) || ++broken > mostBroken) throw failure;
      await moveOn(failure);
      return await ask(text, values);
    }
  }
  async function moveOn(failure: Error): Promise<void> {
    client.release(failure);
    isHeld = false;
    client = await checkOut();
    isHeld = true;
    lost = undefined;
  }
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query<R>(
    asked: string | PostgresCursor<R>,
    values: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof asked !== 'string') throw new Error('Rows are not read one by one here');
    return ask(asked, values);
  }
  function release(): void {
    if (isHeld) client.release(lost);
  }
  return { query, release };
}

const isBeginning = (text: string) => /^(?:begin|start transaction)\b/i.test(text);
/** The driver's words are all there is: such a connection is not broken, its server is slow. */
const isTimeout = (error: unknown) => error instanceof Error && error.message === 'Query read timeout';

/** SQLSTATEs that any other statement would meet too (postgresql.org/docs/current/errcodes-appendix.html). */
const TROUBLES: ReadonlyMap<string, StoreTrouble> = new Map([
  ['53100', 'full'],
  ['53200', 'busy'],
  ['53300', 'busy'],
  ['55P03', 'busy'],
  // Its own time limit: another process holds a lock, or the server is overloaded.
  ['57014', 'busy'],
  ['25006', 'damaged'],
  ['58030', 'damaged'],
]);

/** The error as the store's callers may know it: what no other query would survive is `StoreUnavailable`. */
function storeFailure(error: unknown): Error {
  if (!(error instanceof pg.DatabaseError)) return new StoreUnavailable('unreachable', { cause: error });
  const trouble = TROUBLES.get(error.code ?? '') ?? (isVerdict(error) ? undefined : 'unreachable');
  return trouble ? new StoreUnavailable(trouble, { cause: error }) : error;
}

/** The server answered, and the connection lives on. */
function isVerdict(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.severity === 'ERROR';
}

/** A server out of reach does not say goodbye either. */
async function endWithin(pool: pg.Pool, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([pool.end(), tooLate]);
  clearTimeout(timer);
}
