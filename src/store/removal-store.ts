import { sql } from 'kysely';
import type { Store } from '../removal/ports.js';
import { findDueAdditions } from './addition-queries.js';
import { recordAdditions, saveAddition } from './addition-store.js';
import { findDueAnnounceables, findRequest } from './announceables.js';
import { insertAnnouncement, updateAnnouncement } from './announcement-queries.js';
import { recordInTime } from './approval.js';
import { entryFor, insertEntries } from './history-queries.js';
import {
  findDueRemovals,
  findOpen,
  insertRemovals,
  insertRequest,
  isRecorded,
  updateStoppedBy,
} from './removal-queries.js';
import { saveRemoval } from './save-removal.js';
import type { Db } from './schema.js';

/**
 * The store of approvals, removals and their messages. It has no clock: every instant is given to it.
 * Each transaction begins with a write, because SQLite refuses (rather than queues) a reader that turns writer
 * after another process has written.
 */
export function createStore(db: Db): Store {
  return {
    approve: (request, removals, announcement, shown = null) =>
      recordInTime((confirm) =>
        db.transaction().execute(async (trx) => {
          if (!(await insertRequest(trx, request))) return isRecorded(trx, request);
          await insertRemovals(trx, removals);
          await insertAnnouncement(trx, announcement);
          const entries = removals.map((removal, index) =>
            entryFor(removal.status, removal, request, request.createdAt, index === 0 ? shown : null),
          );
          await insertEntries(trx, entries);
          confirm();
          return true;
        }),
      ),

    dueRemovals: (now, limit, except = []) => findDueRemovals(db, now, limit, except),

    saveRemoval: (removal, news) => db.transaction().execute((trx) => saveRemoval(trx, removal, news)),

    approveAdditions: (additions) => recordAdditions(db, additions),

    dueAdditions: (now, limit) => findDueAdditions(db, now, limit),

    saveAddition: (addition, ended) => db.transaction().execute((trx) => saveAddition(trx, addition, ended)),

    openRemovals: () => findOpen(db),

    findRequest: (id) => findRequest(db, id),

    noteStop: (requestId, by) => updateStoppedBy(db, requestId, by),

    dueAnnouncements: (now, limit) => findDueAnnounceables(db, now, limit),

    saveAnnouncement: (announcement, now) => updateAnnouncement(db, announcement, now),

    async ping() {
      // A table, not `select 1`: the answer must come from the stored data.
      await sql`select 1 from requests limit 1`.execute(db);
    },

    close: () => db.destroy(),
  };
}
