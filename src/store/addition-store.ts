import type { Addition } from '../removal/addition.js';
import { hasAdditions, insertAdditions, updateAddition } from './addition-queries.js';
import { bringForward, countNews } from './announcement-queries.js';
import { recordInTime } from './approval.js';
import { entryFor, insertEntries } from './history-queries.js';
import { findRemovalsOf, findRequests } from './removal-queries.js';
import type { Db } from './schema.js';

/** False when none of them is new; one try whose answer was lost still counts as new. */
export function recordAdditions(db: Db, additions: readonly Addition[]): Promise<boolean> {
  const [first] = additions;
  if (!first) return Promise.resolve(false);
  const ids = additions.map(({ id }) => id);
  return recordInTime((confirm) =>
    db.transaction().execute(async (trx) => {
      if ((await insertAdditions(trx, additions)) === 0) return hasAdditions(trx, ids);
      // Who is being added back has no button any more.
      await askForMessage(trx, first.requestId, first.approvedAt);
      confirm();
      return true;
    }),
  );
}

/** Writes an addition under its version; its end is news for the message, and being back for the history. */
export async function saveAddition(
  trx: Db,
  addition: Addition,
  ended: { readonly at: Date } | null,
): Promise<Addition | null> {
  const saved = await updateAddition(trx, addition);
  if (!saved || !ended) return saved;
  if (saved.status === 'back') await noteBack(trx, saved, ended.at);
  await askForMessage(trx, saved.requestId, ended.at);
  return saved;
}

async function noteBack(trx: Db, { requestId, removalId, requestedBy, traceId }: Addition, now: Date) {
  const [request] = await findRequests(trx, [requestId]);
  const removal = (await findRemovalsOf(trx, [requestId])).find(({ id }) => id === removalId);
  if (!request || !removal) return;
  const entry = entryFor('added-back', { ...removal, reason: null, traceId }, request, now);
  await insertEntries(trx, [{ ...entry, decidedBy: requestedBy }]);
}

async function askForMessage(trx: Db, requestId: string, at: Date): Promise<void> {
  await countNews(trx, requestId);
  await bringForward(trx, requestId, at);
}
