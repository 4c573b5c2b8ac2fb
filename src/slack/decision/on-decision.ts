import type { ModalView } from '@slack/types';
import { approveProposal } from '../../removal/decide.js';
import { entriesOfProposal, type History } from '../../removal/history.js';
import type { LookUp } from '../../removal/review.js';
import { ASKING_LINQ, noticeModal } from '../blocks/notice-modals.js';
import { shownIn } from '../blocks/shown-text.js';
import { type AnswerDeps, answerInTime, type SubmissionArgs } from '../guard/answer-in-time.js';
import type { Progress } from '../guard/progress.js';
import { decisionModal, readDecision } from './decision-modal.js';
import { type OpenDeps, openProposal, type ProposedState } from './open-proposal.js';
import { approvable, fingerprintOf, reviewProposal } from './proposal-review.js';
import { type SettleDeps, settle } from './settle.js';

export interface DecisionDeps extends AnswerDeps, SettleDeps {
  readonly access: OpenDeps['access'];
  readonly store: OpenDeps['store'] & SettleDeps['store'];
  readonly linq: LookUp;
  readonly history: Pick<History, 'record'>;
}

/** Linq is asked once more, so there is little time left of the 3 s in which Slack wants to hear. */
const LOOK_UP_MS = 2_000;

const APPROVED =
  'Your approval is recorded and Linq is being asked now. The message follows what happens. You can close this window.';
const CLOSED = 'You closed the window before this was recorded. Nothing was removed.';

/** An approver approved: what they saw is compared with how it stands now, and only the same is removed. */
export async function onDecision(
  deps: DecisionDeps,
  args: SubmissionArgs,
  progress: Progress,
): Promise<void> {
  const time = { ms: LOOK_UP_MS, loading: ASKING_LINQ, progress };
  await answerInTime(deps, args, time, async (signal) => ({
    view: await decide(deps, args, signal, progress),
  }));
}

async function decide(
  deps: DecisionDeps,
  { body, view }: SubmissionArgs,
  signal: AbortSignal,
  progress: Progress,
): Promise<ModalView> {
  const { requestId, fingerprint } = readDecision(view);
  const opened = await openProposal(deps, body, requestId);
  if (!opened.ok) return opened.view;
  const { state } = opened;
  const review = await reviewProposal(deps.linq, state.proposal, signal);
  if (signal.aborted) return noticeModal('Not recorded', CLOSED);
  const wanted = approvable(review, state.proposal);
  if (fingerprintOf(review) !== fingerprint || wanted.length === 0) {
    await noteOutdated(deps, state, body.user.id);
    return decisionModal(state, review, true);
  }
  const by = body.user.id;
  const decision = { by, at: deps.now(), wanted, shown: shownIn(view) };
  return settle(
    deps,
    state,
    {
      by,
      what: 'approved',
      decide: (current) => approveProposal(current, decision),
      done: noticeModal('Approved', APPROVED),
    },
    progress,
  );
}

/** For the history: an approver approved what was not so any more, and was asked again. */
async function noteOutdated(
  { history, now, log }: DecisionDeps,
  state: ProposedState,
  by: string,
): Promise<void> {
  const { request, proposal } = state;
  await history
    .record(entriesOfProposal('approval-outdated', request, proposal, { at: now(), decidedBy: by }))
    .catch((error: unknown) => log.error({ err: error }, 'An outdated approval could not be recorded'));
}
