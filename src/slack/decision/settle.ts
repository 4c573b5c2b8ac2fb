import type { ModalView } from '@slack/types';
import type { Log, Store, Update } from '../../removal/ports.js';
import type { RequestState } from '../../removal/state.js';
import { noticeModal } from '../blocks/notice-modals.js';
import type { Progress } from '../guard/progress.js';
import { endedModal, type ProposedState } from './open-proposal.js';

export interface SettleDeps {
  readonly store: Pick<Store, 'update'>;
  readonly wake: () => void;
  readonly log: Log;
  readonly now: () => Date;
}

interface Decision {
  readonly by: string;
  readonly what: 'approved' | 'declined';
  readonly decide: (state: RequestState) => Update | null;
  /** What the person reads whose decision it became. */
  readonly done: ModalView;
}

const NOT_RECORDED =
  'Your decision could not be recorded, so nothing was removed. Close this window and press Review again in a moment.';

/** Writes a decision down. However many decide at once, one is written, and everyone else reads whose. */
export async function settle(
  deps: SettleDeps,
  { request, proposal }: ProposedState,
  { by, what, decide, done }: Decision,
  progress: Progress,
): Promise<ModalView> {
  try {
    const updated = await progress.during(() => deps.store.update(request.id, deps.now(), decide));
    progress.settle(updated?.changed ?? false);
    deps.wake();
    if (!updated?.changed) return endedModal(updated?.state.proposal ?? proposal);
    deps.log.info({ request: request.id, user: by }, `Request ${what}`);
    return done;
  } catch (error) {
    deps.log.error({ err: error, request: request.id }, 'A decision could not be recorded');
    progress.settle(false);
    return noticeModal('Not recorded', NOT_RECORDED);
  }
}
