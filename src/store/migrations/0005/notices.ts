import type { Kysely } from 'kysely';
import { inPages, PAGE } from './pages.js';
import type { NewDelivery, OldNotice, OldTables } from './rows.js';
import { waitOf } from './waits.js';

/** "Was added back", told in the thread or, where that was closed, to the person who asked. */
export async function carryOverNotices(untyped: Kysely<unknown>): Promise<void> {
  const db = untyped.withTables<OldTables>();
  await inPages(
    (after) =>
      db
        .selectFrom('notices')
        .selectAll()
        .where('removal_id', '>', after)
        .orderBy('removal_id')
        .limit(PAGE)
        .execute(),
    ({ removal_id }) => removal_id,
    async (notices) => {
      await db.insertInto('deliveries').values(notices.map(toDelivery)).execute();
    },
  );
}

function toDelivery(old: OldNotice): NewDelivery {
  return {
    id: `${old.removal_id}:added-back`,
    request_id: old.request_id,
    kind: 'added-back',
    change_id: old.removal_id,
    event_at: old.added_at,
    route: old.route === 'thread' ? 'channel' : 'person',
    hint: null,
    place_channel: null,
    place_ts: null,
    wanted: 1,
    shown: old.due_at === null ? 1 : 0,
    held: old.held,
    due_at: old.due_at,
    quiet_until: null,
    not_before: waitOf(old),
    tries: old.tries,
    unheard: old.unheard,
    shown_open: 0,
    told_bad: 0,
    told_at: null,
    listed: 0,
    version: old.version,
  };
}
