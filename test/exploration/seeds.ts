/** Stories that `npm test` plays, beside the ones that were kept: always the same. */
export const SEEDS: readonly number[] = Array.from({ length: 250 }, (_, index) => index + 1);

/**
 * Whether the app keeps its promises. While it does not, `npm test` checks only that the exploration itself works: turn
 * this to true with the change that mends the app.
 */
export const ARE_MENDED: boolean = false;
