import { declineProposal } from '../../removal/decide.js';
import type { Log } from '../../removal/ports.js';
import { noticeModal } from '../blocks/notice-modals.js';
import type { ViewDeps } from '../blocks/open-view.js';
import { acknowledge } from '../guard/acknowledge.js';
import { type AnswerDeps, answerInTime, type SubmissionArgs } from '../guard/answer-in-time.js';
import type { PressArgs } from '../guard/press.js';
import type { Progress } from '../guard/progress.js';
import { readDecision } from './decision-modal.js';
import { declineModal, REASON_INPUT, readDecline } from './decline-modal.js';
import { type OpenDeps, openProposal } from './open-proposal.js';
import { type SettleDeps, settle } from './settle.js';

export interface DeclineDeps extends AnswerDeps, SettleDeps {
  readonly access: OpenDeps['access'];
  readonly store: OpenDeps['store'] & SettleDeps['store'];
}

const ANSWER_MS = 2_500;
const DECLINED = 'Nothing is removed. The person who asked reads your reason in the conversation.';

/** Decline: asks why. It shows nothing and changes nothing, so who may is asked when it is submitted. */
export async function onDecline(
  { log, replaceView }: ViewDeps & { readonly log: Log },
  { body, ack, client }: PressArgs,
): Promise<void> {
  await acknowledge(() => ack(), log);
  const { view } = body;
  if (view) await replaceView(client, view.id, declineModal(readDecision(view).requestId), view.hash);
}

/** The approver declined. */
export async function onDeclined(deps: DeclineDeps, args: SubmissionArgs, progress: Progress): Promise<void> {
  const { requestId, reason } = readDecline(args.view);
  if (!reason)
    return args.ack({ response_action: 'errors', errors: { [REASON_INPUT]: 'Say why, in a few words.' } });
  await answerInTime(deps, args, { ms: ANSWER_MS, loading: 'Recording …', progress }, async () => {
    const opened = await openProposal(deps, args.body, requestId, 'checkDecline');
    if (!opened.ok) return { view: opened.view };
    const by = args.body.user.id;
    const at = deps.now();
    const decide = (state: Parameters<typeof declineProposal>[0]) => declineProposal(state, by, reason, at);
    const decision = { by, what: 'declined', decide, done: noticeModal('Declined', DECLINED) } as const;
    return { view: await settle(deps, opened.state, decision, progress) };
  });
}
