import type { ModalView } from '@slack/types';
import * as z from 'zod';
import { plain } from '../blocks/blocks.js';
import { type Origin, readOrigin } from '../blocks/origin.js';
import { bold, paragraph } from '../blocks/rich.js';
import { readChosen, type SubmittedView } from '../blocks/submitted.js';
import { clean, readable } from '../blocks/text.js';
import { wayBack } from '../review/approval-modal.js';

export const PERSON_MODAL = 'which-person';
export const WHICH_PERSON = 'which_person';

/** Slack: an option's text and value 75 code points. */
const OPTION_LENGTH = 75;

/** What was typed may be several people's. Only the asker can say whose it is. */
export function whichPersonModal(origin: Origin, index: number, handles: readonly string[]): ModalView {
  const offered = handles.filter((handle) => [...handle].length <= OPTION_LENGTH);
  return {
    type: 'modal',
    callback_id: PERSON_MODAL,
    private_metadata: JSON.stringify({ ...origin, index }),
    title: plain('Who is meant?'),
    submit: plain('Go on'),
    close: plain('Cancel'),
    blocks: [
      paragraph(bold(clean(origin.handles[index] ?? '')), ' can be read in more than one way. Who is meant?'),
      {
        type: 'input',
        block_id: WHICH_PERSON,
        label: plain('Person'),
        element: {
          type: 'radio_buttons',
          action_id: WHICH_PERSON,
          options: offered.map((handle) => ({ text: plain(readable(handle), OPTION_LENGTH), value: handle })),
        },
      },
      wayBack(),
    ],
  };
}

const indexSchema = z.object({ index: z.number().int() });

/** The request with the chosen person in the place of what was typed; null where nobody was chosen. */
export function readPersonChosen(view: SubmittedView & { private_metadata: string }): Origin | null {
  const [chosen] = readChosen(view, WHICH_PERSON);
  if (chosen === undefined) return null;
  const { index } = indexSchema.parse(JSON.parse(view.private_metadata));
  const origin = readOrigin(view);
  const handles = origin.handles.with(index, chosen);
  // One person is settled by it; of several the others are looked for again, as they were typed.
  return { ...origin, handles, areListed: handles.length === 1 };
}
