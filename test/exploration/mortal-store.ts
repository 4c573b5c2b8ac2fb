import type { CompiledQuery, DatabaseConnection, Dialect, Driver } from 'kysely';
import type { Life } from './life.js';

/** Counts work that happens outside this process, such as a statement at a database server. */
type During = <T>(work: Promise<T>) => Promise<T>;

export interface MortalStore {
  /** For `Overrides.wrapStore`. */
  wrap(dialect: Dialect): Dialect;
  /** Resolves when, after the end, the database has undone what was not committed and let go of its locks. */
  released(): Promise<void>;
}

/** The store of one process: after its end nothing is read or written, and what was not committed is undone. */
export function createMortalStore(life: Life, during: During): MortalStore {
  const letGo: Promise<void>[] = [];
  return {
    wrap: (dialect) => ({
      createAdapter: () => dialect.createAdapter(),
      createIntrospector: (db) => dialect.createIntrospector(db),
      createQueryCompiler: () => dialect.createQueryCompiler(),
      createDriver() {
        const mortal = createMortalDriver(dialect.createDriver(), life, during);
        life.onEnd(() => void letGo.push(mortal.die()));
        return mortal.driver;
      },
    }),
    released: async () => void (await Promise.all(letGo)),
  };
}

const WRITES = /^\s*(?:insert|update|delete|commit)/i;

function createMortalDriver(driver: Driver, life: Life, during: During) {
  const inner = new Map<DatabaseConnection, DatabaseConnection>();
  /** A pool that has ended never answers those who still wait for a connection of it. */
  const ended = new Promise<void>((resolve) => life.onEnd(resolve));
  let destroyed = false;

  /** The real connection behind ours. */
  function real(connection: DatabaseConnection): DatabaseConnection {
    const found = inner.get(connection);
    if (!found) throw new Error('This connection was given back before.');
    return found;
  }

  function mortal(connection: DatabaseConnection): DatabaseConnection {
    return {
      async executeQuery<R>(query: CompiledQuery) {
        await (WRITES.test(query.sql) ? life.pass('write') : life.stillThere());
        return during(connection.executeQuery<R>(query));
      },
      streamQuery: (query, size) => connection.streamQuery(query, size),
    };
  }

  const mortalDriver: Driver = {
    init: () => driver.init(),
    async acquireConnection() {
      await life.stillThere();
      const asked = driver.acquireConnection();
      await during(Promise.race([asked, ended]));
      if (life.isOver) asked.then((late) => driver.releaseConnection(late)).catch(() => {});
      await life.stillThere();
      const connection = await asked;
      const ours = mortal(connection);
      inner.set(ours, connection);
      return ours;
    },
    async beginTransaction(connection, settings) {
      await life.stillThere();
      await during(driver.beginTransaction(real(connection), settings));
    },
    async commitTransaction(connection) {
      await life.pass('write');
      await during(driver.commitTransaction(real(connection)));
    },
    async rollbackTransaction(connection) {
      await life.stillThere();
      await during(driver.rollbackTransaction(real(connection)));
    },
    async releaseConnection(connection) {
      await life.stillThere();
      const held = real(connection);
      inner.delete(connection);
      await driver.releaseConnection(held);
    },
    async destroy() {
      if (life.isOver || destroyed) return;
      destroyed = true;
      await during(driver.destroy());
    },
  };

  async function die(): Promise<void> {
    if (destroyed) return;
    destroyed = true;
    // Every one: a transaction may have begun at this very moment, and its lock would outlive the process.
    for (const connection of inner.values()) {
      await driver.rollbackTransaction(connection).catch(() => {});
      await driver.releaseConnection(connection);
    }
    // A killed process closes nothing in order either.
    await driver.destroy().catch(() => {});
  }

  return { driver: mortalDriver, die: () => during(die()) };
}
