import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const STARTS_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 50;

/** An empty database on a server, for one test or suite. */
export interface Database {
  readonly url: string;
  /** One statement, on a connection of its own. */
  query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]>;
  remove(): Promise<void>;
}

/** Makes a database on the server of this run, or the given one, once that has started. */
export async function createDatabase(serverUrl = serverOfThisRun()): Promise<Database> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onceStarted(() => query(serverUrl, `create database ${name} strategy file_copy`));
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    query: (text) => query(url.href, text),
    async remove() {
      await query(serverUrl, `drop database ${name} with (force)`);
    },
  };
}

const free: Database[] = [];

/**
 * A database that may have served an earlier test of this file: without any row, but perhaps with tables. Ten times as
 * quick as a new one.
 */
export async function borrowDatabase(): Promise<Database> {
  const database = free.pop() ?? (await createDatabase());
  return {
    ...database,
    async remove() {
      await database.query(EMPTY_ALL);
      free.push(database);
    },
  };
}

/** Kysely's own tables stay: they say which tables there are. A replica's triggers do not stop it. */
const EMPTY_ALL = `
  do $$ begin
    set local session_replication_role = replica;
    execute (
      select coalesce('truncate ' || string_agg(format('%I', tablename), ', '), 'select')
      from pg_tables where schemaname = 'public' and tablename not like 'kysely%'
    );
  end $$`;

function serverOfThisRun(): string {
  const url = process.env.TEST_POSTGRES_URL;
  if (!url) throw new Error('TEST_POSTGRES_URL is not set; jest.config.js names the setup that does it');
  return url;
}

/** One statement on a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<Row>(text);
    return rows;
  } finally {
    await client.end();
  }
}

/** Tries again while the server does not listen yet, or says that it is starting up (57P03). */
async function onceStarted(act: () => Promise<unknown>): Promise<void> {
  const giveUpAt = Date.now() + STARTS_WITHIN_MS;
  for (;;) {
    try {
      await act();
      return;
    } catch (error) {
      if (!isStarting(error) || Date.now() > giveUpAt) throw error;
      await pause(LOOK_EVERY_MS);
    }
  }
}

const STARTING = ['ECONNREFUSED', 'ECONNRESET', '57P03'];

/** By its code alone: in Jest, the system's errors are no `Error` of the test's own. */
function isStarting(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code !== undefined && STARTING.includes(code);
}
