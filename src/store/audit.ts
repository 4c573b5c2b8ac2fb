import type { AuditFact } from '../removal/audit.js';
import { insertAuditLines } from './audit-outbox.js';
import type { Db } from './schema.js';

/** Where facts of the audit go. */
export interface Audit {
  /** Hears of every fact once it is committed. Must not throw. */
  readonly onFacts: (facts: readonly AuditFact[]) => void;
  /** Whether they are also kept for the audit channel, in the transaction that makes them true. */
  readonly isPosted: boolean;
}

export const NO_AUDIT: Audit = { onFacts() {}, isPosted: false };

/** Writes facts for the audit channel, as a part of this transaction. */
export async function keepFacts({ isPosted }: Audit, trx: Db, facts: readonly AuditFact[]): Promise<void> {
  if (isPosted) await insertAuditLines(trx, facts);
}

/** Facts with whatever else is written with them, as one. */
export async function recordFacts(
  db: Db,
  audit: Audit,
  facts: readonly AuditFact[],
  write: (trx: Db) => Promise<void> = async () => {},
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await write(trx);
    await keepFacts(audit, trx, facts);
  });
  audit.onFacts(facts);
}
