import { sql } from 'kysely';
import type { Announcement } from '../removal/announcement.js';
import type { Announceable, Store } from '../removal/ports.js';
import type { Removal } from '../removal/removal.js';
import {
  bringForward,
  countNews,
  findAnnouncementsOf,
  findDueAnnouncements,
  insertAnnouncement,
  updateAnnouncement,
} from './announcement-queries.js';
import { recordInTime } from './approval.js';
import {
  findDueRemovals,
  findRemovalsOf,
  findRequests,
  insertRemovals,
  insertRequest,
  isRecorded,
  updateRemoval,
  updateStoppedBy,
} from './removal-queries.js';
import type { Db } from './schema.js';

/**
 * The store of approvals, removals and their messages. It has no clock: every instant is given to it.
 * Each transaction begins with a write, because SQLite refuses (rather than queues) a reader that turns writer
 * after another process has written.
 */
export function createStore(db: Db): Store {
  return {
    approve: (request, removals, announcement) =>
      recordInTime((confirm) =>
        db.transaction().execute(async (trx) => {
          if (!(await insertRequest(trx, request))) return isRecorded(trx, request);
          await insertRemovals(trx, removals);
          await insertAnnouncement(trx, announcement);
          confirm();
          return true;
        }),
      ),

    dueRemovals: (now, limit) => findDueRemovals(db, now, limit),

    saveRemoval: (removal, news) =>
      news === null ? updateRemoval(db, removal) : saveWithNews(db, removal, news.at),

    findRequest: (id) => findRequest(db, id),

    noteStop: (requestId, by) => updateStoppedBy(db, requestId, by),

    dueAnnouncements: (now, limit) => findAnnounceables(db, now, limit),

    saveAnnouncement: (announcement, now) => updateAnnouncement(db, announcement, now),

    async ping() {
      // A table, not `select 1`: the answer must come from the stored data.
      await sql`select 1 from requests limit 1`.execute(db);
    },

    close: () => db.destroy(),
  };
}

async function saveWithNews(db: Db, removal: Removal, at: Date): Promise<Removal | null> {
  return db.transaction().execute(async (trx) => {
    const saved = await updateRemoval(trx, removal);
    if (saved === null) return null;
    await countNews(trx, removal.requestId);
    await bringForward(trx, removal.requestId, at);
    return saved;
  });
}

/**
 * The announcements are read first: a removal that changes meanwhile is then shown too early (and once more later),
 * never taken as shown when it was not.
 */
async function findAnnounceables(db: Db, now: Date, limit: number): Promise<readonly Announceable[]> {
  return toAnnounceables(db, await findDueAnnouncements(db, now, limit));
}

async function findRequest(db: Db, id: string): Promise<Announceable | null> {
  const [found] = await toAnnounceables(db, await findAnnouncementsOf(db, id));
  return found ?? null;
}

async function toAnnounceables(
  db: Db,
  announcements: readonly Announcement[],
): Promise<readonly Announceable[]> {
  if (announcements.length === 0) return [];
  const ids = announcements.map((announcement) => announcement.requestId);
  const requests = await findRequests(db, ids);
  const removals = await findRemovalsOf(db, ids);
  return announcements.flatMap((announcement) => {
    const request = requests.find(({ id }) => id === announcement.requestId);
    if (!request) return [];
    return [
      { announcement, request, removals: removals.filter(({ requestId }) => requestId === request.id) },
    ];
  });
}
