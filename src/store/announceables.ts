import type { Announcement } from '../removal/announcement.js';
import type { Announceable } from '../removal/ports.js';
import { findAdditionsOf } from './addition-queries.js';
import { findAnnouncementsOf, findDueAnnouncements } from './announcement-queries.js';
import { findProposals } from './proposal-queries.js';
import { findRemovalsOf, findRequests } from './removal-queries.js';
import type { Db } from './schema.js';

/**
 * The announcements are read first: a removal that changes meanwhile is then shown too early (and once more later),
 * never taken as shown when it was not.
 */
export async function findDueAnnounceables(
  db: Db,
  now: Date,
  limit: number,
): Promise<readonly Announceable[]> {
  return toAnnounceables(db, await findDueAnnouncements(db, now, limit));
}

export async function findRequest(db: Db, id: string): Promise<Announceable | null> {
  const [found] = await toAnnounceables(db, await findAnnouncementsOf(db, [id]));
  return found ?? null;
}

/** Announcements with everything they speak about, in their order. */
export async function toAnnounceables(
  db: Db,
  announcements: readonly Announcement[],
): Promise<readonly Announceable[]> {
  if (announcements.length === 0) return [];
  const ids = announcements.map((announcement) => announcement.requestId);
  const requests = await findRequests(db, ids);
  // Before the removals: one shown as pending a moment too long is shown anew; one approved without them is not.
  const proposals = await findProposals(db, ids);
  const removals = await findRemovalsOf(db, ids);
  const additions = await findAdditionsOf(db, ids);
  return announcements.flatMap((announcement) => {
    const request = requests.find(({ id }) => id === announcement.requestId);
    if (!request) return [];
    const isIts = ({ requestId }: { requestId: string }) => requestId === request.id;
    const proposal = proposals.find(isIts) ?? null;
    return [
      {
        announcement,
        request,
        removals: removals.filter(isIts),
        proposal,
        additions: additions.filter(isIts),
      },
    ];
  });
}
