import type { App, BlockAction, ButtonAction, ViewClosedAction, ViewSubmitAction } from '@slack/bolt';
import type { CountryCode } from 'libphonenumber-js/max';
import type { ApprovalConfig } from '../config.js';
import type { History } from '../removal/history.js';
import type { LinqClient, Log, Store } from '../removal/ports.js';
import type { ProposalStore } from '../removal/proposal.js';
import type { Access } from './access/access.js';
import { ADD_BACK_MODAL } from './add-back/add-back-modal.js';
import { onAddBack, onAddBackConfirmed } from './add-back/on-add-back.js';
import { LOADING_MODAL } from './blocks/notice-modals.js';
import type { HandleDisplay } from './blocks/text.js';
import { COMMAND, onCommand } from './command/command.js';
import { DECISION_MODAL } from './decision/decision-modal.js';
import { DECLINE, DECLINE_MODAL } from './decision/decline-modal.js';
import { onDecision } from './decision/on-decision.js';
import { onDecline, onDeclined } from './decision/on-decline.js';
import { onReview } from './decision/on-review.js';
import { apologiseForCommand, apologiseForPress, apologiseForSubmission } from './guard/error-replies.js';
import type { Entrances } from './guard/guard.js';
import { ADD_BACK, RETRY, REVIEW, STOP } from './message-buttons.js';
import { onBack } from './request/on-back.js';
import { onClosed, onMember, onRequest } from './request/on-request.js';
import { REQUEST_MODAL } from './request/request-modal.js';
import type { Respond } from './response-url.js';
import type { LookUps } from './review/look-ups.js';
import { MEMBER_MODAL } from './review/members-blocks.js';
import { onApproval } from './review/on-approval.js';
import { BACK, REVIEW_MODAL } from './review/review-modal.js';
import { onRetry, onStop } from './stop/on-stop.js';

/** What the entrances need to turn a press into our words and show the answer. */
export interface SlackDeps {
  readonly linq: LinqClient;
  readonly store: Store;
  readonly history: History;
  readonly proposals: ProposalStore;
  /** Who may do what: asked at every entrance that shows or does something. */
  readonly access: Access;
  /** When a second person has to approve. */
  readonly approval: ApprovalConfig;
  /** Tells the loop that something became due. */
  readonly wake: () => void;
  readonly respond: Respond;
  readonly lookUps: LookUps;
  /** True when this trigger was seen before: the same command, delivered twice. */
  readonly isRepeated: (triggerId: string) => boolean;
  readonly log: Log;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly defaultCountry: CountryCode;
  readonly display: HandleDisplay;
}

/** Every way in, one line each: its name, what it does, and what people hear when it fails. */
export function registerListeners(app: App, deps: SlackDeps, { guard }: Entrances): void {
  const sorryBelow = apologiseForCommand.bind(null, deps);
  const sorryInView = apologiseForSubmission.bind(null, deps);
  const sorryForPress = apologiseForPress.bind(null, deps);
  app.command(COMMAND, guard('command', onCommand.bind(null, deps), sorryBelow));
  app.view<ViewSubmitAction>(REQUEST_MODAL, guard('request', onRequest.bind(null, deps), sorryInView));
  app.view<ViewSubmitAction>(MEMBER_MODAL, guard('member', onMember.bind(null, deps), sorryInView));
  app.view<ViewSubmitAction>(REVIEW_MODAL, guard('approval', onApproval.bind(null, deps), sorryInView));
  app.view<ViewSubmitAction>(DECISION_MODAL, guard('decision', onDecision.bind(null, deps), sorryInView));
  app.view<ViewSubmitAction>(DECLINE_MODAL, guard('declined', onDeclined.bind(null, deps), sorryInView));
  app.view<ViewSubmitAction>(
    ADD_BACK_MODAL,
    guard('add-back confirmed', onAddBackConfirmed.bind(null, deps), sorryInView),
  );
  app.view<ViewClosedAction>(
    LOADING_CLOSED,
    guard('closed', onClosed.bind(null, deps), ({ ack }) => ack()),
  );
  app.action<BlockAction<ButtonAction>>(BACK, guard('back', onBack.bind(null, deps), sorryForPress));
  app.action<BlockAction<ButtonAction>>(STOP, guard('stop', onStop.bind(null, deps), sorryForPress));
  app.action<BlockAction<ButtonAction>>(RETRY, guard('retry', onRetry.bind(null, deps), sorryForPress));
  app.action<BlockAction<ButtonAction>>(
    ADD_BACK,
    guard('add-back', onAddBack.bind(null, deps), sorryForPress),
  );
  app.action<BlockAction<ButtonAction>>(REVIEW, guard('review', onReview.bind(null, deps), sorryForPress));
  app.action<BlockAction<ButtonAction>>(DECLINE, guard('decline', onDecline.bind(null, deps), sorryForPress));
}

const LOADING_CLOSED = { callback_id: LOADING_MODAL, type: 'view_closed' } as const;
