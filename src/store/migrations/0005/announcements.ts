import type { Kysely } from 'kysely';
import { inPages, PAGE } from './pages.js';
import type { NewDelivery, OldAnnouncement, OldTables } from './rows.js';
import { waitOf } from './waits.js';

/** How a request ended: what its message, and its thread, have to have told. */
interface Endings {
  readonly bad: number;
  readonly lastAt: string | null;
}

/** The one message of each request. */
export async function carryOverAnnouncements(untyped: Kysely<unknown>): Promise<void> {
  const db = untyped.withTables<OldTables>();
  await inPages(
    (after) =>
      db
        .selectFrom('announcements')
        .selectAll()
        .where('request_id', '>', after)
        .orderBy('request_id')
        .limit(PAGE)
        .execute(),
    ({ request_id }) => request_id,
    async (announcements) => {
      const endings = await findEndings(
        db,
        announcements.map(({ request_id }) => request_id),
      );
      const deliveries = announcements.map((old) => toDelivery(old, endings.get(old.request_id)));
      await db.insertInto('deliveries').values(deliveries).execute();
    },
  );
}

/** Of requests in which nothing is open any more. Declined and expired proposals count as one bad ending. */
async function findEndings(
  db: Kysely<OldTables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Endings>> {
  const changes = await db
    .selectFrom('changes')
    .select(['request_id', 'status', 'settled_at'])
    .where('request_id', 'in', ids)
    .execute();
  const undone = await db
    .selectFrom('proposals')
    .select(['request_id', 'status', 'decided_at as settled_at'])
    .where('request_id', 'in', ids)
    .where('status', 'in', ['declined', 'expired'])
    .execute();
  const endings = new Map<string, Endings>();
  for (const id of ids) {
    const its = [...changes, ...undone].filter(({ request_id }) => request_id === id);
    if (its.some(({ settled_at }) => settled_at === null)) continue;
    const bad = its.filter(({ status }) => BAD.includes(status)).length;
    const lastAt = its.map(({ settled_at }) => settled_at ?? '').reduce((a, b) => (a > b ? a : b), '');
    endings.set(id, { bad, lastAt: lastAt === '' ? null : lastAt });
  }
  return endings;
}

const BAD = ['refused', 'unconfirmed', 'declined', 'expired'];

function toDelivery(old: OldAnnouncement, endings: Endings | undefined): NewDelivery {
  // The thread was told, or the first words were the last: either way people know of the bad endings.
  const isTold = old.told === 1 || (old.shown > 0 && old.shown_open === 0);
  return {
    id: old.request_id,
    request_id: old.request_id,
    kind: 'status',
    change_id: null,
    event_at: null,
    route: old.route,
    hint: old.hint,
    place_channel: old.place_channel,
    place_ts: old.place_ts,
    wanted: old.wanted,
    shown: old.shown,
    held: old.held,
    due_at: old.due_at,
    quiet_until: old.quiet_until,
    not_before: waitOf(old),
    tries: old.tries,
    // Failed tries and lost answers were counted together: one of these posts may have arrived.
    unheard: old.place_ts === null ? Math.min(old.tries, 1) : 0,
    shown_open: old.shown_open,
    told_bad: isTold ? (endings?.bad ?? 0) : 0,
    told_at: old.told === 1 ? (endings?.lastAt ?? null) : null,
    listed: old.listed,
    version: old.version,
  };
}
