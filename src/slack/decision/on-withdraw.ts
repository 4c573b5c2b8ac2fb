import type { ModalView } from '@slack/types';
import { withdrawProposal } from '../../removal/decide.js';
import type { Store } from '../../removal/ports.js';
import { isUndecided } from '../../removal/proposal.js';
import { type Direction, directionOf } from '../../removal/request.js';
import type { RequestState } from '../../removal/state.js';
import type { Access } from '../access/access.js';
import { onlyAskerWithdraws } from '../access/sentences.js';
import { NOT_FOUND, noticeModal, RECORDING, refusedModal } from '../blocks/notice-modals.js';
import { openView } from '../blocks/open-view.js';
import type { ReasonRule } from '../blocks/reason-input.js';
import type { Respond } from '../connection/response-url.js';
import { acknowledge } from '../guard/acknowledge.js';
import { type AnswerDeps, answerInTime, type SubmissionArgs } from '../guard/answer-in-time.js';
import { answerPress, type PressArgs, sayNotOpened } from '../guard/press.js';
import type { Progress } from '../guard/progress.js';
import { endedModal, isProposed } from './open-proposal.js';
import { type Decision, type SettleDeps, settle } from './settle.js';
import { readWithdraw, withdrawModal } from './withdraw-modal.js';

export interface WithdrawDeps extends AnswerDeps, SettleDeps {
  readonly store: Pick<Store, 'find'> & SettleDeps['store'];
  readonly access: Pick<Access, 'isAsker'>;
  readonly respond: Respond;
  readonly reason: ReasonRule;
  readonly now: () => Date;
}

/*
 * A brake, for the asker alone: who pressed stands under Slack's signature, and nothing else is asked, so it works when
 * the checks that guard a removal cannot be made.
 */

const ANSWER_MS = 2_500;
const WITHDRAWN: Record<Direction, string> = {
  remove: 'Your request is withdrawn. Nothing is removed by it. You can close this window.',
  add: 'Your request is withdrawn. Nobody is added by it. You can close this window.',
};
const DECIDED =
  'This has been decided already, so there is nothing left to withdraw. The message says how it goes.';

/** “Withdraw…”: asks for a reason, which need not be given. */
export async function onWithdraw(deps: WithdrawDeps, args: PressArgs, progress: Progress): Promise<void> {
  progress.isFor('look');
  const { body, action, client } = args;
  await acknowledge(() => args.ack(), deps.log);
  const state = await deps.store.find(action.value ?? '');
  if (!isProposed(state)) return answerPress(deps, args, NOT_FOUND);
  const { id, requestedBy } = state.request;
  if (!(await deps.access.isAsker(body.user.id, requestedBy)))
    return answerPress(deps, args, onlyAskerWithdraws(requestedBy));
  if (!isUndecided(state.proposal, deps.now())) return answerPress(deps, args, DECIDED);
  const viewId = await openView(client, body.trigger_id, withdrawModal(id, deps.reason));
  if (!viewId) await sayNotOpened(deps, args);
}

/** One transaction, which beats every decision that is not written yet. */
export async function onWithdrawn(
  deps: WithdrawDeps,
  args: SubmissionArgs,
  progress: Progress,
): Promise<void> {
  progress.isFor('withdrawal');
  const { requestId, reason } = readWithdraw(args.view);
  const waiting = { ms: ANSWER_MS, loading: RECORDING, progress };
  await answerInTime(deps, args, waiting, async () => ({
    view: await withdraw(deps, args, progress, { requestId, reason }),
  }));
}

async function withdraw(
  deps: WithdrawDeps,
  { body }: SubmissionArgs,
  progress: Progress,
  { requestId, reason }: { readonly requestId: string; readonly reason: string | null },
): Promise<ModalView> {
  const state: RequestState | null = await deps.store.find(requestId);
  if (!isProposed(state)) return noticeModal('Not found', NOT_FOUND);
  const at = deps.now();
  const { requestedBy } = state.request;
  if (!(await deps.access.isAsker(body.user.id, requestedBy)))
    return refusedModal(onlyAskerWithdraws(requestedBy));
  if (!isUndecided(state.proposal, at)) return endedModal(state.proposal);
  // The same person may have pressed under another ID (Enterprise): the request knows them by the one they asked under.
  const decision: Decision = {
    by: requestedBy,
    at,
    kind: 'withdrawn',
    decide: (current) => withdrawProposal(current, requestedBy, reason, at),
    done: () => noticeModal('Withdrawn', WITHDRAWN[directionOf(state.proposal.wanted)]),
  };
  return settle(deps, state, decision, progress);
}
