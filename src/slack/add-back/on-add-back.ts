import { approve } from '../../removal/approve.js';
import type { Log, Store } from '../../removal/ports.js';
import type { Request, Wanted } from '../../removal/request.js';
import { canBeAddedBack, type RequestState } from '../../removal/state.js';
import type { Refused } from '../access/access.js';
import { type Actor, type AdmitDeps, checkOnRequest, teamOf } from '../access/admit.js';
import { failedModal, loadingModal, noticeModal, refusedModal } from '../blocks/notice-modals.js';
import { openView } from '../blocks/open-view.js';
import { escapeMrkdwn } from '../blocks/text.js';
import { acknowledge } from '../guard/acknowledge.js';
import { type Answer, type AnswerDeps, answerInTime, type SubmissionArgs } from '../guard/answer-in-time.js';
import { answerPress, NOT_FOUND, NOT_OPENED, type PressArgs } from '../guard/press.js';
import type { Progress } from '../guard/progress.js';
import { addingBackModal } from '../review/recorded-modal.js';
import { ADD_BACK_CHATS, addBackModal, readAddBack } from './add-back-modal.js';

export interface AddBackDeps extends AdmitDeps, AnswerDeps {
  readonly store: Pick<Store, 'find' | 'record' | 'recordedFrom'>;
  readonly wake: () => void;
  readonly log: Log;
  readonly now: () => Date;
  readonly newId: () => string;
}

const TITLE = 'Add back';
const NOTHING_LEFT =
  'There is nobody to add back here any more: that is possible for 24 hours after a removal is confirmed, once for each chat. Nothing was changed. You can still add the person from a phone.';
const TAKEN =
  'What you chose is being added back already, or its time is over. Nothing was changed by this. The thread of the message says how it stands.';
const NOT_RECORDED =
  'This could not be recorded, so nobody is added. Please press “Add back…” again in a moment.';
/** Who may is asked quickly, and writing ends by itself before this. */
const ANSWER_MS = 2_500;

/** “Add back…”: asks whether that is really meant. Nothing happens before it is confirmed. */
export async function onAddBack(deps: AddBackDeps, args: PressArgs): Promise<void> {
  const { body, action, ack, client } = args;
  await acknowledge(() => ack(), deps.log);
  const viewId = await openView(client, body.trigger_id, loadingModal('One moment …'));
  if (!viewId) return answerPress(deps.respond, args, NOT_OPENED);
  const opened = await openRequest(deps, body, action.value ?? '');
  const view = opened.ok
    ? addBackModal(opened.state.request.id, canBeAddedBack(opened.state, deps.now()))
    : opened.view;
  await deps.replaceView(client, viewId, view);
}

/** It was confirmed: record it as a request of its own, then the loop does the rest. */
export async function onAddBackConfirmed(
  deps: AddBackDeps,
  args: SubmissionArgs,
  progress: Progress,
): Promise<void> {
  const { requestId, chatIds } = readAddBack(args.view);
  if (chatIds.length === 0) {
    return args.ack({ response_action: 'errors', errors: { [ADD_BACK_CHATS]: 'Choose at least one chat.' } });
  }
  const time = { ms: ANSWER_MS, loading: 'Recording …', progress };
  await answerInTime(deps, args, time, () => confirm(deps, args, { requestId, chatIds }, progress));
}

async function confirm(
  deps: AddBackDeps,
  { body }: SubmissionArgs,
  { requestId, chatIds }: ReturnType<typeof readAddBack>,
  progress: Progress,
): Promise<Answer> {
  const opened = await openRequest(deps, body, requestId, body.view.id);
  if (!opened.ok) return { view: opened.view };
  const request = requestOf(deps, body, opened.state.request);
  const isChosen = ({ chatId }: Pick<Wanted, 'chatId'>) => chatIds.includes(chatId);
  const wanted = canBeAddedBack(opened.state, request.createdAt).filter(isChosen).map(toWanted);
  try {
    const recorded = await progress.during(() => approve(deps.store, request, wanted, null));
    progress.settle(true);
    deps.wake();
    if (recorded.isNew)
      deps.log.info({ request: request.id, undoes: requestId, user: body.user.id }, 'Adding back confirmed');
    if (recorded.requests.length === 0) return { view: noticeModal(TITLE, TAKEN) };
    const submitted = opened.state.changes.filter(isChosen).map(toWanted);
    return { view: addingBackModal(recorded, submitted) };
  } catch (error) {
    deps.log.error({ err: error }, 'Adding back could not be recorded');
    progress.settle(false);
    return { view: failedModal(NOT_RECORDED, null) };
  }
}

function toWanted({ id, chatId, chatName, handle }: RequestState['changes'][number]): Wanted {
  return { chatId, chatName, handle, direction: 'add', wasSeen: true, undoes: id };
}

/** Told in the thread of the message it undoes, so it has no `response_url` of its own. */
function requestOf(deps: AddBackDeps, body: SubmissionArgs['body'], undone: Request): Request {
  return {
    ...undone,
    id: deps.newId(),
    viewId: body.view.id,
    teamId: teamOf(body),
    requestedBy: body.user.id,
    note: null,
    responseUrl: null,
    createdAt: deps.now(),
    approvedBy: [],
    stoppedBy: null,
    undoes: undone.id,
  };
}

type Opened =
  | { readonly ok: true; readonly state: RequestState }
  | { readonly ok: false; readonly view: ReturnType<typeof noticeModal> };

/** The request, for a person who may and while there is something to undo; a window confirmed before counts as well. */
async function openRequest(
  deps: AddBackDeps,
  actor: Actor,
  requestId: string,
  viewId?: string,
): Promise<Opened> {
  const state = await deps.store.find(requestId);
  if (!state) return { ok: false, view: noticeModal(TITLE, NOT_FOUND) };
  const refused =
    (await deps.access.check(checkOnRequest(state, actor))) ?? onlyForAsker(state.request, actor);
  if (refused) return { ok: false, view: refusedModal(refused.sentence) };
  const known = viewId !== undefined && (await deps.store.recordedFrom(viewId)).length > 0;
  if (known || canBeAddedBack(state, deps.now()).length > 0) return { ok: true, state };
  return { ok: false, view: noticeModal(TITLE, NOTHING_LEFT) };
}

/** What one person had done, that person may undo. */
function onlyForAsker({ requestedBy }: Request, { user }: Actor): Refused {
  if (user.id === requestedBy) return null;
  return { sentence: `Only <@${escapeMrkdwn(requestedBy)}>, who asked for the removal, can add them back.` };
}
