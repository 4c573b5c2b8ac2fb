/**
 * What a sentence of the app says. The rules judge meanings, never words: a new wording is one entry in `sentences/`,
 * and a sentence without an entry fails the exploration.
 */
export type Meaning =
  /** How a removal stands. */
  | 'is being asked for'
  | 'waits for Linq'
  | 'is being checked'
  | 'is queued'
  | 'removed'
  | 'left'
  | 'gone'
  | 'not in the chat'
  | 'not removed'
  | 'not confirmed'
  /** How an addition stands. */
  | 'is being added'
  | 'is added back'
  | 'was back already'
  | 'not added'
  | 'addition not confirmed'
  /** How a request for approval stands. */
  | 'waits for approval'
  | 'declined'
  | 'expired'
  | 'withdrawn'
  | 'undelivered'
  | 'it waits in other places'
  | 'it could not be brought to others'
  | 'still waits for approval'
  /** Everything waits, because somebody paused the app. */
  | 'is paused'
  | 'was resumed'
  /** Beside these. */
  | 'nobody was removed'
  | 'nobody was removed yet'
  | 'nothing was sent'
  | 'nobody was added'
  | 'nobody was added yet'
  | 'nothing of ours was carried out'
  | 'a call may still be carried out'
  | 'Linq still lists them'
  | 'Linq does not list them'
  | 'Linq gave no reason'
  | 'was sent'
  | 'Linq accepted it'
  | 'Linq never accepted it'
  | 'no acceptance is on record'
  | 'how far it is'
  | 'a member added them'
  | 'turned out otherwise'
  /** Why. What Linq answered, or did not, to the call that the sentence is about. */
  | 'Linq refused it'
  | 'Linq put it off'
  | 'Linq failed'
  | 'Linq could not be reached'
  | 'Linq gave no clear answer'
  | 'the app was interrupted'
  | 'another request asked for it'
  | 'Linq asked to stay away for long'
  | 'there was no time left'
  | 'Linq gave no usable answer since'
  | 'was stopped before it was sent'
  /** Why, as the roster shows it. */
  | 'is not a member'
  | 'too few would remain'
  | 'only three would remain'
  | 'our line left'
  /** Who. */
  | 'stopped by'
  | 'Stop came too late'
  /** What a person is answered. */
  | 'approval is recorded'
  | 'request is recorded'
  | 'addition is recorded'
  | 'was not recorded'
  | 'nothing more was recorded'
  | 'is on record'
  | 'decision is recorded'
  | 'decline is recorded'
  | 'nothing was decided'
  | 'more approvals are needed'
  | 'withdrawal is recorded'
  | 'others approved'
  | 'others declined'
  | 'is being added by another window'
  | 'stop is recorded'
  | 'pause is recorded'
  | 'nothing was paused'
  | 'nothing was stopped'
  | 'was stopped already'
  | 'nothing is left to stop'
  | 'has ended already'
  | 'may not stop'
  | 'may not'
  /** Never true in a story: nothing there brings it about. */
  | 'impossible'
  /** Nothing that could be false. */
  | 'nothing';

/** In the text that is judged, what comes from outside is replaced: people by ‹member›, chats by ‹chat›, and so on. */
export type Sentences = readonly (readonly [Meaning, RegExp])[];
