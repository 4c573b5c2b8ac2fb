import type { AuditFact } from '../removal/audit.js';
import type { Transition } from '../removal/ports.js';
import { type Audit, keepFacts } from './audit.js';
import type { Db } from './schema.js';

/** A change was written by another process between our reading and our writing. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
}

/** Told of what was committed, after the commit; must not throw. */
export type OnTransition = (transitions: readonly Transition[]) => void;

/** What a transaction tells once it is committed. */
export type Note = (transitions: readonly Transition[], facts?: readonly AuditFact[]) => void;

/** Keeps facts for the audit channel, within the transaction. */
export type Keep = (facts: readonly AuditFact[]) => Promise<void>;

/** Runs `work` in one transaction; what it notes is handed on once that is committed. */
export type Transact = <T>(work: (trx: Db, note: Note, keep: Keep) => Promise<T>) => Promise<T>;

export function createTransact(db: Db, onTransition: OnTransition, audit: Audit): Transact {
  return async (work) => {
    const noted: Transition[] = [];
    const notedFacts: AuditFact[] = [];
    const note: Note = (transitions, facts = []) => {
      noted.push(...transitions);
      notedFacts.push(...facts);
    };
    const result = await db
      .transaction()
      .execute((trx) => work(trx, note, (facts) => keepFacts(audit, trx, facts)));
    const changed = noted.filter(({ before, after }) => before?.status !== after.status);
    if (changed.length > 0) onTransition(changed);
    if (notedFacts.length > 0) audit.onFacts(notedFacts);
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
