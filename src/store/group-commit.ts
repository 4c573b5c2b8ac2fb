import { setImmediate as nextTurn } from 'node:timers/promises';
import { StoreUnavailable } from '../removal/store-unavailable.js';

/** A transaction with more than this keeps others waiting for too long. */
const MOST_TOGETHER = 32;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: what becomes ready in one turn of the event loop, or while the group before is being written, is handed
 * to `write` together, which puts it in one transaction, since every commit waits for the disk. Each caller hears of its
 * own result, and only after that commit. An item that cannot be written does not take the others with it.
 */
export function createGroupCommit<Item, Result>(
  write: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let isWriting = false;

  async function writeAll(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      // All answers that have arrived by now join this group, and a turn later the claims that follow from them.
      await nextTurn();
      await nextTurn();
      const group = waiting.slice(0, MOST_TOGETHER);
      waiting = waiting.slice(MOST_TOGETHER);
      await writeGroup(group);
    }
    isWriting = false;
  }

  async function writeGroup(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await write(group.map(({ item }) => item));
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as Result);
    } catch (error) {
      // A store that can do nothing now is not asked again for each of them.
      if (group.length === 1 || error instanceof StoreUnavailable) {
        for (const { reject } of group) reject(error);
      } else {
        for (const each of group) await writeGroup([each]);
      }
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isWriting) void writeAll();
    });
}
