import type { ModalView } from '@slack/types';
import type { Log, Store, Update } from '../../removal/ports.js';
import { isPending, isUndecided, type Proposal } from '../../removal/proposal.js';
import { type Direction, directionOf } from '../../removal/request.js';
import type { RequestState } from '../../removal/state.js';
import { NOT_FOUND, noticeModal } from '../blocks/notice-modals.js';
import type { Progress } from '../guard/progress.js';
import { needsMore } from '../message/approvals.js';
import { endedModal, type ProposedRequest } from './open-proposal.js';

export interface SettleDeps {
  readonly store: Pick<Store, 'update'>;
  /** Tells the loop that something became due. */
  readonly wake: () => void;
  readonly log: Log;
}

export interface Decision {
  readonly by: string;
  readonly at: Date;
  /** For the log. */
  readonly kind: 'approved' | 'declined' | 'withdrawn';
  readonly decide: (state: RequestState) => Update | null;
  /** Whether this very person did the same before: for an approval that changed nothing while it is still to be decided. */
  readonly wasDone?: (proposal: Proposal) => boolean;
  /** What the person reads once it is written. */
  readonly done: (state: RequestState) => ModalView | Promise<ModalView>;
}

/** While more approvals are needed. */
export const NOT_BEFORE_THAT: Record<Direction, string> = {
  remove: 'Nothing is removed before that.',
  add: 'Nobody is added before that.',
};

const PERHAPS =
  'It is not known whether your decision was recorded. Close this window and press Review again in a moment: it says how this stands.';

/** Writes a decision down. However many decide at once, one is written, and all others read whose. */
export async function settle(
  { store, wake, log }: SettleDeps,
  { request, proposal }: ProposedRequest,
  decision: Decision,
  progress: Progress,
): Promise<ModalView> {
  const { by, at, kind, decide, done } = decision;
  const write = () => store.update(request.id, at, decide);
  try {
    const answer = await progress.recording(write, (written) => written?.changed ?? false);
    wake();
    if (!answer) return noticeModal('Not found', NOT_FOUND);
    if (!answer.changed) return notWritten(answer.state.proposal ?? proposal, decision);
    const isCounted = kind === 'approved' && isPending(answer.state.proposal);
    log.info(
      { request: request.id, user: by },
      isCounted ? 'Request approved by one of several' : `Request ${kind}`,
    );
    return await done(answer.state);
  } catch (error) {
    log.error({ err: error, request: request.id }, 'A decision could not be recorded');
    return noticeModal('Not recorded', PERHAPS);
  }
}

/**
 * Another decision was quicker, or the time is over; or this very approver has approved the same before; or another
 * request adds them back by now.
 */
function notWritten(proposal: Proposal, { at, wasDone = () => true }: Decision): ModalView {
  if (!isUndecided(proposal, at)) return endedModal(proposal);
  if (!wasDone(proposal)) return noticeModal('Not approved', TAKEN);
  const notBefore = NOT_BEFORE_THAT[directionOf(proposal.wanted)];
  return noticeModal('Approved', `You have approved this. ${needsMore(proposal)} ${notBefore}`);
}

const TAKEN =
  'Another request adds back what is asked for here, or a part of it. Nothing was decided by this. To see what is left, press Review again.';
