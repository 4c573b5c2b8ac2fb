import { type StoreTrouble, StoreUnavailable } from '../removal/store-unavailable.js';

/** SQLite's primary result codes (sqlite.org/rescode.html); an extended code has one of them in its lowest byte. */
const BUSY = 5;

const TROUBLES: ReadonlyMap<number, StoreTrouble> = new Map([
  [BUSY, 'busy'],
  [8, 'damaged'], // READONLY
  [10, 'damaged'], // IOERR
  [11, 'damaged'], // CORRUPT
  [13, 'full'],
  [14, 'damaged'], // CANTOPEN
]);

/** Another process holds the lock. */
export function isBusy(error: unknown): boolean {
  return primaryCode(error) === BUSY;
}

/** The error as the store's callers may know it: what no other query would survive is `StoreUnavailable`. */
export function storeFailure(error: unknown): unknown {
  const code = primaryCode(error);
  const trouble = code === null ? undefined : TROUBLES.get(code);
  return trouble ? new StoreUnavailable(trouble, { cause: error }) : error;
}

function primaryCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('rawCode' in error) || typeof error.rawCode !== 'number') return null;
  return error.rawCode & 0xff;
}
