import { sql } from 'kysely';
import type { Db } from '../../src/store/schema.js';

const AT_ONCE = 2_000;

/** Finished requests of a year, five minutes apart: one removal each, with its message and four entries in the history. */
export async function growHistory(db: Db, engine: 'sqlite' | 'postgres', count: number): Promise<void> {
  for (let from = 1; from <= count; from += AT_ONCE) {
    await addFinished(db, engine, from, Math.min(from + AT_ONCE - 1, count));
    // Otherwise each foreign key is looked up as when the tables were empty, row by row.
    if (engine === 'postgres') await sql`analyze requests, changes`.execute(db);
  }
}

async function addFinished(db: Db, engine: 'sqlite' | 'postgres', from: number, to: number): Promise<void> {
  const numbers =
    engine === 'postgres'
      ? sql.raw(`(select n from generate_series(${from}, ${to}) n) numbers`)
      : sql.raw(`(with recursive up(n) as (select ${from} union all select n + 1 from up where n < ${to})
          select n from up) numbers`);
  const at =
    engine === 'postgres'
      ? sql.raw(
          `to_char(timestamp '2025-06-01' + n * interval '5 minutes', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"')`,
        )
      : sql.raw(`strftime('%Y-%m-%dT%H:%M:%S.000Z', '2025-06-01', '+' || (n * 5) || ' minutes')`);
  const place = sql.raw(`'C' || (n % 50)`);
  const asker = sql.raw(`'U' || (n % 200)`);
  const chat = sql.raw(`'chat-' || (n % 5000)`);
  const handle = sql.raw(`'+1202' || (5000000 + n)`);
  await sql`
    insert into requests (id, view_id, team_id, channel_id, requested_by, command_had_text, created_at, approved_by, submission_key)
    select 'r' || n, 'V' || n, 'T0LINQ', ${place}, ${asker}, 0, ${at}, '[]', 'key' || n from ${numbers}
  `.execute(db);
  await sql`
    insert into changes (id, request_id, position, direction, chat_id, handle, status, attempts, may_still_act, was_seen,
      stopped, version, approved_at, sent_at, settled_at, left_voluntarily)
    select 'c' || n, 'r' || n, 0, 'remove', ${chat}, ${handle}, 'done', 1, 0, 1, 0, 3, ${at}, ${at}, ${at}, 0 from ${numbers}
  `.execute(db);
  await sql`
    insert into deliveries (id, request_id, kind, route, wanted, shown, held, tries, unheard, shown_open, told_bad, listed, version)
    select 'r' || n, 'r' || n, 'status', 'channel', 3, 3, 0, 0, 0, 1, 0, 0, 4 from ${numbers}
  `.execute(db);
  for (const kind of ['approved', 'sending', 'queued', 'removed']) {
    await sql`
      insert into history (at, kind, request_id, change_id, team_id, channel_id, requested_by, chat_id, handle)
      select ${at}, ${sql.lit(kind)}, 'r' || n, 'c' || n, 'T0LINQ', ${place}, ${asker}, ${chat}, ${handle} from ${numbers}
    `.execute(db);
  }
}
