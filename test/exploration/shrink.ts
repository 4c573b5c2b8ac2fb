import fc from 'fast-check';
import type { Engine } from '../support/stage.js';
import type { Act, Story } from './acts.js';
import { DRAWN_ONCE, stories } from './draw.js';
import { examine } from './examine.js';
import { PLAIN, type Setting } from './setting.js';

/** How many shorter stories are tried at most. */
const MOST_TRIES = 150;

/**
 * The shortest story that still breaks the same promise as the story of this seed: fast-check shrinks what it drew,
 * then every act, and everything unusual about the setting, is left out on trial.
 */
export async function shrink(seed: number, kind: string, engine: Engine): Promise<Story | null> {
  let tries = 0;
  let shortest: Story | null = null;

  async function holds(story: Story): Promise<boolean> {
    tries += 1;
    if (tries > MOST_TRIES) return true;
    const broken = await examine(story, engine);
    if (!broken.some((each) => each.kind === kind)) return true;
    shortest = story;
    return false;
  }

  await fc.check(fc.asyncProperty(stories, holds), { ...DRAWN_ONCE, seed });
  if (shortest === null) return null;
  tries = 0;
  return leaveOut(shortest, async (story) => !(await holds(story)));
}

/** Leaves out whatever can be left out, until nothing can. */
async function leaveOut(story: Story, stillFails: (story: Story) => Promise<boolean>): Promise<Story> {
  for (const shorter of shorterThan(story)) {
    if (await stillFails(shorter)) return leaveOut(shorter, stillFails);
  }
  return story;
}

function* shorterThan({ setting, acts }: Story): Generator<Story> {
  for (const index of acts.keys()) yield { setting, acts: acts.filter((_act, at) => at !== index) };
  for (const key of Object.keys(PLAIN) as (keyof Setting)[]) {
    if (setting[key] !== PLAIN[key]) yield { setting: { ...setting, [key]: PLAIN[key] }, acts };
  }
  for (const [index, act] of acts.entries()) {
    for (const plainer of plainerThan(act)) yield { setting, acts: acts.with(index, plainer) };
  }
}

function* plainerThan(act: Act): Generator<Act> {
  if (act.pause !== 0) yield { ...act, pause: 0 };
  if ('times' in act && act.times > 1) yield { ...act, times: 1 } as Act;
  if ('ackLost' in act && act.ackLost) yield { ...act, ackLost: false };
}
