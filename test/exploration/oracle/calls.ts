import type { Pair } from '../cast.js';
import { MEMBERS } from '../cast.js';
import type { Call } from '../network.js';

import type { Case } from './violation.js';
import type { Wish } from './wish.js';

const METHOD: Record<Wish['kind'], string> = { removal: 'DELETE', addition: 'POST' };

export function methodOf(kind: Wish['kind']): string {
  return METHOD[kind];
}

/** Every call for a change of this person in this chat that left a process, whether or not it reached Linq. */
export function callsAbout(
  { stage }: Pick<Case, 'stage'>,
  kind: Wish['kind'],
  { member, chat }: Pair,
): readonly Call[] {
  return stage.network.calls.filter(
    ({ system, method, path, body }) =>
      system === 'linq' &&
      method === METHOD[kind] &&
      path.toLowerCase().includes(chat) &&
      body.includes(MEMBERS[member]),
  );
}
