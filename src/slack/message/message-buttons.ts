import type { ActionsBlock, Button } from '@slack/types';
import { isStoppable } from '../../removal/lifecycle.js';
import { isRetryable } from '../../removal/outcome.js';
import { isPending } from '../../removal/proposal.js';
import { isAskedHere } from '../../removal/reminding.js';
import { canBeAddedBack, hasEnded, type RequestState } from '../../removal/state.js';
import { plain } from '../blocks/blocks.js';

export const STOP = 'stop';
export const RETRY = 'retry';
export const REVIEW = 'review_proposal';
export const WITHDRAW = 'withdraw_proposal';
export const ADD_BACK = 'add_back';
export const RECEIPT = 'receipt';

/** What can still be done about a request, as buttons that carry its id. None: no block at all. */
export function messageButtons(state: RequestState, now: Date): ActionsBlock[] {
  const { request, changes, proposal } = state;
  const offers: readonly (readonly [Action, boolean])[] = [
    [REVIEW, isPending(proposal) && isAskedHere(state) && state.status.route === 'channel'],
    [WITHDRAW, isPending(proposal)],
    [STOP, request.stoppedBy === null && changes.some(isStoppable)],
    [RETRY, hasEnded(state) && changes.some(isRetryable)],
    [ADD_BACK, canBeAddedBack(state, now).length > 0],
    [RECEIPT, hasEnded(state)],
  ];
  const elements = offers.flatMap(([action, offered]) => (offered ? [buttonFor(action, request.id)] : []));
  return elements.length > 0 ? [{ type: 'actions', block_id: 'request_actions', elements }] : [];
}

type Action = typeof STOP | typeof RETRY | typeof REVIEW | typeof WITHDRAW | typeof ADD_BACK | typeof RECEIPT;

const LABELS: Record<Action, { readonly shown: string; readonly spoken: string }> = {
  [REVIEW]: { shown: 'Review', spoken: 'Review: see what would be done, then approve or decline' },
  [WITHDRAW]: {
    shown: 'Withdraw…',
    spoken: 'Withdraw: take this request back, for the person who asked',
  },
  [STOP]: { shown: 'Stop', spoken: 'Stop: leave undone what is not sent yet' },
  [RETRY]: { shown: 'Retry', spoken: 'Retry: review the chats that did not work once more' },
  [ADD_BACK]: {
    shown: 'Add back…',
    spoken: 'Add back: put the person back into a chat they were removed from',
  },
  [RECEIPT]: { shown: 'Receipt…', spoken: 'Receipt: who asked, who approved, and how it was proven' },
};

export function buttonFor(action: Action, requestId: string): Button {
  const { shown, spoken } = LABELS[action];
  return {
    type: 'button',
    action_id: action,
    text: plain(shown, 75),
    value: requestId,
    accessibility_label: spoken,
  };
}
