import type { App, BlockAction, ButtonAction, ViewClosedAction, ViewSubmitAction } from '@slack/bolt';
import { ADD_BACK_MODAL } from './add-back/add-back-modal.js';
import { type AddBackDeps, onAddBack, onAddBackConfirmed } from './add-back/on-add-back.js';
import { LOADING_MODAL } from './blocks/notice-modals.js';
import { BACK } from './blocks/origin.js';
import { COMMAND, type CommandDeps, onCommand } from './command/command.js';
import { DECISION_MODAL } from './decision/decision-modal.js';
import { DECLINE, DECLINE_MODAL } from './decision/decline-modal.js';
import { type DecisionDeps, onDecision } from './decision/on-decision.js';
import { type DeclineDeps, onDecline, onDeclined } from './decision/on-decline.js';
import { type DecisionReviewDeps, onReview } from './decision/on-review.js';
import { replyToCommand, replyToPress, replyToSubmission } from './guard/error-replies.js';
import type { Guards } from './guard/guard.js';
import { ADD_BACK, RETRY, REVIEW, STOP } from './message/message-buttons.js';
import { onBack } from './request/on-back.js';
import { onClosed, onMember, onRequest, type RequestDeps } from './request/on-request.js';
import { REQUEST_MODAL } from './request/request-modal.js';
import { onRetry, type RetryDeps } from './retry/on-retry.js';
import { MEMBER_MODAL } from './review/members-blocks.js';
import { type ApprovalDeps, onApproval } from './review/on-approval.js';
import { REVIEW_MODAL } from './review/review-modal.js';
import { onStop, type StopDeps } from './stop/on-stop.js';

/** Everything that the dialogues together need. */
export type SlackDeps = CommandDeps &
  RequestDeps &
  ApprovalDeps &
  DecisionDeps &
  DeclineDeps &
  DecisionReviewDeps &
  AddBackDeps &
  StopDeps &
  RetryDeps;

/** Every way in, one line each: its name, what it does, and what people hear when it fails. */
export function registerListeners(app: App, deps: SlackDeps, { guard }: Guards): void {
  const replyBelow = replyToCommand.bind(null, deps);
  const replyInView = replyToSubmission.bind(null, deps);
  const replyBeside = replyToPress.bind(null, deps);
  app.command(COMMAND, guard('command', onCommand.bind(null, deps), replyBelow));
  app.view<ViewSubmitAction>(REQUEST_MODAL, guard('request', onRequest.bind(null, deps), replyInView));
  app.view<ViewSubmitAction>(MEMBER_MODAL, guard('member', onMember.bind(null, deps), replyInView));
  app.view<ViewSubmitAction>(REVIEW_MODAL, guard('approval', onApproval.bind(null, deps), replyInView));
  app.view<ViewSubmitAction>(DECISION_MODAL, guard('decision', onDecision.bind(null, deps), replyInView));
  app.view<ViewSubmitAction>(DECLINE_MODAL, guard('declined', onDeclined.bind(null, deps), replyInView));
  app.view<ViewSubmitAction>(
    ADD_BACK_MODAL,
    guard('add-back confirmed', onAddBackConfirmed.bind(null, deps), replyInView),
  );
  app.view<ViewClosedAction>(
    LOADING_CLOSED,
    guard('closed', onClosed.bind(null, deps), ({ ack }) => ack()),
  );
  app.action<BlockAction<ButtonAction>>(BACK, guard('back', onBack.bind(null, deps), replyBeside));
  app.action<BlockAction<ButtonAction>>(STOP, guard('stop', onStop.bind(null, deps), replyBeside));
  app.action<BlockAction<ButtonAction>>(RETRY, guard('retry', onRetry.bind(null, deps), replyBeside));
  app.action<BlockAction<ButtonAction>>(ADD_BACK, guard('add-back', onAddBack.bind(null, deps), replyBeside));
  app.action<BlockAction<ButtonAction>>(REVIEW, guard('review', onReview.bind(null, deps), replyBeside));
  app.action<BlockAction<ButtonAction>>(DECLINE, guard('decline', onDecline.bind(null, deps), replyBeside));
}

const LOADING_CLOSED = { callback_id: LOADING_MODAL, type: 'view_closed' } as const;
