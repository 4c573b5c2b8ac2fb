import type { ModalView } from '@slack/types';
import type { Doer } from '../access/admit.js';
import { loadingModal } from '../blocks/notice-modals.js';
import { openView, replaceView } from '../blocks/open-view.js';
import { acknowledge } from '../guard/acknowledge.js';
import type { SlackDeps } from '../listeners.js';
import { ephemeral } from '../response-url.js';
import type { PressArgs } from '../stop/on-stop.js';
import { decisionModal } from './decision-modal.js';
import { openProposal } from './open-proposal.js';
import { reviewProposal } from './proposal-review.js';

const NOT_OPENED =
  'Slack did not open the window in time. Nothing was changed. Please press the button again.';

/** Review: the window opens at once; behind it Slack is asked who this is, and Linq how it stands now. */
export async function onReview(deps: SlackDeps, { body, action, ack, client }: PressArgs): Promise<void> {
  await acknowledge(() => ack(), deps.log);
  const viewId = await openView(client, body.trigger_id, loadingModal());
  if (!viewId) {
    if (body.response_url) await deps.respond(body.response_url, ephemeral(NOT_OPENED));
    return;
  }
  const signal = deps.lookUps.start(viewId);
  try {
    const view = await decisionView(deps, body, action.value ?? '', signal);
    if (!signal.aborted) await replaceView(client, viewId, view);
  } finally {
    deps.lookUps.end(viewId);
  }
}

async function decisionView(
  deps: SlackDeps,
  doer: Doer,
  requestId: string,
  signal: AbortSignal,
): Promise<ModalView> {
  const opened = await openProposal(deps, doer, requestId);
  if (!opened.ok) return opened.view;
  const { subject } = opened;
  return decisionModal(subject, await reviewProposal(deps.linq, subject.proposal, signal));
}
