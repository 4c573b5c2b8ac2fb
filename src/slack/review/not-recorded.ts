import type { Store } from '../../removal/ports.js';
import { failedModal } from '../blocks/notice-modals.js';
import type { Origin } from '../blocks/origin.js';
import type { Answer } from '../guard/answer-in-time.js';
import type { Progress } from '../guard/progress.js';
import { NOTE_INPUT } from './approval-modal.js';

type Recording = Pick<Store, 'record' | 'recordedFrom'>;

/** The same where one person decides alone. */
export function trackedWithin(
  progress: Progress,
  store: Pick<Store, 'recordWithin' | 'recordedFrom'>,
): Pick<Store, 'recordWithin' | 'recordedFrom'> {
  return {
    recordedFrom: (viewId) => store.recordedFrom(viewId),
    recordWithin: (limits, recording) =>
      progress.recording(
        () => store.recordWithin(limits, recording),
        (answer) => answer === true,
      ),
  };
}

/** The store's writes, so that the progress knows of each that has begun. */
export function trackedBy(progress: Progress, store: Recording): Recording {
  return {
    recordedFrom: (viewId) => store.recordedFrom(viewId),
    record: (recording) =>
      progress.recording(
        () => store.record(recording),
        (isNew) => isNew,
      ),
  };
}

const AGAIN = 'Please press the button again in a moment: what is recorded already is not done twice.';
const CERTAINLY_NOT = `This could not be recorded, so nothing was removed by it. ${AGAIN}`;
const PERHAPS = `It is not known whether this was recorded. ${AGAIN}`;

/** The store did not take a submission, or did not say so. The window stays, so that pressing again is enough. */
export function notRecorded(progress: Progress, origin: Origin): Answer {
  const sentence = progress.stage === 'nothing-yet' ? CERTAINLY_NOT : PERHAPS;
  return cannotRecord(sentence, origin);
}

/** Said on the window's own field, or where that is past, in its place with a way back. */
export function cannotRecord(sentence: string, origin: Origin): Answer {
  return { errors: { [NOTE_INPUT]: sentence }, late: failedModal(sentence, origin) };
}
