import { type Kysely, sql } from 'kysely';

/**
 * Migration 0010: an index for each way of looking back, in the order in which entries are shown, so that a year of
 * history costs no more than a day. Handles are indexed without case and without what stands between digits.
 */
export async function indexHistory(db: Kysely<unknown>): Promise<void> {
  const handle = [' ', '-', '.', '(', ')'].reduce(
    (text, sign) => `replace(${text}, '${sign}', '')`,
    'lower(handle)',
  );
  const ways: Readonly<Record<string, string>> = {
    history_chat: '(lower(chat_id))',
    history_handle: `(${handle})`,
    history_asker: 'requested_by',
    history_place: 'channel_id',
  };
  for (const [name, way] of Object.entries(ways)) {
    await sql.raw(`create index ${name} on history (team_id, ${way}, at, id)`).execute(db);
  }
  await sql
    .raw(`create index history_refused on history (team_id, at, id) where kind = 'access-refused'`)
    .execute(db);
}
