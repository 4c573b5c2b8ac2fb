import type {
  App,
  BlockAction,
  ButtonAction,
  GlobalShortcut,
  MessageShortcut,
  Middleware,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';
import { ADD_BACK_MODAL } from './add-back/add-back-modal.js';
import { type AddBackDeps, onAddBack } from './add-back/on-add-back.js';
import { type ConfirmDeps, onConfirmed } from './add-back/on-confirmed.js';
import { BACK } from './blocks/back-button.js';
import { LOADING_MODAL } from './blocks/notice-modals.js';
import { type CommandDeps, onCommand } from './command/command.js';
import { COMMAND } from './command/name.js';
import { DECISION_MODAL } from './decision/decision-modal.js';
import { DECLINE, DECLINE_MODAL } from './decision/decline-modal.js';
import { type DecisionDeps, onDecision } from './decision/on-decision.js';
import { type DeclineDeps, onDecline, onDeclined } from './decision/on-decline.js';
import { onReview, type ReviewProposalDeps } from './decision/on-review.js';
import { onWithdraw, onWithdrawn, type WithdrawDeps } from './decision/on-withdraw.js';
import { WITHDRAW_MODAL } from './decision/withdraw-modal.js';
import { replyToCommand, replyToPress, replyToShortcut, replyToSubmission } from './guard/error-replies.js';
import type { Guards } from './guard/guard.js';
import { DETAILS, HISTORY_MODAL, TURN } from './history/history-modal.js';
import { type DetailsDeps, onDetails } from './history/on-details.js';
import { onSearch, onTurn } from './history/on-turn.js';
import { LIST } from './history/request-details.js';
import { ADD_BACK, RECEIPT, RETRY, REVIEW, STOP, WITHDRAW } from './message/message-buttons.js';
import { onReceipt, type ReceiptDeps } from './receipt/on-receipt.js';
import { CHAT_MODAL } from './request/choose-chat-modal.js';
import { onBack } from './request/on-back.js';
import { onChat, onMember, onPerson, onRequest, type RequestDeps } from './request/on-request.js';
import { REQUEST_MODAL } from './request/request-modal.js';
import { PERSON_MODAL } from './request/which-person-modal.js';
import { onRetry, type RetryDeps } from './retry/on-retry.js';
import { REVIEW_MODAL } from './review/approval-modal.js';
import { MEMBER_MODAL } from './review/members-blocks.js';
import { type ApprovalDeps, onApproval } from './review/on-approval.js';
import { onClosed } from './review/on-closed.js';
import { EVERYWHERE, ON_MESSAGE } from './shortcut/names.js';
import { onGlobalShortcut } from './shortcut/on-global-shortcut.js';
import { type MessageShortcutDeps, onMessageShortcut } from './shortcut/on-message-shortcut.js';
import type { ShortcutArgs } from './shortcut/open-request.js';
import { onStop, type StopDeps } from './stop/on-stop.js';
import { onReviewPerson } from './where/on-review-person.js';
import { REVIEW_PERSON } from './where/where-answer.js';

/** What all dialogues need together; each takes only its own part. */
export type SlackDeps = CommandDeps &
  MessageShortcutDeps &
  RequestDeps &
  ApprovalDeps &
  ReviewProposalDeps &
  DecisionDeps &
  DeclineDeps &
  WithdrawDeps &
  StopDeps &
  RetryDeps &
  AddBackDeps &
  DetailsDeps &
  ReceiptDeps &
  ConfirmDeps;

/**
 * Every way in, one line each: its name, what it does, and what people hear when it fails. Bolt asks each of its
 * listeners about every request, which for some thirty took a tenth of a command's time: so submissions share one, and
 * buttons another.
 */
export function registerListeners(app: App, deps: SlackDeps, { guard }: Guards): void {
  const below = replyToCommand.bind(null, deps);
  const afterwards = replyToShortcut.bind(null, deps);
  const inView = replyToSubmission.bind(null, deps);
  const atButton = replyToPress.bind(null, deps);
  app.command(COMMAND, guard('command', onCommand.bind(null, deps), below));
  app.shortcut<MessageShortcut>(
    { type: 'message_action', callback_id: ON_MESSAGE },
    guard('message shortcut', onMessageShortcut.bind(null, deps), afterwards),
  );
  app.shortcut<GlobalShortcut>(
    { type: 'shortcut', callback_id: EVERYWHERE },
    guard<ShortcutArgs<GlobalShortcut>>('global shortcut', onGlobalShortcut.bind(null, deps), afterwards),
  );
  const submissions = new Map<string, Middleware<SlackViewMiddlewareArgs<ViewSubmitAction>>>([
    [REQUEST_MODAL, guard('request', onRequest.bind(null, deps), inView)],
    [PERSON_MODAL, guard('person', onPerson.bind(null, deps), inView)],
    [CHAT_MODAL, guard('chat', onChat.bind(null, deps), inView)],
    [MEMBER_MODAL, guard('member', onMember.bind(null, deps), inView)],
    [REVIEW_MODAL, guard('approval', onApproval.bind(null, deps), inView)],
    [DECISION_MODAL, guard('decision', onDecision.bind(null, deps), inView)],
    [DECLINE_MODAL, guard('declined', onDeclined.bind(null, deps), inView)],
    [WITHDRAW_MODAL, guard('withdrawn', onWithdrawn.bind(null, deps), inView)],
    [ADD_BACK_MODAL, guard('add-back confirmed', onConfirmed.bind(null, deps), inView)],
    [HISTORY_MODAL, guard('history search', onSearch.bind(null, deps), inView)],
  ]);
  const presses = new Map<string, Middleware<SlackActionMiddlewareArgs<Press>>>([
    [BACK, guard('back', onBack.bind(null, deps), atButton)],
    [STOP, guard('stop', onStop.bind(null, deps), atButton)],
    [RETRY, guard('retry', onRetry.bind(null, deps), atButton)],
    [RECEIPT, guard('receipt', onReceipt.bind(null, deps), atButton)],
    [ADD_BACK, guard('add-back', onAddBack.bind(null, deps), atButton)],
    [REVIEW_PERSON, guard('review a person', onReviewPerson.bind(null, deps), atButton)],
    [REVIEW, guard('review', onReview.bind(null, deps), atButton)],
    [WITHDRAW, guard('withdraw', onWithdraw.bind(null, deps), atButton)],
    [DECLINE, guard('decline', onDecline.bind(null, deps), atButton)],
  ]);
  for (const page of [TURN.newer, TURN.older, LIST])
    presses.set(page, guard('history page', onTurn.bind(null, deps), atButton));
  app.view<ViewSubmitAction>({ type: 'view_submission' }, async (args) =>
    submissions.get(args.view.callback_id)?.(args),
  );
  app.view<ViewClosedAction>(LOADING_CLOSED, guard('closed', onClosed.bind(null, deps), silently));
  app.action<Press>({ type: 'block_actions' }, async (args) => presses.get(args.action.action_id)?.(args));
  app.action<Press>(DETAILS_OF_A_LINE, guard('history details', onDetails.bind(null, deps), atButton));
}

type Press = BlockAction<ButtonAction>;

const DETAILS_OF_A_LINE = new RegExp(`^${DETAILS}_\\d+$`);
const LOADING_CLOSED = { callback_id: LOADING_MODAL, type: 'view_closed' } as const;
const silently = ({ ack }: { ack: () => Promise<void> }) => ack();
