import type { Change } from '../removal/change.js';
import { fromChangeRow, insertChanges } from './changes.js';
import type { Db } from './schema.js';

/* Additions that undo a removal of ours. */

/** A person is being added back by another request: nothing of this one is written. */
export class AddedBackAlready extends Error {
  override readonly name = 'AddedBackAlready';
}

/** Writes new changes. Throws `AddedBackAlready`, which undoes the transaction, when one would add a person back twice. */
export async function addChanges(db: Db, changes: readonly Change[], firstPosition: number): Promise<void> {
  const written = await insertChanges(db, changes, firstPosition);
  if (written < changes.length || (await isUndoneTwice(db, changes))) throw new AddedBackAlready();
}

/**
 * Looked for after the insert, which waits for every other addition that is open: of two windows one is refused by the
 * index. An addition that ended well stays out of that index, because late proof may bring one more of those.
 */
async function isUndoneTwice(db: Db, additions: readonly Change[]): Promise<boolean> {
  const undone = additions.flatMap(({ undoes }) => undoes ?? []);
  if (undone.length === 0) return false;
  const other = await db
    .selectFrom('changes')
    .select('id')
    .where('undoes', 'in', undone)
    .where('status', 'in', ['done', 'gone'])
    .executeTakeFirst();
  return other !== undefined;
}

/**
 * Additions of later requests that undo these ones, the oldest first. In two looks, each into an index: a server that
 * knows little about its tables would join them by reading all changes. Mostly there are none.
 */
export async function findAddBacksOf(db: Db, requestIds: readonly string[]): Promise<readonly Change[]> {
  const undoing = await db.selectFrom('requests').select('id').where('undoes', 'in', requestIds).execute();
  if (undoing.length === 0) return [];
  const ids = undoing.map(({ id }) => id);
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('request_id', 'in', ids)
    .orderBy('approved_at')
    .orderBy('id')
    .execute();
  return rows.map(fromChangeRow);
}

/** Whether an addition of ours undoes this removal, or has: then no other word about it is needed. */
export async function isAddedBackByUs(db: Db, removalId: string): Promise<boolean> {
  const row = await db
    .selectFrom('changes')
    .select('id')
    .where('undoes', '=', removalId)
    .where('status', '!=', 'refused')
    .executeTakeFirst();
  return row !== undefined;
}
