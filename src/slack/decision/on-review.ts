import type { ModalView } from '@slack/types';
import type { Log } from '../../removal/ports.js';
import type { LookUp } from '../../removal/review.js';
import type { Actor } from '../access/check.js';
import { loadingModal } from '../blocks/notice-modals.js';
import { openView, type ViewDeps } from '../blocks/open-view.js';
import type { Respond } from '../connection/response-url.js';
import { acknowledge } from '../guard/acknowledge.js';
import type { LookUps } from '../guard/look-ups.js';
import { type PressArgs, sayNotOpened } from '../guard/press.js';
import type { Progress } from '../guard/progress.js';
import { decisionModal } from './decision-modal.js';
import { endedMeanwhile, type OpenDeps, openProposal } from './open-proposal.js';
import { reviewProposal } from './proposal-review.js';

export interface ReviewProposalDeps extends OpenDeps, ViewDeps {
  readonly linq: LookUp;
  readonly lookUps: LookUps;
  readonly respond: Respond;
  readonly log: Log;
}

/** Review: the window opens at once; behind it Slack is asked who this is, and Linq how it stands now. */
export async function onReview(deps: ReviewProposalDeps, args: PressArgs, progress: Progress): Promise<void> {
  progress.isFor('look');
  const { body, action, client } = args;
  await acknowledge(() => args.ack(), deps.log);
  const viewId = await openView(client, body.trigger_id, loadingModal());
  if (!viewId) return sayNotOpened(deps, args);
  const signal = deps.lookUps.start(viewId);
  try {
    const view = await decisionView(deps, body, action.value ?? '', signal);
    if (!signal.aborted) await deps.replaceView(client, viewId, view);
  } finally {
    deps.lookUps.end(viewId);
  }
}

async function decisionView(
  deps: ReviewProposalDeps,
  actor: Actor,
  requestId: string,
  signal: AbortSignal,
): Promise<ModalView> {
  const opened = await openProposal(deps, actor, requestId);
  if (!opened.ok) return opened.view;
  const { state, person } = opened;
  const review = await reviewProposal(deps, state, signal);
  // Another approver may have been quicker while Linq was asked: then its answer shows what came of that.
  return (await endedMeanwhile(deps, requestId)) ?? decisionModal(state, review, person);
}
