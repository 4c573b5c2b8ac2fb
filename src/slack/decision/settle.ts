import type { ModalView } from '@slack/types';
import type { Decision } from '../../removal/proposal.js';
import { noticeModal } from '../blocks/notice-modals.js';
import type { SlackDeps } from '../listeners.js';
import { endedModal, type ProposalSubject } from './open-proposal.js';

const NOT_RECORDED =
  'Your decision could not be recorded, so nothing was removed. Close this window and press Review again in a moment.';

/** Writes a decision down. However many decide at once, one is written, and everybody else reads whose. */
export async function settle(
  deps: SlackDeps,
  subject: ProposalSubject,
  decision: Exclude<Decision, { kind: 'expired' }>,
  done: ModalView,
): Promise<ModalView> {
  const { id } = subject.request;
  try {
    const isOurs = await deps.proposals.decide(subject, decision);
    deps.wake();
    if (!isOurs) return endedModal((await deps.store.findRequest(id))?.proposal ?? subject.proposal);
    deps.log.info({ request: id, user: decision.by }, `Request ${decision.kind}`);
    return done;
  } catch (error) {
    deps.log.error({ err: error, request: id }, 'A decision could not be recorded');
    return noticeModal('Not recorded', NOT_RECORDED);
  }
}
