import type { ViewSubmitAction } from '@slack/bolt';
import { approve } from '../../removal/approve.js';
import type { Store } from '../../removal/ports.js';
import { needsApproval } from '../../removal/proposal.js';
import type { Request, Wanted } from '../../removal/request.js';
import { type AdmitDeps, checkOf, teamOf } from '../access/admit.js';
import { failedModal, noticeModal, refusedModal } from '../blocks/notice-modals.js';
import type { Origin } from '../blocks/origin.js';
import { shownIn } from '../blocks/shown-text.js';
import { type AskDeps, askForApproval } from '../decision/ask.js';
import { type Answer, type AnswerDeps, answerInTime, type SubmissionArgs } from '../guard/answer-in-time.js';
import type { Progress } from '../guard/progress.js';
import { CHATS_INPUT, namesChosen } from './chats-blocks.js';
import { approvedModal } from './recorded-modal.js';
import { NOTE_INPUT, readApproval } from './review-modal.js';

export interface ApprovalDeps extends AdmitDeps, AnswerDeps, AskDeps {
  readonly store: Pick<Store, 'record' | 'recordedFrom'>;
  readonly newId: () => string;
}

/** What one submission is about, and how far it has come. */
interface Submission {
  readonly request: Request;
  readonly wanted: readonly Wanted[];
  readonly origin: Origin;
  readonly shown: string;
  readonly progress: Progress;
}

const NOT_RECORDED =
  'The approval could not be recorded, so nothing was removed. Please press Remove again in a moment.';
const NOT_WANTED = 'You closed the window before this was recorded. Nothing was removed.';
/** Checking who may is quick, and writing ends by itself before this (see `recordInTime`). */
const ANSWER_MS = 2_500;

/** The review was approved: if this person may, record it or ask others first. From here on the loop does the rest. */
export async function onApproval(
  deps: ApprovalDeps,
  args: SubmissionArgs,
  progress: Progress,
): Promise<void> {
  const { chatIds, handle, origin, note } = readApproval(args.view);
  if (chatIds.length === 0) {
    return args.ack({ response_action: 'errors', errors: { [CHATS_INPUT]: 'Choose at least one chat.' } });
  }
  const names = namesChosen(args.view);
  const wanted = chatIds.map((chatId) => ({
    chatId,
    chatName: names.get(chatId) ?? null,
    handle,
    direction: 'remove' as const,
    wasSeen: origin.seen,
    undoes: null,
  }));
  await answerInTime(deps, args, { ms: ANSWER_MS, loading: 'Recording …', progress }, async (signal) => {
    const refused = await deps.access.check(checkOf(args.body, origin));
    if (refused) return { view: refusedModal(refused.sentence) };
    if (signal.aborted) return { view: noticeModal('Not recorded', NOT_WANTED) };
    const request = requestOf(deps, args.body, origin, note);
    const submission = { request, wanted, origin, shown: shownIn(args.view), progress };
    return needsApproval(deps.approval, wanted.length)
      ? askForApproval(deps, { ...submission, signal })
      : approveAtOnce(deps, submission);
  });
}

async function approveAtOnce(deps: ApprovalDeps, submission: Submission): Promise<Answer> {
  const { request, wanted, origin, shown, progress } = submission;
  try {
    const recorded = await progress.during(() => approve(deps.store, request, wanted, shown));
    progress.settle(true);
    deps.wake();
    if (recorded.isNew) deps.log.info({ request: request.id, user: request.requestedBy }, 'Removal approved');
    return { view: approvedModal(recorded, wanted) };
  } catch (error) {
    deps.log.error({ err: error }, 'An approval could not be recorded');
    progress.settle(false);
    return notRecorded(origin);
  }
}

/** The window stays, so that pressing again is enough. */
function notRecorded(origin: Origin): Answer {
  return { errors: { [NOTE_INPUT]: NOT_RECORDED }, late: failedModal(NOT_RECORDED, origin) };
}

function requestOf(deps: ApprovalDeps, body: ViewSubmitAction, origin: Origin, note: string | null): Request {
  return {
    id: deps.newId(),
    viewId: body.view.id,
    teamId: teamOf(body),
    channelId: origin.channel,
    threadTs: null,
    requestedBy: body.user.id,
    note,
    responseUrl: origin.responseUrl,
    commandHadText: origin.commandHadText,
    createdAt: deps.now(),
    approvedBy: [],
    stoppedBy: null,
    undoes: null,
  };
}
