import type { ActionsBlock, ModalView } from '@slack/types';
import * as z from 'zod';
import type { Direction } from '../../removal/request.js';
import { button, plain, section, textInput } from '../blocks/blocks.js';
import { readInput, type SubmittedView } from '../blocks/submitted.js';

export const DECLINE = 'decline_proposal';
export const DECLINE_MODAL = 'decline';
export const REASON_INPUT = 'decline_reason';

const REASON_LENGTH = 300;

/** What the approver's window carries: which request, and what it showed of it. Parsed each time, like an origin. */
const decisionSchema = z.object({
  requestId: z.string().min(1),
  fingerprint: z.string(),
  direction: z.enum(['remove', 'add']).default('remove'),
});

export type DecisionState = z.infer<typeof decisionSchema>;

/** Throws when the metadata is not ours: a view we did not build. */
export function readDecision(view: { private_metadata: string }): DecisionState {
  return decisionSchema.parse(JSON.parse(view.private_metadata));
}

/** For a window of an approver, which carries a `DecisionState`. */
export function declineButton(): ActionsBlock {
  return button(DECLINE, 'Decline …');
}

/** A window that refuses to approve, for an approver who may still decline. It shows nothing of the request. */
export function withDecline(view: ModalView, requestId: string, direction: Direction): ModalView {
  const carried: DecisionState = { requestId, fingerprint: '', direction };
  return {
    ...view,
    private_metadata: JSON.stringify(carried),
    blocks: [...view.blocks, section(plain(STILL_DECLINE)), declineButton()],
  };
}

const STILL_DECLINE = 'You can still decline this request.';

const stateSchema = decisionSchema.pick({ requestId: true });

/** Why not? The asker reads it. */
export function declineModal({ requestId, direction }: DecisionState): ModalView {
  return {
    type: 'modal',
    callback_id: DECLINE_MODAL,
    private_metadata: JSON.stringify({ requestId }),
    title: plain('Decline'),
    submit: plain('Decline'),
    close: plain('Cancel'),
    blocks: [
      section(plain(`Nobody is ${direction === 'add' ? 'added' : 'removed'} when you decline.`)),
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
