import { declineProposal } from '../../removal/decide.js';
import type { Log } from '../../removal/ports.js';
import { type Direction, directionOf } from '../../removal/request.js';
import { noticeModal, RECORDING } from '../blocks/notice-modals.js';
import type { ViewDeps } from '../blocks/open-view.js';
import { mistakeInReason, type ReasonRule } from '../blocks/reason-input.js';
import { acknowledge } from '../guard/acknowledge.js';
import { type Answer, type AnswerDeps, answerInTime, type SubmissionArgs } from '../guard/answer-in-time.js';
import type { PressArgs } from '../guard/press.js';
import type { Progress } from '../guard/progress.js';
import { declineModal, REASON_INPUT, readDecision, readDecline } from './decline-modal.js';
import { type OpenDeps, openToDecline } from './open-proposal.js';
import { type Decision, type SettleDeps, settle } from './settle.js';

export interface DeclineDeps extends AnswerDeps, OpenDeps, SettleDeps {
  readonly store: OpenDeps['store'] & SettleDeps['store'];
  readonly reason: ReasonRule;
}

const ANSWER_MS = 2_500;

const NOT_DONE: Record<Direction, string> = { remove: 'Nothing is removed.', add: 'Nobody is added back.' };
const WHO_READS =
  'The person who asked reads your reason in the conversation, unless another organisation reads there too.';

/** Decline: asks why. It shows nothing and changes nothing, so who may is asked when it is submitted. */
export async function onDecline(
  deps: ViewDeps & { readonly log: Log },
  { body, ack, client }: PressArgs,
  progress: Progress,
): Promise<void> {
  progress.isFor('look');
  await acknowledge(() => ack(), deps.log);
  const { view } = body;
  if (view) await deps.replaceView(client, view.id, declineModal(readDecision(view)), view.hash);
}

/** The reason was given. */
export async function onDeclined(deps: DeclineDeps, args: SubmissionArgs, progress: Progress): Promise<void> {
  progress.isFor('decision');
  const { requestId, reason } = readDecline(args.view);
  const mistake = reason ? mistakeInReason(deps.reason, reason) : 'Say why, in a few words.';
  if (mistake) return args.ack({ response_action: 'errors', errors: { [REASON_INPUT]: mistake } });
  const waiting = { ms: ANSWER_MS, loading: RECORDING, progress };
  await answerInTime(deps, args, waiting, () => decline(deps, args, progress, { requestId, reason }));
}

async function decline(
  deps: DeclineDeps,
  { body }: SubmissionArgs,
  progress: Progress,
  { requestId, reason }: { readonly requestId: string; readonly reason: string },
): Promise<Answer> {
  const opened = await openToDecline(deps, body, requestId);
  if (!opened.ok) return { view: opened.view };
  const [by, at] = [body.user.id, deps.now()];
  const decision: Decision = {
    by,
    at,
    kind: 'declined',
    decide: (state) => declineProposal(state, by, reason, at),
    done: () =>
      noticeModal('Declined', `${NOT_DONE[directionOf(opened.state.proposal.wanted)]} ${WHO_READS}`),
  };
  return { view: await settle(deps, opened.state, decision, progress) };
}
