import type { PersonName } from './cast.js';
import type { Window } from './windows.js';

/* What happened in a story, as it was seen from outside. Times are milliseconds since 1970, as Slack and Linq see it. */

/** A button in a window was pressed: what the person asked for, and how they were answered. */
export interface Submission {
  readonly who: PersonName;
  readonly at: number;
  readonly window: Window;
  /** When Slack had an answer or gave up waiting for one. */
  endedAt: number | null;
  /** The answer came back to the person. */
  heard: boolean;
  /** It said on the fields what is wrong with them: nothing was asked for by that. */
  hasMistakes: boolean;
}

/** A button in a message was pressed. */
export interface Press {
  readonly who: PersonName;
  readonly at: number;
  readonly button: string;
  /** Of the message. */
  readonly ts: string;
  endedAt: number | null;
  heard: boolean;
}

/** A time in which something was not as it should be; `until` is null while it lasts. */
export interface Spell {
  readonly what: 'Linq is away' | 'Slack is away' | 'Slack takes the app away' | 'no process';
  readonly from: number;
  until: number | null;
  /** Ends it before its time. */
  readonly end: () => void;
}

export interface Mark {
  readonly at: number;
  readonly what: 'clock' | 'closed' | 'deleted' | 'kill' | 'shared' | 'unshared';
  readonly who?: PersonName;
  /** Of the message that was deleted. */
  readonly ts?: string;
  /** By how much the clock was set, in milliseconds; negative where it was set back. */
  readonly byMs?: number;
}

/** Sending was to be paused, or to go on. */
export interface Pausing {
  readonly who: PersonName;
  readonly at: number;
  readonly what: 'pauses' | 'resumes';
}

export interface Journal {
  readonly submissions: Submission[];
  readonly presses: Press[];
  /** Commands that pause or resume sending. */
  readonly pauses: Pausing[];
  /** Commands that were typed. */
  readonly commands: { readonly who: PersonName; readonly at: number }[];
  readonly spells: Spell[];
  /** Other acts that a rule must know about. */
  readonly marks: Mark[];
  /** Acts that could not be played at their moment, by their place in the story. */
  readonly skipped: Set<number>;
}

export function createJournal(): Journal {
  return {
    submissions: [],
    presses: [],
    pauses: [],
    commands: [],
    spells: [],
    marks: [],
    skipped: new Set(),
  };
}
