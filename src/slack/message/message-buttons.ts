import type { ActionsBlock, Button } from '@slack/types';
import { canBeAddedBack } from '../../removal/addition.js';
import { isRetryable } from '../../removal/outcome.js';
import type { Announceable } from '../../removal/ports.js';
import { isPending } from '../../removal/proposal.js';
import { isFinal } from '../../removal/removal.js';
import { plain } from '../blocks.js';

export const STOP = 'stop';
export const RETRY = 'retry';
export const REVIEW = 'review_proposal';
export const ADD_BACK = 'add_back';

/**
 * What can still be done about a request, as buttons that carry its id. None: no block at all. Without `now` there is
 * no button that has its time.
 */
export function messageButtons(subject: Announceable, now?: Date): ActionsBlock[] {
  const { request, removals, proposal } = subject;
  const buttons: Button[] = [];
  if (isPending(proposal)) buttons.push(button(REVIEW, 'Review', request.id));
  const stoppable = removals.some(({ status }) => status === 'approved' || status === 'waiting');
  if (stoppable && !request.stoppedBy) buttons.push(button(STOP, 'Stop', request.id));
  const ended = removals.every(({ status }) => isFinal(status));
  if (ended && removals.some(isRetryable)) buttons.push(button(RETRY, 'Retry', request.id));
  if (now && canBeAddedBack(subject, now).length > 0) buttons.push(button(ADD_BACK, 'Add back…', request.id));
  return buttons.length > 0 ? [{ type: 'actions', block_id: 'request_actions', elements: buttons }] : [];
}

const ACCESSIBLE: Record<string, string> = {
  [STOP]: 'Stop: leave undone what is not sent yet',
  [REVIEW]: 'Review: see what would be removed, then approve or decline',
  [ADD_BACK]: 'Add back: put the person back into a chat they were removed from',
  [RETRY]: 'Retry: review the chats that did not work once more',
};

function button(action: string, label: string, requestId: string): Button {
  return {
    type: 'button',
    action_id: action,
    text: plain(label, 75),
    value: requestId,
    accessibility_label: ACCESSIBLE[action] ?? label,
  };
}
