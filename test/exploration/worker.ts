import type { Engine } from '../support/stage.js';
import type { Story } from './acts.js';
import { storyOf } from './draw.js';
import { examine } from './examine.js';
import type { Violation } from './oracle/violation.js';
import { shrink } from './shrink.js';

/*
 * Plays stories for the process that forked this one, a few hundred at most: what every app leaves behind in its
 * process (observers of garbage collection, for one) adds up.
 */

export type Order =
  | { readonly do: 'play'; readonly seed: number; readonly engine: Engine }
  | { readonly do: 'shrink'; readonly seed: number; readonly kind: string; readonly engine: Engine };

export type Report = {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly story: Story | null;
};

async function obey(order: Order): Promise<Report> {
  const { seed, engine } = order;
  if (order.do === 'play') return { seed, story: null, violations: await examine(storyOf(seed), engine) };
  const story = await shrink(storyOf(seed), async (shorter) =>
    (await examine(shorter, engine)).some(({ kind }) => kind === order.kind),
  );
  return { seed, story, violations: await examine(story, engine) };
}

process.on('message', (order: Order) => {
  void obey(order).then((report) => process.send?.(report));
});
process.on('disconnect', () => process.exit());
