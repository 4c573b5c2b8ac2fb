import type { ModalView } from '@slack/types';
import { approve, type Recorded } from '../../removal/approve.js';
import { type Change, endedBadly } from '../../removal/change.js';
import type { Store } from '../../removal/ports.js';
import { needsApproval } from '../../removal/proposal.js';
import type { Wanted } from '../../removal/request.js';
import { canBeAddedBack, type RequestState } from '../../removal/state.js';
import { failedModal, mentionModal, noticeModal, RECORDING } from '../blocks/notice-modals.js';
import { mistakeInReason, type ReasonRule } from '../blocks/reason-input.js';
import { shownIn } from '../blocks/shown-text.js';
import { type AskDeps, askForApproval } from '../decision/ask.js';
import { type Answer, type AnswerDeps, answerInTime, type SubmissionArgs } from '../guard/answer-in-time.js';
import type { Progress } from '../guard/progress.js';
import { andThen, readSending, type Sending } from '../message/pause-words.js';
import { trackedBy } from '../review/not-recorded.js';
import { recordedView, type UsualWords } from '../review/recorded.js';
import { ADD_BACK_CHATS, ADD_BACK_REASON, readAddBack } from './add-back-modal.js';
import { NOTHING_LEFT } from './on-add-back.js';
import { type OpenAddBackDeps, openAddBack, TITLE } from './open-add-back.js';
import { firstToEnd, requestOf, toWanted } from './undoing.js';

export interface ConfirmDeps extends AnswerDeps, AskDeps, OpenAddBackDeps {
  readonly store: Pick<Store, 'find' | 'record' | 'recordedFrom' | 'pause'>;
  readonly reason: ReasonRule;
  readonly now: () => Date;
  readonly newId: () => string;
}

function recordedModal(sending: Sending): ModalView {
  const words = `This is recorded${andThen(sending, 'Linq is being asked now')}`;
  return mentionModal(
    TITLE,
    `${words} How it goes is told in the thread of the message. You can close this window.`,
  );
}
const RECORDED_BEFORE =
  'This is recorded. How it goes is told in the thread of the message. You can close this window.';
const TAKEN =
  'What you chose, or a part of it, is being added back already, from another window. How that goes is told in the thread of the message. Nothing was changed by this. To see what is left, press “Add back…” again.';
const AGAIN = 'Please press “Add back…” again in a moment.';
const NOT_RECORDED = `This could not be recorded, so nobody is added by it. ${AGAIN}`;
const PERHAPS =
  'It is not known whether this was recorded: look into the thread of the message before you try again.';
/** Who may is asked quickly, and writing ends by itself before this. */
const ANSWER_MS = 2_500;

/** It was confirmed: record it as a request of its own, or ask others first. Then the loop does the rest. */
export async function onConfirmed(
  deps: ConfirmDeps,
  args: SubmissionArgs,
  progress: Progress,
): Promise<void> {
  progress.isFor('addition');
  const { requestId, changeIds, note } = readAddBack(args.view);
  if (changeIds.length === 0) {
    return args.ack({ response_action: 'errors', errors: { [ADD_BACK_CHATS]: 'Choose at least one.' } });
  }
  const mistake = mistakeInReason(deps.reason, note);
  if (mistake) return args.ack({ response_action: 'errors', errors: { [ADD_BACK_REASON]: mistake } });
  const waiting = { ms: ANSWER_MS, loading: RECORDING, progress };
  await answerInTime(deps, args, waiting, async () => {
    const opened = await openAddBack(deps, args.body, requestId);
    if (!opened.ok) return { view: opened.view };
    return record(deps, args, opened.state, { changeIds, note }, progress).catch((error: unknown) => {
      deps.log.error({ err: error, progress: progress.stage }, 'Adding back could not be recorded');
      const sentence = progress.stage === 'nothing-yet' ? NOT_RECORDED : PERHAPS;
      return { view: failedModal(sentence, null) };
    });
  });
}

/** What the window says where it shows all that was recorded from it. */
function usualWords(sending: Sending): UsualWords {
  return {
    standing: 'approved',
    now: recordedModal(sending),
    before: noticeModal(TITLE, RECORDED_BEFORE),
  };
}

async function record(
  deps: ConfirmDeps,
  { body, view }: SubmissionArgs,
  state: RequestState,
  { changeIds, note }: Omit<ReturnType<typeof readAddBack>, 'requestId'>,
  progress: Progress,
): Promise<Answer> {
  const { store, log } = deps;
  const at = deps.now();
  const viewId = body.view.id;
  const isChosen = ({ id }: Change) => changeIds.includes(id);
  const chosen = state.changes.filter(isChosen).map(toWanted);
  const undoable = canBeAddedBack(state, at).filter(isChosen);
  const possible = undoable.map(toWanted);
  const earlier = await store.recordedFrom(viewId);
  if (earlier.length > 0) progress.foundRecorded();
  if (possible.length === 0) {
    if (earlier.length === 0) return { view: noticeModal(TITLE, whyNothingToAdd(state, changeIds)) };
    return {
      view: await recordedView(deps, { isNew: false, requests: earlier }, chosen, usualWords('unknown')),
    };
  }
  const request = requestOf(body, state.request, { id: deps.newId(), createdAt: at, note });
  if (needsApproval(deps.approval, possible.length)) {
    const wish = { request, wanted: possible, shown: shownIn(view), progress };
    return askForApproval(deps, wish, {
      cannotAsk: (sentence) => ({ view: failedModal(sentence, null) }),
      endsAt: firstToEnd(undoable),
      isToldHere: state.status.place?.channel === state.request.channelId,
    });
  }
  const recorded = await approve(trackedBy(progress, store), request, possible, null);
  const { isNew, requests } = recorded;
  deps.wake();
  if (!isAllIn(requests, possible)) return { view: noticeModal(TITLE, TAKEN) };
  if (isNew)
    log.info({ request: request.id, undoes: state.request.id, user: body.user.id }, 'Adding back confirmed');
  return { view: await recordedView(deps, recorded, chosen, usualWords(await readSending(store, log))) };
}

function whyNothingToAdd({ addBacks }: RequestState, changeIds: readonly string[]): string {
  const isTaken = addBacks.some(
    (each) => each.undoes && changeIds.includes(each.undoes) && !endedBadly(each),
  );
  return isTaken ? TAKEN : NOTHING_LEFT;
}

function isAllIn(requests: Recorded['requests'], wanted: readonly Wanted[]): boolean {
  const recorded = requests.flatMap((each) => each.wanted.map(({ undoes }) => undoes));
  return wanted.every(({ undoes }) => recorded.includes(undoes));
}
