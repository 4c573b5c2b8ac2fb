import type { PersonName } from '../cast.js';
import type { State } from './evidence.js';
import type { Case } from './violation.js';

/** An answer to a press is one that comes before the person does something else, and not later than this. */
const ANSWERS_WITHIN_MS = 60_000;

/** Something that a person pressed. */
interface Doing {
  readonly who: PersonName;
  readonly at: number;
}

/** What came below the conversation, or in this window, before the person did anything else. */
export function answersTo(found: Case, { who, at }: Doing, windowId: string | null): readonly State[] {
  const until = nextDoing(found, who, at);
  const person = found.stage.people[who].id;
  const isWindow = (id: string) => windowId !== null && id.endsWith(` ${windowId}`);
  return found.told
    .filter(({ id, to, kind }) => to === person && (kind === 'ephemeral' || isWindow(id)))
    .flatMap(({ states }) => states)
    .filter((state) => state.at >= at && state.at <= until)
    .filter(({ text }) => !IS_ABOUT_OPENING.test(text) && !IS_OF_A_REQUEST.test(text));
}

/** What opened the window may fail when the window stands and even is submitted: its words are no answer to that. */
const IS_ABOUT_OPENING = /Where a window is open all the same, go on in it instead\./u;

/** How a request stands, told to the asker alone where the handle that they typed is not for all. */
const IS_OF_A_REQUEST = /^Asked for by @/mu;

/** When the person did something else, in milliseconds. A second press of the same button is nothing else. */
function nextDoing({ journal }: Case, who: string, at: number): number {
  const doings = [...journal.submissions, ...journal.presses, ...journal.commands, ...journal.marks];
  const later = doings.filter((doing) => doing.who === who && doing.at > at).map((doing) => doing.at);
  return Math.min(at + ANSWERS_WITHIN_MS, ...later.map((time) => time - 1));
}
