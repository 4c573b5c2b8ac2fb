import type { ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { ASKING_LINQ, noticeModal } from '../blocks/notice-modals.js';
import { shownIn } from '../blocks/shown-text.js';
import { answerInTime, type SubmissionArgs } from '../guard/answer-in-time.js';
import type { SlackDeps } from '../listeners.js';
import { decisionModal, readDecision } from './decision-modal.js';
import { openProposal, type ProposalSubject } from './open-proposal.js';
import { approvable, fingerprintOf, reviewProposal } from './proposal-review.js';
import { settle } from './settle.js';

export interface DecisionArgs extends SubmissionArgs {
  readonly body: ViewSubmitAction;
}

/** Linq is asked once more, so there is little time left of the 3 s in which Slack wants to hear. */
const LOOK_UP_MS = 2_000;

const APPROVED =
  'Your approval is recorded and Linq is being asked now. The message follows what happens. You can close this window.';
const CLOSED = 'You closed the window before this was recorded. Nothing was removed.';

/** The second person approved: what they saw is compared with how it stands now, and only the same is removed. */
export async function onDecision(deps: SlackDeps, args: DecisionArgs): Promise<void> {
  await answerInTime(deps, args, { ms: LOOK_UP_MS, loading: ASKING_LINQ }, async (signal) => ({
    view: await decide(deps, args, signal),
  }));
}

async function decide(
  deps: SlackDeps,
  { body, view }: DecisionArgs,
  signal: AbortSignal,
): Promise<ModalView> {
  const { requestId, fingerprint } = readDecision(view);
  const opened = await openProposal(deps, body, requestId);
  if (!opened.ok) return opened.view;
  const { subject } = opened;
  const review = await reviewProposal(deps.linq, subject.proposal, signal);
  if (signal.aborted) return noticeModal('Not recorded', CLOSED);
  const chats = approvable(review, subject.proposal);
  if (fingerprintOf(review) !== fingerprint || chats.length === 0) {
    await noteOutdated(deps, subject, body.user.id);
    return decisionModal(subject, review, true);
  }
  const decision = {
    kind: 'approved',
    by: body.user.id,
    at: deps.now(),
    chats,
    shown: shownIn(view),
  } as const;
  return settle(deps, subject, decision, noticeModal('Approved', APPROVED));
}

async function noteOutdated({ proposals, now, log }: SlackDeps, subject: ProposalSubject, by: string) {
  await proposals
    .noteOutdated(subject, by, now())
    .catch((error: unknown) => log.error({ err: error }, 'An outdated approval could not be recorded'));
}
