import type { Transition } from '../removal/ports.js';
import type { Db } from './schema.js';

/** A change was written by another process between our reading and our writing. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
}

/** Told of what was committed, after the commit; must not throw. */
export type OnTransition = (transitions: readonly Transition[]) => void;

/** Runs `work` in one transaction; what it notes is handed on once that is committed. */
export type Transact = <T>(
  work: (trx: Db, note: (transitions: readonly Transition[]) => void) => Promise<T>,
) => Promise<T>;

export function createTransact(db: Db, onTransition: OnTransition): Transact {
  return async (work) => {
    const noted: Transition[] = [];
    const result = await db
      .transaction()
      .execute((trx) => work(trx, (transitions) => void noted.push(...transitions)));
    const changed = noted.filter(({ before, after }) => before?.status !== after.status);
    if (changed.length > 0) onTransition(changed);
    return result;
  };
}

const MOST_TRIES = 5;

/** Does it again, from what the other process wrote, when that one was faster. */
export async function againOnConflict<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof VersionConflict) || tries >= MOST_TRIES) throw error;
    }
  }
}
