/**
 * Why the store cannot do what was asked of it now: another program holds it (`busy`), the disk has no room (`full`),
 * the file cannot be read or written (`damaged`), or the server does not answer (`unreachable`).
 */
export type StoreTrouble = 'busy' | 'full' | 'damaged' | 'unreachable';

/**
 * Nothing is wrong with what was asked; the store cannot do anything of the kind for now, and nothing of it was
 * recorded unless the answer to a commit was lost. The next try belongs to a later time, not to the next item.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';

  constructor(
    readonly trouble: StoreTrouble,
    options: { readonly cause: unknown },
  ) {
    super(SENTENCES[trouble], options);
  }
}

const SENTENCES: Record<StoreTrouble, string> = {
  busy: 'Another program holds the store',
  full: "The store's disk is full",
  damaged: "The store's file cannot be read or written",
  unreachable: "The store's server does not answer",
};
