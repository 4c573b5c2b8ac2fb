import type { ModalView } from '@slack/types';
import { approveProposal, dropOutdated, hasApproved } from '../../removal/decide.js';
import { entriesOfProposal, type History } from '../../removal/history.js';
import type { Store } from '../../removal/ports.js';
import { type Approval, isPending, type Proposal } from '../../removal/proposal.js';
import { directionOf } from '../../removal/request.js';
import type { LookUp } from '../../removal/review.js';
import type { RequestState } from '../../removal/state.js';
import type { Access, Lapsed } from '../access/access.js';
import { type Actor, checkOnRequest } from '../access/check.js';
import { ASKING_LINQ, mentionModal, noticeModal, refusedModal } from '../blocks/notice-modals.js';
import { shownIn } from '../blocks/shown-text.js';
import { type AnswerDeps, answerInTime, type SubmissionArgs } from '../guard/answer-in-time.js';
import type { Progress } from '../guard/progress.js';
import { needsMore } from '../message/approvals.js';
import { andThen, readSending } from '../message/pause-words.js';
import { decisionModal } from './decision-modal.js';
import { readDecision } from './decline-modal.js';
import {
  endedMeanwhile,
  NOT_DECIDED,
  type OpenDeps,
  openProposal,
  type ProposedRequest,
} from './open-proposal.js';
import { approvable, hashOfReview, isWhole, type ProposalReview, reviewProposal } from './proposal-review.js';
import { NOT_BEFORE_THAT, type SettleDeps, settle } from './settle.js';

export interface DecisionDeps extends AnswerDeps, OpenDeps, SettleDeps {
  readonly store: OpenDeps['store'] & SettleDeps['store'] & Pick<Store, 'pause'>;
  readonly access: OpenDeps['access'] & Pick<Access, 'lapsedApprovers'>;
  readonly linq: LookUp;
  readonly history: Pick<History, 'record'>;
}

/** Linq is asked once more, so there is little time left of the 3 s in which Slack wants to hear. */
const LOOK_UP_MS = 2_000;

const FOLLOWS = 'The message follows what happens. You can close this window.';
const CLOSE = 'You can close this window.';
const CLOSED = 'You closed the window before this was recorded. Nothing was decided.';

/** An approver approved: what they saw is compared with how it stands now, and only the same is removed. */
export async function onDecision(
  deps: DecisionDeps,
  args: SubmissionArgs,
  progress: Progress,
): Promise<void> {
  progress.isFor('decision');
  const waiting = { ms: LOOK_UP_MS, loading: ASKING_LINQ, progress };
  await answerInTime(deps, args, waiting, async (signal) => ({
    view: await decide(deps, args, progress, signal),
  }));
}

async function decide(
  deps: DecisionDeps,
  { body, view }: SubmissionArgs,
  progress: Progress,
  signal: AbortSignal,
): Promise<ModalView> {
  const { requestId, fingerprint } = readDecision(view);
  const opened = await openProposal(deps, body, requestId);
  if (!opened.ok) return opened.view;
  const { state, person } = opened;
  const [review, earlier] = await Promise.all([
    reviewProposal(deps, state, signal),
    lapsedAmong(deps, body, { state, person, fingerprint }),
  ]);
  if (signal.aborted) return noticeModal('Not recorded', CLOSED);
  const wanted = approvable(review, state.proposal);
  const by = body.user.id;
  if (hashOfReview(review) !== fingerprint || wanted.length === 0) {
    // What changed may be the removal itself: another approver was quicker while Linq was asked.
    const ended = await endedMeanwhile(deps, requestId);
    if (ended) return ended;
    await noteOutdated(deps, state, by);
    return decisionModal(await withoutOutdated(deps, state, review), review, person, true);
  }
  if (!earlier.ok) return refusedModal(earlier.sentence);
  const { lapsed } = earlier;
  const approval = { by, person, at: deps.now(), fingerprint, wanted, shown: shownIn(view), lapsed };
  return settle(
    deps,
    state,
    {
      by,
      at: approval.at,
      kind: 'approved',
      decide: (current) => approveProposal(current, approval),
      wasDone: (proposal) => hasApproved(proposal, approval),
      done: ({ proposal }) => approvedView(deps, proposal),
    },
    progress,
  );
}

/** Of those whose approvals count so far, who may not approve any more: Slack is asked at every further approval. */
function lapsedAmong(
  { access }: Pick<DecisionDeps, 'access'>,
  actor: Actor,
  {
    state,
    person,
    fingerprint,
  }: Pick<Approval, 'person' | 'fingerprint'> & { readonly state: ProposedRequest },
): Promise<Lapsed> {
  const { approvals, wanted } = state.proposal;
  const counting = approvals.filter((each) => each.fingerprint === fingerprint && each.person !== person);
  const notDone = NOT_DECIDED[directionOf(wanted)];
  return access.lapsedApprovers(
    checkOnRequest(actor, state),
    counting.map(({ by }) => by),
    notDone,
  );
}

async function approvedView({ store, log }: DecisionDeps, proposal: Proposal | null): Promise<ModalView> {
  if (isPending(proposal))
    return noticeModal(
      'Approved',
      `Your approval is recorded. ${needsMore(proposal)} ${NOT_BEFORE_THAT[directionOf(proposal.wanted)]} ${CLOSE}`,
    );
  const words = `Your approval is recorded${andThen(await readSending(store, log), 'Linq is being asked now')}`;
  return mentionModal('Approved', `${words} ${FOLLOWS}`);
}

/** What others approved is not what Linq shows now, so it does not count any more. A look that failed shows nothing. */
async function withoutOutdated(
  { store, wake, now, log }: DecisionDeps,
  state: ProposedRequest,
  review: ProposalReview,
): Promise<ProposedRequest> {
  if (!isWhole(review)) return state;
  const at = now();
  const current = (before: RequestState) => dropOutdated(before, hashOfReview(review), at);
  const dropped = await store.update(state.request.id, at, current).catch((error: unknown) => {
    log.error({ err: error }, 'Outdated approvals could not be taken back; they do not count all the same');
    return null;
  });
  if (!dropped?.changed) return state;
  wake();
  return { ...state, proposal: dropped.state.proposal ?? state.proposal };
}

async function noteOutdated(
  { history, now, log }: DecisionDeps,
  { request, proposal }: ProposedRequest,
  by: string,
): Promise<void> {
  const facts = { at: now(), decidedBy: by };
  await history
    .record(entriesOfProposal('approval-outdated', request, proposal, facts))
    .catch((error: unknown) => log.error({ err: error }, 'An outdated approval could not be recorded'));
}
