import type { ModalView } from '@slack/types';
import type { Announceable } from '../../removal/ports.js';
import type { Proposal } from '../../removal/proposal.js';
import { attemptOf, type Doer } from '../access/admit.js';
import { mentionModal, noticeModal, refusedModal } from '../blocks/notice-modals.js';
import { escapeMrkdwn } from '../blocks/text.js';
import type { SlackDeps } from '../listeners.js';
import { onlyChat } from './proposal-review.js';

export type ProposalSubject = Announceable & { readonly proposal: Proposal };

/** A pending proposal in the hands of somebody who may decide it, or the window that says why not. */
export type Opened =
  | { readonly ok: true; readonly subject: ProposalSubject }
  | { readonly ok: false; readonly view: ModalView };

const NOT_FOUND = 'This request is no longer on record. Nothing was changed. Run /linq-remove again.';

/** Asked anew at every step: at the button, at the submission, and whichever way somebody came. */
export async function openProposal(deps: SlackDeps, doer: Doer, requestId: string): Promise<Opened> {
  const subject = await deps.store.findRequest(requestId);
  if (!isProposed(subject)) return { ok: false, view: noticeModal('Not found', NOT_FOUND) };
  if (!isOpen(subject.proposal, deps.now())) return { ok: false, view: endedModal(subject.proposal) };
  const { request, proposal } = subject;
  const about = {
    channel: request.channelId,
    chatId: onlyChat(proposal)?.chatId ?? null,
    handle: proposal.handle,
  };
  const attempt = { ...attemptOf(doer, about), requestId };
  const refused = await deps.access.checkApprover(attempt, request.requestedBy);
  return refused ? { ok: false, view: refusedModal(refused.sentence) } : { ok: true, subject };
}

function isProposed(subject: Announceable | null): subject is ProposalSubject {
  return subject !== null && subject.proposal !== null;
}

/** The loop may be a moment late to write down that the time is over. */
function isOpen({ status, expiresAt }: Proposal, now: Date): boolean {
  return status === 'pending' && now < expiresAt;
}

/** Somebody decided before, or nobody did in time. */
export function endedModal({ status, decidedBy }: Proposal): ModalView {
  const who = decidedBy ? `<@${escapeMrkdwn(decidedBy)}>` : 'Somebody';
  switch (status) {
    case 'approved':
      return mentionModal(
        'Already decided',
        `${who} has already approved this. The message says what becomes of it.`,
      );
    case 'declined':
      return mentionModal('Already decided', `${who} has already declined this. Nothing was removed.`);
    case 'expired':
    case 'pending':
      return noticeModal(
        'Expired',
        'Nobody approved this in time, so nothing was removed. To ask again, run /linq-remove.',
      );
  }
}
