import type { Change } from '../removal/change.js';
import { findChanges, updateChange } from './changes.js';
import { follow } from './follow.js';
import { createGroupCommit } from './group-commit.js';
import { lockPause } from './pause.js';
import { lockRequests } from './requests.js';
import type { Db } from './schema.js';
import type { Transact } from './transact.js';

interface Save {
  readonly change: Change;
  readonly at: Date;
  /** The change as it is stored; null when its version is another one. */
  readonly before: Change | null;
}

/** Sending is paused: what claims a call is not written, and what shares its transaction is written without it. */
class Paused extends Error {
  override readonly name = 'Paused';
}

/**
 * Writes a change under its version, with what follows from a new status; null when another process wrote it since it
 * was read, or when it claims a call while sending is paused. Changes that are ready at the same moment share one commit.
 */
export function createSave(db: Db, transact: Transact) {
  const saveInGroup = createGroupCommit((saves: readonly Omit<Save, 'before'>[]) =>
    saveTogether(db, transact, saves),
  );
  return (change: Change, at: Date): Promise<Change | null> => saveInGroup({ change, at });
}

async function saveTogether(
  db: Db,
  transact: Transact,
  given: readonly Omit<Save, 'before'>[],
): Promise<readonly (Change | null)[]> {
  const saves = await lookUp(db, given);
  try {
    return await writeTogether(db, transact, saves);
  } catch (error) {
    if (!(error instanceof Paused)) throw error;
    return await writeTogether(db, transact, saves.map(withoutClaim));
  }
}

/** Null for each that is not written. */
async function writeTogether(
  db: Db,
  transact: Transact,
  saves: readonly Save[],
): Promise<readonly (Change | null)[]> {
  const [first, ...others] = saves;
  if (first && others.length === 0 && first.before?.status === first.change.status) {
    return [await write(db, first)];
  }
  return transact(async (trx, note) => {
    // As in every transaction about several changes: requests first, then changes, then messages.
    if (others.length > 0) await lockRequests(trx, requestsOf(saves));
    const written: (Change | null)[] = [];
    for (const save of saves) written.push(await write(trx, save));
    const transitions = written.flatMap((after, index) =>
      after ? [{ before: saves[index]?.before ?? null, after }] : [],
    );
    await follow(trx, transitions, { at: latest(saves) });
    // The last lock of all, since every claim takes it.
    if (saves.some(isClaim) && (await lockPause(trx))) throw new Paused();
    note(transitions);
    return written;
  });
}

/** What a version holds never changes, so how the changes are stored is read ahead of the transaction. */
async function lookUp(db: Db, saves: readonly Omit<Save, 'before'>[]): Promise<readonly Save[]> {
  const ids = saves.map(({ change }) => change.id);
  const stored = await findChanges(db, ids);
  return saves.map((save) => {
    const before = stored.get(save.change.id);
    return { ...save, before: before?.version === save.change.version ? before : null };
  });
}

async function write(db: Db, { before, change }: Save): Promise<Change | null> {
  return before && updateChange(db, before, change);
}

/** A call leaves as soon as this is written. */
function isClaim({ before, change }: Save): boolean {
  return before !== null && before.status !== 'sending' && change.status === 'sending';
}

function withoutClaim(save: Save): Save {
  return isClaim(save) ? { ...save, before: null } : save;
}

function requestsOf(saves: readonly Save[]): readonly string[] {
  return saves.map(({ change }) => change.requestId);
}

function latest(saves: readonly Save[]): Date {
  return new Date(Math.max(...saves.map(({ at }) => at.getTime())));
}
