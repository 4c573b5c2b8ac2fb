import { sameChat, sameHandle } from '../../removal/chat.js';
import type { Wanted } from '../../removal/request.js';
import type { RequestState } from '../../removal/state.js';
import type { HandleDisplay } from '../blocks/text.js';
import { linesByPerson } from './people.js';

const NOT_APPROVED = 'Not removed. This was not possible any more when it was approved. Nobody was removed.';

/** A line for each part of a request that approvers could not approve any more: the asker still waits for a word about it. */
export function leftOut({ proposal, changes }: RequestState, display: HandleDisplay): readonly string[] {
  if (proposal?.status !== 'approved') return [];
  const isApproved = ({ chatId, handle }: Wanted) =>
    changes.some((change) => sameChat(change.chatId, chatId) && sameHandle(change.handle, handle));
  const left = proposal.wanted.filter((wanted) => !isApproved(wanted));
  return linesByPerson(left, proposal.wanted, display, (_wanted, name) => `• ${name}: ${NOT_APPROVED}`);
}
