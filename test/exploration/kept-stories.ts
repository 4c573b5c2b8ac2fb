import type { Story } from './acts.js';

/**
 * Every story that ever broke a promise, shrunk. They are played with `npm test` once what they show has been mended
 * (see `ARE_MENDED`), and stay for good.
 */
export interface KeptStory {
  /** What went wrong, as a sentence. */
  readonly shows: string;
  /** The promise that was broken, as the oracle calls it. */
  readonly broke: string;
  /** The seed it was drawn from. */
  readonly seed: number;
  readonly story: Story;
}

export const KEPT_STORIES: readonly KeptStory[] = [];
