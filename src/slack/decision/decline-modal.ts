import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { plain, section, textInput } from '../blocks/blocks.js';
import { readInput, type SubmittedView } from '../blocks/submitted.js';

export const DECLINE = 'decline_proposal';
export const DECLINE_MODAL = 'decline';
export const REASON_INPUT = 'decline_reason';

const REASON_LENGTH = 300;

const stateSchema = z.object({ requestId: z.string().min(1) });

/** Why not? The person who asked reads it. */
export function declineModal(requestId: string): ModalView {
  return {
    type: 'modal',
    callback_id: DECLINE_MODAL,
    private_metadata: JSON.stringify({ requestId }),
    title: plain('Decline'),
    submit: plain('Decline'),
    close: plain('Cancel'),
    blocks: [
      section(plain('Nobody is removed when you decline.')),
      textInput({
        block: REASON_INPUT,
        label: 'Why not?',
        hint: 'Shown in the conversation and kept with the request.',
        multiline: true,
        max: REASON_LENGTH,
      }),
    ],
  };
}

/** Throws when the view is not one of ours. An empty reason is possible: Slack's own check may be missing. */
export function readDecline(view: SubmittedView & { private_metadata: string }): {
  requestId: string;
  reason: string;
} {
  const { requestId } = stateSchema.parse(JSON.parse(view.private_metadata));
  return { requestId, reason: readInput(view, REASON_INPUT).slice(0, REASON_LENGTH) };
}
