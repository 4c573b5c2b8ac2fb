import { approve, approveWithin, type Recorded } from '../../removal/approve.js';
import type { Limits, OverLimit } from '../../removal/limit.js';
import type { Store } from '../../removal/ports.js';
import { needsApproval } from '../../removal/proposal.js';
import type { Access } from '../access/access.js';
import type { ApprovalConfig } from '../access/access-config.js';
import { type AccessCheck, checkOf } from '../access/check.js';
import { noticeModal, RECORDING, refusedModal } from '../blocks/notice-modals.js';
import { mistakeInReason, type ReasonRule } from '../blocks/reason-input.js';
import { shownIn } from '../blocks/shown-text.js';
import { type AskDeps, askForApproval } from '../decision/ask.js';
import { type Answer, type AnswerDeps, answerInTime, type SubmissionArgs } from '../guard/answer-in-time.js';
import type { Progress } from '../guard/progress.js';
import { readSending } from '../message/pause-words.js';
import { NOTE_INPUT, readApproval } from './approval-modal.js';
import { becauseOfLimit, tooManyAlone } from './beyond-limit.js';
import { CHATS_INPUT } from './chats-blocks.js';
import { cannotRecord, notRecorded, trackedBy, trackedWithin } from './not-recorded.js';
import { mistakesInChoice, peopleFields } from './people-chosen.js';
import { recordedView, standingOf } from './recorded.js';
import { approvedBeforeModal, approvedModal, recordedBlocks } from './recorded-modal.js';
import { requestOf, type Submission } from './submission.js';

export interface ApprovalDeps extends AnswerDeps, AskDeps {
  readonly store: Pick<Store, 'record' | 'recordWithin' | 'recordedFrom' | 'find' | 'pause'>;
  readonly access: Pick<Access, 'check' | 'noteBeyondLimit'>;
  readonly approval: ApprovalConfig;
  /** Of one person, without anybody else's approval; null: as many as they like. */
  readonly removalsPerHour: number | null;
  readonly reason: ReasonRule;
  readonly now: () => Date;
  readonly newId: () => string;
}

const NOT_WANTED = 'You closed the window before this was recorded. Nothing was removed by this step.';
/** Checking who may is quick, and writing ends by itself before this (see `Store`). */
const ANSWER_MS = 2_500;

/** The review was approved: if this person may, record it or ask others first. From here on the loop does the rest. */
export async function onApproval(
  deps: ApprovalDeps,
  args: SubmissionArgs,
  progress: Progress,
): Promise<void> {
  const { wanted, origin, note } = readApproval(args.view);
  const mistakes =
    peopleFields(args.view).length > 0 ? mistakesInChoice(args.view) : noneChosen(wanted.length);
  const mistake = mistakeInReason(deps.reason, note);
  if (mistakes || mistake) {
    const errors = { ...mistakes, ...(mistake && { [NOTE_INPUT]: mistake }) };
    return args.ack({ response_action: 'errors', errors });
  }
  const request = requestOf(args.body, origin, { id: deps.newId(), note, createdAt: deps.now() });
  const submission = { request, wanted, origin, progress, shown: shownIn(args.view) };
  const waiting = { ms: ANSWER_MS, loading: RECORDING, progress };
  await answerInTime(deps, args, waiting, (signal) =>
    record(deps, args, submission, signal).catch((error: unknown) => {
      deps.log.error({ err: error, progress: progress.stage }, 'An approval could not be recorded');
      return notRecorded(progress, origin);
    }),
  );
}

function noneChosen(count: number): Record<string, string> | null {
  return count === 0 ? { [CHATS_INPUT]: 'Choose at least one chat.' } : null;
}

async function record(
  deps: ApprovalDeps,
  { body }: SubmissionArgs,
  submission: Submission,
  signal: AbortSignal,
): Promise<Answer> {
  const { origin, wanted, progress, request } = submission;
  const earlier = await deps.store.recordedFrom(request.viewId);
  if (earlier.length > 0) progress.foundRecorded();
  const notDone = earlier.length > 0 ? 'Nothing more was recorded.' : undefined;
  const check = checkOf(body, origin);
  const refused = await deps.access.check(check, notDone);
  if (refused) return refuse(deps, refused.sentence, earlier);
  if (signal.aborted) return { view: noticeModal('Not recorded', NOT_WANTED) };
  return needsApproval(deps.approval, wanted.length)
    ? ask(deps, submission)
    : approveAtOnce(deps, check, submission);
}

function ask(deps: ApprovalDeps, submission: Submission): Promise<Answer> {
  submission.progress.isFor('request');
  const cannotAsk = (sentence: string) => cannotRecord(sentence, submission.origin);
  return askForApproval(deps, submission, { cannotAsk });
}

/** What was recorded from this window before, by a press whose acknowledgement was lost, is not undone by a refusal. */
async function refuse(deps: ApprovalDeps, sentence: string, earlier: Recorded['requests']): Promise<Answer> {
  const view = refusedModal(sentence);
  if (earlier.length === 0) return { view };
  return { view: { ...view, blocks: [...view.blocks, ...recordedBlocks(await standingOf(deps, earlier))] } };
}

/** One person has had enough removed alone: others are asked, or where none is named, it has to wait. */
async function beyondLimit(
  deps: ApprovalDeps,
  check: AccessCheck,
  submission: Submission,
  over: OverLimit,
): Promise<Answer> {
  const { users, groups } = deps.approval.approvers;
  if (users.length + groups.length > 0) return becauseOfLimit(await ask(deps, submission), over);
  const sentence = tooManyAlone(over, deps.now());
  deps.access.noteBeyondLimit(check, sentence);
  return cannotRecord(sentence, submission.origin);
}

function limitsOf({ approval, removalsPerHour }: ApprovalDeps): Limits {
  return { bulkAbove: approval.when === 'bulk' ? approval.bulkAbove : null, perHour: removalsPerHour };
}

async function approveAtOnce(
  deps: ApprovalDeps,
  check: AccessCheck,
  submission: Submission,
): Promise<Answer> {
  const { request, wanted, shown, progress } = submission;
  progress.isFor('approval');
  const limits = limitsOf(deps);
  const isFree = limits.bulkAbove === null && limits.perHour === null;
  const recorded = isFree
    ? await approve(trackedBy(progress, deps.store), request, wanted, shown)
    : await approveWithin(limits, trackedWithin(progress, deps.store), request, wanted, shown);
  if ('limit' in recorded) return beyondLimit(deps, check, submission, recorded);
  progress.foundRecorded();
  deps.wake();
  if (recorded.isNew) deps.log.info({ request: request.id, user: request.requestedBy }, 'Removal approved');
  const usual = {
    standing: 'approved',
    now: approvedModal(await readSending(deps.store, deps.log)),
    before: approvedBeforeModal(),
  } as const;
  return { view: await recordedView(deps, recorded, wanted, usual) };
}
