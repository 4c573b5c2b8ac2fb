import type { ActionsBlock, Button } from '@slack/types';
import { isRetryable } from '../removal/outcome.js';
import type { Announceable } from '../removal/ports.js';
import { isPending } from '../removal/proposal.js';
import { isFinal } from '../removal/removal.js';
import { plain } from './blocks.js';

export const STOP = 'stop';
export const RETRY = 'retry';
export const REVIEW = 'review_proposal';

/** What can still be done about a request, as buttons that carry its id. None: no block at all. */
export function messageButtons({ request, removals, proposal }: Announceable): ActionsBlock[] {
  const buttons: Button[] = [];
  if (isPending(proposal)) buttons.push(button(REVIEW, 'Review', request.id));
  const stoppable = removals.some(({ status }) => status === 'approved' || status === 'waiting');
  if (stoppable && !request.stoppedBy) buttons.push(button(STOP, 'Stop', request.id));
  const ended = removals.every(({ status }) => isFinal(status));
  if (ended && removals.some(isRetryable)) buttons.push(button(RETRY, 'Retry', request.id));
  return buttons.length > 0 ? [{ type: 'actions', block_id: 'request_actions', elements: buttons }] : [];
}

const ACCESSIBLE: Record<string, string> = {
  [STOP]: 'Stop: leave undone what is not sent yet',
  [REVIEW]: 'Review: see what would be removed, then approve or decline',
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
