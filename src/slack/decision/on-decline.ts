import { noticeModal } from '../blocks/notice-modals.js';
import { replaceView } from '../blocks/open-view.js';
import { acknowledge } from '../guard/acknowledge.js';
import { answerInTime } from '../guard/answer-in-time.js';
import type { SlackDeps } from '../listeners.js';
import type { PressArgs } from '../stop/on-stop.js';
import { readDecision } from './decision-modal.js';
import { declineModal, REASON_INPUT, readDecline } from './decline-modal.js';
import type { DecisionArgs } from './on-decision.js';
import { openProposal } from './open-proposal.js';
import { settle } from './settle.js';

const ANSWER_MS = 2_500;

/** Decline: asks why. It shows nothing and changes nothing, so who may is asked when it is submitted. */
export async function onDecline(deps: SlackDeps, { body, ack, client }: PressArgs): Promise<void> {
  await acknowledge(() => ack(), deps.log);
  const { view } = body;
  if (view) await replaceView(client, view.id, declineModal(readDecision(view).requestId), view.hash);
}

/** The second person declined. */
export async function onDeclined(deps: SlackDeps, args: DecisionArgs): Promise<void> {
  const { requestId, reason } = readDecline(args.view);
  if (!reason)
    return args.ack({ response_action: 'errors', errors: { [REASON_INPUT]: 'Say why, in a few words.' } });
  await answerInTime(deps, args, { ms: ANSWER_MS, loading: 'Recording …' }, async () => {
    const opened = await openProposal(deps, args.body, requestId);
    if (!opened.ok) return { view: opened.view };
    const decision = { kind: 'declined', by: args.body.user.id, at: deps.now(), reason } as const;
    const done = noticeModal(
      'Declined',
      'Nothing is removed. The person who asked reads your reason in the conversation.',
    );
    return { view: await settle(deps, opened.subject, decision, done) };
  });
}
