import { sql } from 'kysely';
import type { Db } from '../schema.js';

/** The tables that hold words about people, by their keys. */
const KEYS = {
  changes: 'id',
  requests: 'id',
  proposals: 'request_id',
  history: 'id',
  linq_events: 'delivery_id',
  audit_outbox: 'id',
  pause: 'id',
} as const;

export type ErasedTable = keyof typeof KEYS;

export const TABLES = Object.keys(KEYS);

/** A row that changes, and what its columns become. */
export interface Erasure {
  readonly table: ErasedTable;
  readonly key: string | number;
  readonly set: Readonly<Record<string, string | null>>;
}

const PAGE = 500;

/** Every row of a table, page by page in the order of its key, so that no statement takes long. */
export async function* readRows<Row extends object>(
  db: Db,
  table: ErasedTable,
  columns: readonly (keyof Row & string)[],
): AsyncIterable<Row> {
  const key = KEYS[table];
  let after: unknown = null;
  for (;;) {
    const { rows } = await sql<Row & Record<string, unknown>>`
      select ${sql.join([...new Set([key, ...columns])].map((column) => sql.ref(column)))}
      from ${sql.table(table)} ${after === null ? sql`` : sql`where ${sql.ref(key)} > ${after}`}
      order by ${sql.ref(key)} limit ${PAGE}`.execute(db);
    // The database's rows are plain: nothing in them is a promise.
    for (const row of rows) yield row as Awaited<Row>;
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.[key] ?? null;
  }
}

export async function carryOut(db: Db, { table, key, set }: Erasure): Promise<void> {
  const columns = Object.entries(set).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  await sql`update ${sql.table(table)} set ${sql.join(columns)} where ${sql.ref(KEYS[table])} = ${key}`.execute(
    db,
  );
}
