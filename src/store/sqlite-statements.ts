import type { CompiledQuery, QueryResult } from 'kysely';
import type Sqlite from 'libsql';
import { isBusy } from './sqlite-errors.js';

interface Statement {
  readonly prepared: ReturnType<Sqlite.Database['prepare']>;
  /** Asked for once: libsql looks it up anew each time. */
  readonly returnsRows: boolean;
}

/** Lists of ids make a few more of them; beyond this they are prepared each time. */
const MOST_STATEMENTS = 500;

export interface Statements {
  run<R>(query: CompiledQuery): QueryResult<R>;
  /** Lets go of all of them. */
  forget(): void;
}

/** Statements are prepared once: Kysely would do so for every query, and ours are always the same few dozen. */
export function createStatements(database: Sqlite.Database): Statements {
  const statements = new Map<string, Statement>();

  function prepare(sql: string): Statement {
    const known = statements.get(sql);
    if (known) return known;
    const prepared = database.prepare(sql);
    const statement = { prepared, returnsRows: prepared.reader };
    if (statements.size < MOST_STATEMENTS) statements.set(sql, statement);
    return statement;
  }

  return {
    run<R>({ sql, parameters }: CompiledQuery) {
      const values = parameters.map(bindable);
      const statement = prepare(sql);
      try {
        return execute<R>(statement, values);
      } catch (error) {
        // Binding values again is the one way to reset a statement that found the file locked.
        if (isBusy(error)) statement.prepared.iterate(values);
        throw error;
      }
    },
    forget: () => statements.clear(),
  };
}

function execute<R>({ prepared, returnsRows }: Statement, values: readonly unknown[]): QueryResult<R> {
  // The rows are typed by the query that they answer.
  if (returnsRows) return { rows: prepared.all(values) as R[] };
  const { changes, lastInsertRowid } = prepared.run(values);
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
}

/** libsql ends the whole process when it is given a boolean. */
function bindable(value: unknown): unknown {
  if (typeof value === 'boolean') throw new TypeError('A boolean cannot be stored; write 0 or 1');
  return value;
}
