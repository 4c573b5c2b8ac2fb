import { performance } from 'node:perf_hooks';

/** A person waits: by then they are told that it did not work, well within Slack's three seconds. */
const ANSWER_WITHIN_MS = 2_200;
/** What is not ready to be committed by then is undone: a commit gets the rest of the time to be heard of. */
const COMMIT_WITHIN_MS = 1_500;

/** The store did not answer in time. */
export class StoreTimeoutError extends Error {
  override readonly name = 'StoreTimeoutError';
}

/** Writes everything in one transaction, and calls `confirm` as the last thing before the commit. */
export type Write<T> = (confirm: () => void) => Promise<T>;

/**
 * Records what a person decided in time or not at all, so that "it could not be recorded" is true when the person reads
 * it: a transaction that took too long undoes itself instead of committing after we have given up on it.
 *
 * A failure is followed by one more try with the same ids while there is time. It finds what the first one recorded
 * where only the answer to the commit was lost, and gets past a connection that broke while it was idle. What remains:
 * the commit arrived, its answer did not, and the database stayed out of reach until the end of the time. The person is
 * then told that it was not recorded though it was; pressing again finds it, and it is carried out once.
 */
export async function recordInTime<T>(write: Write<T>, now = () => performance.now()): Promise<T> {
  const startedAt = now();
  const inTime = () => now() - startedAt < COMMIT_WITHIN_MS;
  const confirm = () => {
    if (!inTime()) throw new StoreTimeoutError('The store took too long to record this; it was undone');
  };
  const recorded = write(confirm).catch((error: unknown) => {
    if (!inTime()) throw error;
    return write(confirm);
  });
  return await within(ANSWER_WITHIN_MS, recorded);
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new StoreTimeoutError('The store did not answer in time')), ms);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
