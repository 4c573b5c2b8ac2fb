import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { isRetryable } from '../../removal/outcome.js';
import type { Log, Store } from '../../removal/ports.js';
import type { ApprovalPolicy } from '../../removal/proposal.js';
import { type LookUp, type LookUpOptions, lookUp, type Pair } from '../../removal/review.js';
import { failedModal } from '../blocks/notice-modals.js';
import type { ViewDeps } from '../blocks/open-view.js';
import type { Origin } from '../blocks/origin.js';
import type { ReasonRule } from '../blocks/reason-input.js';
import type { HandleDisplay } from '../blocks/text.js';
import type { LookUps } from '../guard/look-ups.js';
import { reviewModal } from './review-modal.js';

export interface ReviewDeps extends ViewDeps {
  readonly linq: LookUp;
  readonly store: Pick<Store, 'find'>;
  readonly lookUps: LookUps;
  readonly display: HandleDisplay;
  /** When others are asked first. */
  readonly approval: ApprovalPolicy;
  /** Whether a reason is asked for. */
  readonly reason: ReasonRule;
  readonly log: Log;
}

export const NOT_SHOWN =
  'The review could not be shown because of a problem on our side. Nothing was removed by this step. Go back and try again.';

/** Replaces the loading view by what was read; if the person closes it meanwhile, the look-up is abandoned. */
export async function showWhenRead(
  deps: Pick<ReviewDeps, 'lookUps' | 'replaceView'>,
  client: WebClient,
  viewId: string,
  read: (signal: AbortSignal) => Promise<ModalView>,
): Promise<void> {
  const signal = deps.lookUps.start(viewId);
  try {
    if (signal.aborted) return;
    const view = await read(signal);
    if (!signal.aborted) await deps.replaceView(client, viewId, view);
  } finally {
    deps.lookUps.end(viewId);
  }
}

/** The review as a view. Never rejects, so that no loading view is left hanging. */
export async function reviewView(
  deps: ReviewDeps,
  origin: Origin,
  options: Pick<LookUpOptions, 'among' | 'signal'>,
): Promise<ModalView> {
  try {
    const only = origin.retryOf ? await unfinished(deps, origin.retryOf) : undefined;
    const review = await lookUp(deps.linq, origin, { ...options, only });
    return reviewModal(review, origin, deps.display, deps.approval, deps.reason);
  } catch (error) {
    deps.log.error({ err: error, chatId: origin.chatId }, 'A review could not be built');
    return failedModal(NOT_SHOWN, origin);
  }
}

async function unfinished({ store }: ReviewDeps, requestId: string): Promise<readonly Pair[]> {
  const found = await store.find(requestId);
  return (found?.changes ?? []).filter(isRetryable);
}
