import type { CompiledQuery, DatabaseConnection, Dialect, Driver, TransactionSettings } from 'kysely';

/** What reaches the disk: transactions, and single writes outside of one. */
export interface Commits {
  /** For `Overrides.wrapStore`, or `openDatabase`. */
  wrap(dialect: Dialect): Dialect;
  /** How many were begun. */
  readonly count: number;
  /** Called before each of them, which waits for it: it may take its time, or reject, and nothing is written. */
  before(act: () => Promise<void>): void;
}

const WRITES = /^\s*(?:insert|update|delete)\b/i;

export function watchCommits(): Commits {
  let count = 0;
  let act = async () => {};
  const pass = () => {
    count += 1;
    return act();
  };
  return {
    get count() {
      return count;
    },
    before(next) {
      act = next;
    },
    wrap: (dialect) => ({
      createAdapter: () => dialect.createAdapter(),
      createIntrospector: (db) => dialect.createIntrospector(db),
      createQueryCompiler: () => dialect.createQueryCompiler(),
      createDriver: () => watch(dialect.createDriver(), pass),
    }),
  };
}

function watch(driver: Driver, pass: () => Promise<void>): Driver {
  const inner = new WeakMap<DatabaseConnection, DatabaseConnection>();
  const inTransaction = new WeakSet<DatabaseConnection>();

  function real(connection: DatabaseConnection): DatabaseConnection {
    return inner.get(connection) ?? connection;
  }

  function watched(connection: DatabaseConnection): DatabaseConnection {
    const ours: DatabaseConnection = {
      async executeQuery<R>(query: CompiledQuery) {
        if (!inTransaction.has(ours) && WRITES.test(query.sql)) await pass();
        return connection.executeQuery<R>(query);
      },
      streamQuery: (query, size) => connection.streamQuery(query, size),
    };
    inner.set(ours, connection);
    return ours;
  }

  return {
    init: () => driver.init(),
    acquireConnection: async () => watched(await driver.acquireConnection()),
    async beginTransaction(connection, settings: TransactionSettings) {
      await driver.beginTransaction(real(connection), settings);
      inTransaction.add(connection);
    },
    async commitTransaction(connection) {
      await pass();
      inTransaction.delete(connection);
      await driver.commitTransaction(real(connection));
    },
    async rollbackTransaction(connection) {
      inTransaction.delete(connection);
      await driver.rollbackTransaction(real(connection));
    },
    releaseConnection: (connection) => driver.releaseConnection(real(connection)),
    destroy: () => driver.destroy(),
  };
}
