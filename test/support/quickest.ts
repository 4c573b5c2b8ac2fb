const MOST_TRIES = 5;

/** How long this took, in milliseconds. */
export async function took(act: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
}

/** How long this kept the processor, in milliseconds: what else the machine does meanwhile does not count. */
export async function computed(act: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * The least of up to five measurements; ends with the first below `enough`. A machine that does other things makes one
 * of them large, a mistake of ours makes all of them.
 */
export async function least(enough: number, measure: () => Promise<number>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < MOST_TRIES && least >= enough; tries++)
    least = Math.min(least, await measure());
  return least;
}

/** How long the quickest of up to five tries took, in milliseconds; ends with the first below `enough`. */
export function quickest(enough: number, act: () => unknown): Promise<number> {
  return least(enough, () => took(act));
}
