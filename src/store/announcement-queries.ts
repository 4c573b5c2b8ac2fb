import type { Announcement } from '../removal/announcement.js';
import { UNANSWERED } from '../removal/removal.js';
import { fromAnnouncementRow, toAnnouncementRow } from './rows.js';
import type { Db } from './schema.js';

export async function insertAnnouncement(db: Db, announcement: Announcement): Promise<void> {
  await db.insertInto('announcements').values(toAnnouncementRow(announcement)).execute();
}

/**
 * There is news about a request. `version` stays as it is: whoever is at Slack with the message right now may still
 * write down what they did. This statement also locks the row, so that of two removals answered at the same moment
 * the second one sees, in `bringForward`, what the first one wrote.
 */
export async function countNews(db: Db, requestId: string): Promise<void> {
  await db
    .updateTable('announcements')
    .set((eb) => ({ wanted: eb('wanted', '+', 1) }))
    .where('request_id', '=', requestId)
    .execute();
}

/**
 * Makes the message due at `at`, or when its pause between two edits is over, except while somebody holds it (they look at `wanted` when they are
 * done), and while the first message still waits for Linq's answer about another chat of the same request.
 */
export async function bringForward(db: Db, requestId: string, at: Date): Promise<void> {
  const due = at.toISOString();
  await db
    .updateTable('announcements')
    .set((eb) => ({
      due_at: eb.case().when('quiet_until', '>', due).then(eb.ref('quiet_until')).else(due).end(),
    }))
    .where('request_id', '=', requestId)
    .where('held', '=', 0)
    .where((eb) => eb.or([eb('due_at', 'is', null), eb('due_at', '>', due)]))
    .where((eb) => eb.or([eb('shown', '>', 0), eb.not(eb.exists(selectUnanswered(db, requestId)))]))
    .execute();
}

function selectUnanswered(db: Db, requestId: string) {
  return db
    .selectFrom('removals')
    .select('id')
    .where('request_id', '=', requestId)
    .where('status', 'in', UNANSWERED);
}

export async function findAnnouncementsOf(
  db: Db,
  requestIds: readonly string[],
): Promise<readonly Announcement[]> {
  const rows = await db
    .selectFrom('announcements')
    .selectAll()
    .where('request_id', 'in', requestIds)
    .execute();
  return rows.map(fromAnnouncementRow);
}

export async function findDueAnnouncements(
  db: Db,
  now: Date,
  limit: number,
): Promise<readonly Announcement[]> {
  const rows = await db
    .selectFrom('announcements')
    .selectAll()
    .where('due_at', '<=', now.toISOString())
    .orderBy('due_at')
    .orderBy('request_id')
    .limit(limit)
    .execute();
  return rows.map(fromAnnouncementRow);
}

/**
 * The announcement as written, with its new version and time; null when its version is no longer the stored one.
 * `wanted` comes back as it was given, not as it is stored: it says which news the caller has read, and `shown` is
 * set from it.
 */
export async function updateAnnouncement(
  db: Db,
  given: Announcement,
  now: Date,
): Promise<Announcement | null> {
  const {
    wanted: _kept,
    due_at: due,
    ...columns
  } = toAnnouncementRow({ ...given, version: given.version + 1 });
  // A plan made by somebody who had read all the news there was gives way to news; one made because of trouble stands.
  const stands = due !== null && given.shown < given.wanted;
  const again = (given.quietUntil && given.quietUntil > now ? given.quietUntil : now).toISOString();
  const row = await db
    .updateTable('announcements')
    .set(columns)
    .set((eb) => ({
      due_at: stands ? due : eb.case().when('wanted', '>', given.shown).then(again).else(due).end(),
    }))
    .where('request_id', '=', given.requestId)
    .where('version', '=', given.version)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : { ...fromAnnouncementRow(row), wanted: given.wanted };
}
