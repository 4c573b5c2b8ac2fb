import type { Removal } from '../removal/removal.js';
import { bringForward, countNews } from './announcement-queries.js';
import { noteStatus } from './history-queries.js';
import { updateRemoval } from './removal-queries.js';
import type { Db } from './schema.js';

/**
 * Writes a removal under its version, notes a new status in the history, and asks for the message to follow where
 * there is news. Called within a transaction; null when somebody wrote the removal before.
 */
export async function saveRemoval(
  trx: Db,
  removal: Removal,
  news: { readonly at: Date } | null,
): Promise<Removal | null> {
  const saved = await updateRemoval(trx, removal);
  if (saved === null) return null;
  await noteStatus(trx, saved, news?.at ?? null);
  if (news !== null) {
    await countNews(trx, saved.requestId);
    await bringForward(trx, saved.requestId, news.at);
  }
  return saved;
}
