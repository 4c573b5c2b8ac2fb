import type { Engine } from '../support/stage.js';
import { RestlessError } from './activity.js';
import type { Story } from './acts.js';
import { judge } from './oracle/judge.js';
import type { Violation } from './oracle/violation.js';
import { play } from './player.js';

/** Plays a story and answers with every promise it broke. A mistake of the exploration itself is one as well. */
export async function examine(story: Story, engine: Engine): Promise<readonly Violation[]> {
  try {
    return await play(story, engine, judge);
  } catch (error) {
    if (error instanceof RestlessError) return [{ kind: 'never at rest', words: error.message }];
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return [{ kind: 'the story could not be played', words }];
  }
}
