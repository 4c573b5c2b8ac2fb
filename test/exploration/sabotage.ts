import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import type { Sabotage } from './process.js';

/* Ways to spoil what an app writes, as bugs would. They show that the oracle would notice. */

/** Whenever this column of this table is written, another value is. */
export function spoils(
  table: string,
  column: string,
  spoil: (value: unknown, query: CompiledQuery) => unknown,
): Sabotage {
  return intercepting((query, pass) => {
    const at = placeOf(query.sql, table, column);
    if (at === null) return pass(query);
    const parameters = query.parameters.with(at, spoil(query.parameters[at], query));
    return pass({ ...query, parameters });
  });
}

export function together(...all: readonly Sabotage[]): Sabotage {
  return (dialect) => all.reduce((spoiled, sabotage) => sabotage(spoiled), dialect);
}

/** Which parameter is written to the column; null when the query does not write it. The first row of several. */
function placeOf(sql: string, table: string, column: string): number | null {
  const update = new RegExp(`^update "${table}" set (.*?) where `, 's').exec(sql)?.[1];
  if (update) return placeIn(update.split(', '), column);
  const insert = new RegExp(`^insert into "${table}" \\(([^)]*)\\) values`).exec(sql)?.[1];
  return insert ? placeIn(insert.split(', '), column) : null;
}

function placeIn(columns: readonly string[], column: string): number | null {
  const at = columns.findIndex((each) => each.startsWith(`"${column}"`));
  return at < 0 ? null : at;
}

type Pass = <R>(query: CompiledQuery) => Promise<QueryResult<R>>;
type Intercept = (query: CompiledQuery, pass: Pass) => Promise<QueryResult<unknown>>;

function intercepting(intercept: Intercept): Sabotage {
  return (dialect) => ({
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => spoiledDriver(dialect, intercept),
  });
}

function spoiledDriver(dialect: Dialect, intercept: Intercept): Driver {
  const driver = dialect.createDriver();
  const inner = new Map<DatabaseConnection, DatabaseConnection>();
  const real = (ours: DatabaseConnection) => inner.get(ours) ?? ours;

  return {
    init: () => driver.init(),
    async acquireConnection() {
      const connection = await driver.acquireConnection();
      const ours: DatabaseConnection = {
        executeQuery: <R>(query: CompiledQuery) =>
          intercept(query, (spoiled) => connection.executeQuery(spoiled)) as Promise<QueryResult<R>>,
        streamQuery: (query, size) => connection.streamQuery(query, size),
      };
      inner.set(ours, connection);
      return ours;
    },
    beginTransaction: (connection, settings) => driver.beginTransaction(real(connection), settings),
    commitTransaction: (connection) => driver.commitTransaction(real(connection)),
    rollbackTransaction: (connection) => driver.rollbackTransaction(real(connection)),
    async releaseConnection(connection) {
      const held = real(connection);
      inner.delete(connection);
      await driver.releaseConnection(held);
    },
    destroy: () => driver.destroy(),
  };
}
