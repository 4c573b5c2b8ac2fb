import type { Act, Story } from './acts.js';
import { PLAIN, type Setting } from './setting.js';

/** How many shorter stories are tried at most. */
const MOST_TRIES = 200;

/**
 * A story that still fails, and from which nothing can be left out: no act, nothing unusual about the setting. Acts
 * that make no sense are skipped when played, so any of them may go; that takes a tenth of the tries that fast-check's
 * own shrinking takes, which knows nothing of acts and tries every field of each.
 */
export async function shrink(story: Story, stillFails: Fails): Promise<Story> {
  let tries = 0;
  const fails: Fails = async (shorter) => {
    tries += 1;
    return tries <= MOST_TRIES && stillFails(shorter);
  };
  let shortest = story;
  for (let before = null; before !== shortest; ) {
    before = shortest;
    shortest = await leaveOutActs(shortest, fails);
    shortest = await firstThatFails(shortest, plainer, fails);
  }
  return shortest;
}

export type Fails = (story: Story) => Promise<boolean>;

/** Half of the acts at a time, then a quarter, down to single ones. */
async function leaveOutActs(story: Story, fails: Fails): Promise<Story> {
  let { acts } = story;
  for (let size = Math.ceil(acts.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = acts.length - size; at > -size; at -= size) {
      const from = Math.max(0, at);
      const fewer = acts.filter((_act, index) => index < from || index >= at + size);
      if (fewer.length < acts.length && (await fails({ ...story, acts: fewer }))) acts = fewer;
    }
  }
  return acts === story.acts ? story : { ...story, acts };
}

/** Goes on from every one that still fails. */
async function firstThatFails(
  story: Story,
  candidates: (story: Story) => Iterable<Story>,
  fails: Fails,
): Promise<Story> {
  for (const candidate of candidates(story)) {
    if (await fails(candidate)) return firstThatFails(candidate, candidates, fails);
  }
  return story;
}

function* plainer({ setting, acts }: Story): Generator<Story> {
  for (const key of Object.keys(PLAIN) as (keyof Setting)[]) {
    if (setting[key] !== PLAIN[key]) yield { setting: { ...setting, [key]: PLAIN[key] }, acts };
  }
  for (const [index, act] of acts.entries()) {
    for (const plain of plainerActs(act)) yield { setting, acts: acts.with(index, plain) };
  }
}

function* plainerActs(act: Act): Generator<Act> {
  if (act.pause !== 0) yield { ...act, pause: 0 };
  if ('times' in act && act.times > 1) yield { ...act, times: 1 } as Act;
  if ('ackLost' in act && act.ackLost) yield { ...act, ackLost: false };
}
