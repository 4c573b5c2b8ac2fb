import type { Pair, PersonName } from '../cast.js';
import type { Told } from './evidence.js';

/** What a person asked for by pressing a button, once, however often it was pressed with the same content. */
export interface Wish {
  readonly who: PersonName;
  readonly kind: 'removal' | 'addition';
  readonly at: number;
  readonly pairs: readonly Pair[];
  readonly windowId: string;
  /** Others have to approve it first: the button says so, or the message, where the window could not know. */
  isForOthers: boolean;
  /** The message that tells of it; null when none could be found. */
  message: Told | null;
  /** What else tells of it: replies in the message's thread, and messages that came before or beside it. */
  readonly others: Told[];
  /** The messages that ask approvers, apart from the one that tells of it. */
  readonly copies: Told[];
  /** When that message last changed; for ever, as far as can be told, without one. */
  lastsUntil: number;
}
