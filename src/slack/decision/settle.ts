import type { ModalView } from '@slack/types';
import type { Log, Store, Update } from '../../removal/ports.js';
import type { RequestState } from '../../removal/state.js';
import { NOT_FOUND, noticeModal } from '../blocks/notice-modals.js';
import type { Progress } from '../guard/progress.js';
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
  readonly kind: 'approved' | 'declined';
  readonly decide: (state: RequestState) => Update | null;
  /** What the approver reads once it is written. */
  readonly done: ModalView;
}

const PERHAPS =
  'It is not known whether your decision was recorded. Close this window and press Review again in a moment: it says how this stands.';

/** Writes a decision down. However many decide at once, one is written, and all others read whose. */
export async function settle(
  { store, wake, log }: SettleDeps,
  { request, proposal }: ProposedRequest,
  { by, at, kind, decide, done }: Decision,
  progress: Progress,
): Promise<ModalView> {
  const write = () => store.update(request.id, at, decide);
  try {
    const answer = await progress.recording(write, (written) => written?.changed ?? false);
    wake();
    if (!answer) return noticeModal('Not found', NOT_FOUND);
    if (!answer.changed) return endedModal(answer.state.proposal ?? proposal);
    log.info({ request: request.id, user: by }, `Request ${kind}`);
    return done;
  } catch (error) {
    log.error({ err: error, request: request.id }, 'A decision could not be recorded');
    return noticeModal('Not recorded', PERHAPS);
  }
}
