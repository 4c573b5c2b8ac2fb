import type { ModalView } from '@slack/types';
import * as z from 'zod';
import { plain, section } from '../blocks/blocks.js';
import { REASON_LENGTH, type ReasonRule, reasonInput } from '../blocks/reason-input.js';
import { readInput, type SubmittedView } from '../blocks/submitted.js';

export const WITHDRAW_MODAL = 'withdraw';
const REASON_INPUT = 'withdraw_reason';

const stateSchema = z.object({ requestId: z.string().min(1) });

/** The asker takes the request back, and may say why: nothing that keeps a removal from happening has to be explained. */
export function withdrawModal(requestId: string, reason: ReasonRule): ModalView {
  return {
    type: 'modal',
    callback_id: WITHDRAW_MODAL,
    private_metadata: JSON.stringify({ requestId }),
    title: plain('Withdraw request'),
    submit: plain('Withdraw'),
    close: plain('Keep it'),
    blocks: [
      section(plain('Nobody is asked to approve it any more, and nothing is sent to Linq.')),
      ...reasonInput(reason === 'off' ? 'off' : 'optional', {
        block: REASON_INPUT,
        label: 'Why?',
        hint: 'Shown in the conversation and kept with the request.',
      }),
    ],
  };
}

/** Throws when the view is not one of ours. */
export function readWithdraw(view: SubmittedView & { private_metadata: string }): {
  requestId: string;
  reason: string | null;
} {
  const { requestId } = stateSchema.parse(JSON.parse(view.private_metadata));
  return { requestId, reason: readInput(view, REASON_INPUT).slice(0, REASON_LENGTH) || null };
}
