import type { Pair } from '../cast.js';

import type { Statement } from './reading.js';
import type { Case } from './violation.js';
import type { Wish } from './wish.js';

/** A statement in a message, with what is needed to judge it. */
export interface Said {
  readonly found: Case;
  readonly wish: Wish;
  readonly pair: Pair;
  readonly statement: Statement;
  readonly at: number;
  /** It was still there at the end. */
  readonly isLast: boolean;
}

/** Null when it is true. */
export type Judge = (said: Said) => string | null;

/** True where the condition holds; otherwise what is wrong. */
export function unless(wrong: string, isTrue: (said: Said) => boolean): Judge {
  return (said) => (isTrue(said) ? null : wrong);
}

export function all(...judges: readonly Judge[]): Judge {
  return (said) => {
    for (const judge of judges) {
      const wrong = judge(said);
      if (wrong) return wrong;
    }
    return null;
  };
}
