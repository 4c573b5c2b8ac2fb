import type { Change } from '../removal/change.js';
import { findChange, updateChange } from './changes.js';
import { follow } from './follow.js';
import type { Db } from './schema.js';
import type { Transact } from './transact.js';

/**
 * Writes a change under its version, with what follows from a new status; null when another process wrote it since it
 * was read. What a version holds never changes, so how the change was before is read ahead of the transaction.
 */
export async function saveChange(
  db: Db,
  transact: Transact,
  change: Change,
  at: Date,
): Promise<Change | null> {
  const before = await findChange(db, change.id);
  if (before?.version !== change.version) return null;
  if (before.status === change.status) return updateChange(db, change);
  return transact(async (trx, note) => {
    const after = await updateChange(trx, change);
    if (!after) return null;
    await follow(trx, [{ before, after }], { at });
    note([{ before, after }]);
    return after;
  });
}
