import { refusalIn } from '../removal/audit.js';
import type { History } from '../removal/history.js';
import { NO_AUDIT, recordFacts } from './audit.js';
import { clearBatch } from './clear-history.js';
import { findOfRequest, findPage, insertEntries } from './history.js';
import { findLatest } from './latest-history.js';
import type { Db } from './schema.js';

/** What happened, for people and for exports. Changes of status are noted by the store of requests itself. */
export function createHistory(db: Db, audit = NO_AUDIT): History {
  return {
    async record(entries) {
      const facts = entries.flatMap((entry) => refusalIn(entry) ?? []);
      await recordFacts(db, audit, facts, (trx) => insertEntries(trx, entries));
    },
    latest: (query) => findLatest(db, query),
    ofRequest: (requestId) => findOfRequest(db, requestId),
    page: (query) => findPage(db, query),
    clearBefore: (before, now, limit) => clearBatch(db, before, now, limit),
  };
}
