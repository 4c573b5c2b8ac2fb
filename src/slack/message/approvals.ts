import { type Proposal, stillNeeded } from '../../removal/proposal.js';
import { mentionsOf } from '../blocks/text.js';

/* How far several approvals have come, in mrkdwn. Where one is enough there is nothing to say. */

export function needsMore(proposal: Proposal): string {
  const count = stillNeeded(proposal);
  return count === 1 ? 'One more approval is needed.' : `${count} more approvals are needed.`;
}

/** Who has approved and how many are still needed, and whose approval does not count any more. */
export function approvalsSoFar(proposal: Proposal): string {
  const { needed, approvals, outdated, lapsed } = proposal;
  if (needed === 1) return '';
  const names = approvals.map(({ by }) => by);
  const lost =
    outdated.length > 0
      ? `The chats changed after ${mentionsOf(outdated)} approved this, so that does not count any more.`
      : '';
  const gone =
    lapsed.length > 0
      ? `${mentionsOf(lapsed)} approved this and may not any more, so that does not count.`
      : '';
  const given = names.length > 0 ? `Approved by ${mentionsOf(names)}.` : '';
  return [lost, gone, given, needsMore(proposal)].filter(Boolean).join(' ');
}
