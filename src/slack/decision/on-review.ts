import type { ModalView } from '@slack/types';
import type { Log } from '../../removal/ports.js';
import type { LookUp } from '../../removal/review.js';
import type { Actor } from '../access/admit.js';
import { loadingModal } from '../blocks/notice-modals.js';
import { openView, type ViewDeps } from '../blocks/open-view.js';
import { acknowledge } from '../guard/acknowledge.js';
import type { LookUps } from '../guard/look-ups.js';
import { answerPress, NOT_OPENED, type PressArgs } from '../guard/press.js';
import type { Respond } from '../response-url.js';
import { decisionModal } from './decision-modal.js';
import { type OpenDeps, openProposal } from './open-proposal.js';
import { reviewProposal } from './proposal-review.js';

export interface DecisionReviewDeps extends OpenDeps, ViewDeps {
  readonly linq: LookUp;
  readonly lookUps: LookUps;
  readonly respond: Respond;
  readonly log: Log;
}

/** Review: the window opens at once; behind it Slack is asked who this is, and Linq how it stands now. */
export async function onReview(deps: DecisionReviewDeps, args: PressArgs): Promise<void> {
  const { body, action, ack, client } = args;
  await acknowledge(() => ack(), deps.log);
  const viewId = await openView(client, body.trigger_id, loadingModal());
  if (!viewId) return answerPress(deps.respond, args, NOT_OPENED);
  const signal = deps.lookUps.start(viewId);
  try {
    const view = await decisionView(deps, body, action.value ?? '', signal);
    if (!signal.aborted) await deps.replaceView(client, viewId, view);
  } finally {
    deps.lookUps.end(viewId);
  }
}

async function decisionView(
  deps: DecisionReviewDeps,
  actor: Actor,
  requestId: string,
  signal: AbortSignal,
): Promise<ModalView> {
  const opened = await openProposal(deps, actor, requestId);
  if (!opened.ok) return opened.view;
  const { state } = opened;
  return decisionModal(state, await reviewProposal(deps.linq, state.proposal, signal));
}
