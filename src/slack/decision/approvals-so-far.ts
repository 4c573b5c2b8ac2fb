import type { KnownBlock } from '@slack/types';
import type { Proposal } from '../../removal/proposal.js';
import { context, mrkdwn, plain, section } from '../blocks/blocks.js';
import { mentionsOf } from '../blocks/text.js';
import { needsMore } from '../message/approvals.js';

/** Who of several people has approved, for the approver who looks at what has this fingerprint. */
export function approvalsSoFar(proposal: Proposal, fingerprint: string, already: boolean): KnownBlock[] {
  const { needed, approvals } = proposal;
  if (needed === 1) return [];
  if (already) return [section(plain(`You have approved this. ${needsMore(proposal)}`))];
  const rule = `${needed} different people have to approve this.`;
  if (approvals.length === 0) return [context(plain(rule))];
  const names = mentionsOf(approvals.map(({ by }) => by));
  const counts = approvals.every((each) => each.fingerprint === fingerprint);
  const words = counts
    ? `${rule} Approved by ${names}. ${needsMore(proposal)}`
    : `${rule} What is shown here is not what ${names} approved: if you approve it, only your approval counts.`;
  return [context(mrkdwn(words))];
}

/** What the submit button does: this approval is the last one needed, because others have approved exactly this. */
export function isLastNeeded({ needed, approvals }: Proposal, fingerprint: string): boolean {
  return approvals.filter((each) => each.fingerprint === fingerprint).length + 1 >= needed;
}
