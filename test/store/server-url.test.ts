import { sql } from 'kysely';
import { openDatabase } from '../../src/store/database.js';
import { borrowDatabase, type Database } from '../support/postgres/databases.js';

let database: Database;
beforeEach(async () => {
  database = await borrowDatabase();
});
afterEach(() => database.remove());

describe('A server’s URL', () => {
  it('that asks for TLS is not served without it', async () => {
    await expect(openDatabase(`${database.url}?sslmode=verify-full`)).rejects.toThrow(
      /cannot be opened: the server offers no TLS/,
    );
  });

  it('that leaves the password out is completed by PGPASSWORD, whatever characters are in it', async () => {
    const password = 'p@ss/w#rd?100%"\'';
    await database.query(`create role wordy login password '${password.replace(/'/g, "''")}'`);
    await database.query('grant all on schema public to wordy');
    const url = new URL(database.url);
    url.username = 'wordy';
    url.password = '';
    process.env.PGPASSWORD = password;
    try {
      const db = await openDatabase(url.href);
      await db.destroy();
    } finally {
      delete process.env.PGPASSWORD;
      await database.query('reassign owned by wordy to current_user; drop owned by wordy; drop role wordy');
    }
  });

  it('that names no database of the server’s is said so', async () => {
    const url = new URL(database.url);
    url.pathname = '/nowhere';

    await expect(openDatabase(url.href)).rejects.toThrow(
      /\/nowhere cannot be opened: the server has no database/,
    );
  });
});

it('No more connections than allowed are used, however many ask', async () => {
  const db = await openDatabase(database.url, { poolSize: 2 });

  const asked = Array.from({ length: 20 }, () =>
    sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db),
  );
  const pids = (await Promise.all(asked)).map(({ rows }) => rows[0]?.pid);

  expect(new Set(pids).size).toBe(2);
  await db.destroy();
});
