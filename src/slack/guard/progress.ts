/** What a person can have recorded, as an error reply names it. */
export type Recordable =
  | 'approval'
  | 'request'
  | 'decision'
  | 'withdrawal'
  | 'addition'
  | 'stop'
  | 'pause'
  | 'resume'
  | 'look'
  | 'window';

/** `maybe`: a write has begun, and its end was not heard of. */
export type Stage = 'nothing-yet' | 'maybe' | 'recorded';

/**
 * How far one submission or press has come. Slack or the store may fail at any moment after that, and what the person
 * is told then must not claim more than this knows.
 */
export interface Progress {
  readonly stage: Stage;
  /** What this is about to record, for the words; an approval unless said otherwise. */
  isFor(what: Recordable): void;
  /** Runs a write. When it rejects, it may have been recorded all the same; `isRecorded` reads what it answers. */
  recording<T>(write: () => Promise<T>, isRecorded?: (answer: T) => boolean): Promise<T>;
  /** It had been recorded before, by an earlier press in the same window. */
  foundRecorded(): void;
  /** What the person reads when something fails now. */
  sentence(): string;
}

export function createProgress(): Progress {
  let stage: Stage = 'nothing-yet';
  let what: Recordable = 'approval';
  return {
    get stage() {
      return stage;
    },
    isFor(given) {
      what = given;
    },
    async recording(write, isRecorded = () => true) {
      const before = stage;
      stage = 'maybe';
      const answer = await write();
      stage = isRecorded(answer) ? 'recorded' : before;
      return answer;
    },
    foundRecorded() {
      stage = 'recorded';
    },
    sentence: () => `Something went wrong on our side${WENT_WRONG[stage][what]}`,
  };
}

const UNKNOWN = '. It is not known whether this was recorded:';
const LOOK = `${UNKNOWN} look for a message in the conversation before you try again.`;

/** Slack's answer may be lost when the window stands: the asker may have gone on in it, and even approved. */
const OPENING =
  '. Nothing was removed by this step. Please run /linq-remove again. Where a window is open all the same, go on in it instead.';

/** It may be read long afterwards, when the person has had something recorded in another window. */
const NOTHING_CHANGED =
  ' while something was to be shown to you. Looking changes nothing. Please try again in a moment.';

const WENT_WRONG: Record<Stage, Record<Recordable, string>> = {
  'nothing-yet': {
    look: NOTHING_CHANGED,
    window: OPENING,
    approval: '. Nothing was removed by this step. Please run /linq-remove again.',
    request: '. Nothing was recorded and nothing was sent to Linq. Please run /linq-remove again.',
    decision: '. Nothing was decided by this step. Close this window and press Review again in a moment.',
    withdrawal: '. Nothing was withdrawn by this step. Please press “Withdraw…” again in a moment.',
    addition: '. Nobody is added by this step. Please press “Add back…” again in a moment.',
    stop: '. Nothing was stopped by this step. Please press Stop again.',
    pause: '. Nothing was paused by this step. Please run /linq-remove pause again.',
    resume: '. Nothing was resumed by this step. Please run /linq-remove resume again.',
  },
  maybe: {
    look: NOTHING_CHANGED,
    window: OPENING,
    approval: LOOK,
    request: LOOK,
    decision: `${UNKNOWN} look at the message in the conversation before you try again.`,
    withdrawal: `${UNKNOWN} if the message does not say so, press “Withdraw…” again.`,
    addition: `${UNKNOWN} look into the thread of the message before you try again.`,
    stop: `${UNKNOWN} if the message does not say so, press Stop again.`,
    pause: `${UNKNOWN} run /linq-remove pause again, which does no harm.`,
    resume: `${UNKNOWN} run /linq-remove resume again, which does no harm.`,
  },
  recorded: {
    look: NOTHING_CHANGED,
    window: OPENING,
    approval: ' after your approval was recorded. The message in the conversation says how it goes.',
    request: ' after your request was recorded. The message in the conversation says how it goes.',
    decision: ' after your decision was recorded. The message in the conversation says how it goes.',
    withdrawal: ' after your request was withdrawn. Nothing is removed by it.',
    addition: ' after this was recorded. The thread of the message says how it goes.',
    stop: ' after Stop was recorded. The message says what was sent to Linq before it.',
    pause: ' after the pause was recorded. Nothing is sent to Linq before it is resumed.',
    resume: ' after the pause was ended. What waited is sent to Linq now.',
  },
};
