import type { ViewSubmitAction } from '@slack/bolt';
import { type Approved, approve } from '../../removal/approve.js';
import { needsApproval } from '../../removal/proposal.js';
import type { Request } from '../../removal/removal.js';
import { attemptOf } from '../access/admit.js';
import { approvedModal, failedModal, noticeModal, refusedModal } from '../blocks/notice-modals.js';
import type { Origin } from '../blocks/origin.js';
import { shownIn } from '../blocks/shown-text.js';
import { askForApproval } from '../decision/ask.js';
import { type Answer, answerInTime, type SubmissionArgs } from '../guard/answer-in-time.js';
import type { SlackDeps } from '../listeners.js';
import { CHATS_INPUT, namesChosen } from './chats-blocks.js';
import { NOTE_INPUT, readApproval } from './review-modal.js';

export interface ApprovalArgs extends SubmissionArgs {
  readonly body: ViewSubmitAction;
}

const NOT_RECORDED =
  'The approval could not be recorded, so nothing was removed. Please press Remove again in a moment.';
const NOT_WANTED = 'You closed the window before this was recorded. Nothing was removed.';
/** Checking who may is quick, and writing ends by itself before this (see `recordInTime`). */
const ANSWER_MS = 2_500;

/** The review was approved: if this person may, record it or ask somebody else first. From here on the loop does the rest. */
export async function onApproval(deps: SlackDeps, args: ApprovalArgs): Promise<void> {
  const { chatIds, handle, origin, note } = readApproval(args.view);
  if (chatIds.length === 0) {
    return args.ack({ response_action: 'errors', errors: { [CHATS_INPUT]: 'Choose at least one chat.' } });
  }
  const names = namesChosen(args.view);
  const chats = chatIds.map((chatId) => ({ chatId, handle, chatName: names.get(chatId) ?? null }));
  await answerInTime(deps, args, { ms: ANSWER_MS, loading: 'Recording …' }, async (signal) => {
    const refused = await deps.access.check(attemptOf(args.body, origin));
    if (refused) return { view: refusedModal(refused.sentence) };
    if (signal.aborted) return { view: noticeModal('Not recorded', NOT_WANTED) };
    const request = requestOf(deps, args.body, origin, note);
    const shown = shownIn(args.view);
    return needsApproval(deps.approval, chats.length)
      ? askForApproval(deps, request, chats, { origin, shown, signal })
      : approveAtOnce(deps, request, chats, { origin, shown });
  });
}

async function approveAtOnce(
  deps: SlackDeps,
  request: Request,
  chats: readonly Approved[],
  { origin, shown }: { readonly origin: Origin; readonly shown: string },
): Promise<Answer> {
  const recorded = await record(deps, request, chats, shown);
  if (recorded === 'failed') return notRecorded(origin);
  deps.wake();
  if (recorded === 'new')
    deps.log.info({ request: request.id, user: request.requestedBy }, 'Removal approved');
  return { view: approvedModal() };
}

/** The window stays, so that pressing again is enough. */
function notRecorded(origin: Origin): Answer {
  return { errors: { [NOTE_INPUT]: NOT_RECORDED }, late: failedModal(NOT_RECORDED, origin) };
}

function requestOf(deps: SlackDeps, body: ViewSubmitAction, origin: Origin, note: string | null): Request {
  return {
    id: deps.newId(),
    viewId: body.view.id,
    teamId: body.team?.id ?? body.user.team_id ?? '',
    channelId: origin.channel,
    requestedBy: body.user.id,
    note,
    responseUrl: origin.responseUrl,
    commandHadText: origin.commandHadText,
    createdAt: deps.now(),
    approvedBy: null,
    stoppedBy: null,
  };
}

async function record(deps: SlackDeps, request: Request, chats: readonly Approved[], shown: string) {
  try {
    return (await approve(deps.store, request, chats, shown)) ? 'new' : 'known';
  } catch (error) {
    deps.log.error({ err: error }, 'An approval could not be recorded');
    return 'failed';
  }
}
