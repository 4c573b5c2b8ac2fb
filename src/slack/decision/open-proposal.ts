import type { ModalView } from '@slack/types';
import type { Store } from '../../removal/ports.js';
import type { Proposal } from '../../removal/proposal.js';
import type { RequestState } from '../../removal/state.js';
import { type Actor, type AdmitDeps, checkOf } from '../access/admit.js';
import { mentionModal, noticeModal, refusedModal } from '../blocks/notice-modals.js';
import { escapeMrkdwn } from '../blocks/text.js';
import { NOT_FOUND } from '../guard/press.js';
import { onlyOne, personOf } from './proposal-review.js';

export type ProposedState = RequestState & { readonly proposal: Proposal };

export interface OpenDeps extends Pick<AdmitDeps, 'access'> {
  readonly store: Pick<Store, 'find'>;
  readonly now: () => Date;
}

/** A pending proposal in the hands of a person who may decide it, or the window that says why not. */
export type Opened =
  | { readonly ok: true; readonly state: ProposedState }
  | { readonly ok: false; readonly view: ModalView };

/** Asked anew at every step: at the button, at the submission, and whichever way the person came. */
export async function openProposal(
  deps: OpenDeps,
  actor: Actor,
  requestId: string,
  check: 'checkApprover' | 'checkDecline' = 'checkApprover',
): Promise<Opened> {
  const state = await deps.store.find(requestId);
  if (!isProposed(state)) return { ok: false, view: noticeModal('Not found', NOT_FOUND) };
  if (!isOpen(state.proposal, deps.now())) return { ok: false, view: endedModal(state.proposal) };
  const { request, proposal } = state;
  const about = {
    channel: request.channelId,
    chatId: onlyOne(proposal)?.chatId ?? null,
    handle: personOf(proposal),
  };
  const refused = await deps.access[check]({ ...checkOf(actor, about), requestId }, request.requestedBy);
  return refused ? { ok: false, view: refusedModal(refused.sentence) } : { ok: true, state };
}

function isProposed(state: RequestState | null): state is ProposedState {
  return state !== null && state.proposal !== null;
}

/** The loop may be a moment late to write down that the time is over. */
function isOpen({ status, expiresAt }: Proposal, now: Date): boolean {
  return status === 'pending' && now < expiresAt;
}

/** Another person decided before, or it was not decided in time. */
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
