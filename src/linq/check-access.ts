import type { LinqClient, Log } from '../removal/ports.js';
import { reasonFor } from '../removal/reasons.js';

/** Linq refused the key at the start. The message names the variable to mend. */
export class LinqStartError extends Error {
  override readonly name = 'LinqStartError';
}

/**
 * A key that Linq refuses is worth stopping for (`LinqStartError`); a Linq that is out of reach is not: it may be back
 * in a minute.
 */
export async function checkAccess(linq: LinqClient, log: Log): Promise<void> {
  const access = await linq.checkAccess();
  if (access.ok) return;
  const { status } = access.failure;
  if (reasonFor(access.failure) === 'unauthorized') {
    throw new LinqStartError(
      `Linq refused LINQ_API_V3_API_KEY (status ${status}). Put a valid key in it and start again.`,
    );
  }
  log.warn({ status }, 'Linq could not be checked at the start; removals will be tried all the same');
}
