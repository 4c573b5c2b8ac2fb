import type { Change } from '../removal/change.js';
import { findChanges, updateChange } from './changes.js';
import { findLeaving } from './chat-changes.js';
import { follow } from './follow.js';
import { createGroupCommit } from './group-commit.js';
import { lockPause } from './pause.js';
import { lockRequests } from './requests.js';
import type { Db } from './schema.js';
import type { Transact } from './transact.js';

interface Given {
  readonly change: Change;
  readonly at: Date;
  /** For a claim: whom other changes were taking out of the chat when it was decided. */
  readonly alsoLeaving: readonly string[];
}

interface Save extends Given {
  /** The change as it is stored; null when its version is another one. */
  readonly before: Change | null;
}

/** Calls that may not leave after all: their claims are not written, and what shares their transaction is. */
class Disallowed extends Error {
  override readonly name = 'Disallowed';

  constructor(readonly claims: readonly Save[]) {
    super('Sending is paused, or others are being removed from the same chat by now');
  }
}

/**
 * Writes a change under its version, with what follows from a new status; null when another process wrote it since it
 * was read, or when it claims a call that may not leave: sending is paused, or another process has claimed one for the
 * same chat since this was decided. Changes that are ready at the same moment share one commit.
 */
export function createSave(db: Db, transact: Transact) {
  const saveInGroup = createGroupCommit((saves: readonly Given[]) => saveTogether(db, transact, saves));
  return (change: Change, at: Date, alsoLeaving: readonly string[] = []): Promise<Change | null> =>
    saveInGroup({ change, at, alsoLeaving });
}

async function saveTogether(
  db: Db,
  transact: Transact,
  given: readonly Given[],
): Promise<readonly (Change | null)[]> {
  let saves = await lookUp(db, given);
  for (;;) {
    try {
      return await writeTogether(db, transact, saves);
    } catch (error) {
      if (!(error instanceof Disallowed)) throw error;
      saves = saves.map((save) => (error.claims.includes(save) ? { ...save, before: null } : save));
    }
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
    await checkClaims(trx, saves.filter(isClaim));
    note(transitions);
    return written;
  });
}

/**
 * The pause is the last lock of all, since every claim takes it and keeps it to the end: what other processes claimed
 * is therefore seen here, and of two for one chat the second is decided anew.
 */
async function checkClaims(trx: Db, claims: readonly Save[]): Promise<void> {
  if (claims.length === 0) return;
  if (await lockPause(trx)) throw new Disallowed(claims);
  const overtaken: Save[] = [];
  for (const [index, claim] of claims.entries()) {
    if (await isOvertaken(trx, claim, claims.slice(index))) overtaken.push(claim);
  }
  if (overtaken.length > 0) throw new Disallowed(overtaken);
}

/** Of the claims that are written together the first ones count for the later ones, and not the other way round. */
async function isOvertaken(
  trx: Db,
  { change, alsoLeaving }: Save,
  andLater: readonly Save[],
): Promise<boolean> {
  if (change.direction === 'add') return false;
  const others = await findLeaving(
    trx,
    change.chatId,
    andLater.map((later) => later.change.id),
  );
  return others.some((handle) => !alsoLeaving.includes(handle));
}

/** What a version holds never changes, so how the changes are stored is read ahead of the transaction. */
async function lookUp(db: Db, saves: readonly Given[]): Promise<readonly Save[]> {
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

function requestsOf(saves: readonly Save[]): readonly string[] {
  return saves.map(({ change }) => change.requestId);
}

function latest(saves: readonly Save[]): Date {
  return new Date(Math.max(...saves.map(({ at }) => at.getTime())));
}
