import type { ViewSubmitAction } from '@slack/bolt';
import { additionFor, canBeAddedBack } from '../../removal/addition.js';
import type { Announceable } from '../../removal/ports.js';
import type { Request } from '../../removal/removal.js';
import type { Doer } from '../access/admit.js';
import { failedModal, loadingModal, noticeModal, refusedModal } from '../blocks/notice-modals.js';
import { openView, replaceView } from '../blocks/open-view.js';
import { escapeMrkdwn } from '../blocks/text.js';
import { acknowledge } from '../guard/acknowledge.js';
import { type Answer, answerInTime, type SubmissionArgs } from '../guard/answer-in-time.js';
import type { SlackDeps } from '../listeners.js';
import { ephemeral } from '../response-url.js';
import { attemptOn, NOT_FOUND, NOT_OPENED, type PressArgs } from '../stop/on-stop.js';
import { ADD_BACK_CHATS, addBackModal, readAddBack } from './add-back-modal.js';

export interface AddBackArgs extends SubmissionArgs {
  readonly body: ViewSubmitAction;
}

const TITLE = 'Add back';
const NOTHING_LEFT =
  'There is nobody to add back here any more: that is possible for 24 hours after a removal is confirmed, once for each chat. Nothing was changed. You can still add the person from a phone.';
const RECORDED =
  'This is recorded and Linq is being asked now. How it goes is told in the thread of the message. You can close this window.';
const NOT_RECORDED =
  'This could not be recorded, so nobody is added. Please press “Add back…” again in a moment.';
/** Who may is asked quickly, and writing ends by itself before this. */
const ANSWER_MS = 2_500;

/** “Add back…”: asks whether that is really meant. Nothing happens before it is confirmed. */
export async function onAddBack(deps: SlackDeps, { body, action, ack, client }: PressArgs): Promise<void> {
  await acknowledge(() => ack(), deps.log);
  const requestId = action.value ?? '';
  const viewId = await openView(client, body.trigger_id, loadingModal('One moment …'));
  if (viewId) {
    const opened = await openRequest(deps, body, requestId);
    const view = opened.ok
      ? addBackModal(requestId, canBeAddedBack(opened.subject, deps.now()))
      : opened.view;
    await replaceView(client, viewId, view);
  } else if (body.response_url) await deps.respond(body.response_url, ephemeral(NOT_OPENED));
}

/** It was confirmed: record it, then the loop does the rest. */
export async function onAddBackConfirmed(deps: SlackDeps, args: AddBackArgs): Promise<void> {
  const { requestId, chatIds } = readAddBack(args.view);
  if (chatIds.length === 0) {
    return args.ack({ response_action: 'errors', errors: { [ADD_BACK_CHATS]: 'Choose at least one chat.' } });
  }
  await answerInTime(deps, args, { ms: ANSWER_MS, loading: 'Recording …' }, () =>
    confirm(deps, args, requestId, chatIds),
  );
}

async function confirm(
  deps: SlackDeps,
  { body }: AddBackArgs,
  requestId: string,
  chatIds: readonly string[],
): Promise<Answer> {
  const opened = await openRequest(deps, body, requestId, body.view.id);
  if (!opened.ok) return { view: opened.view };
  const at = deps.now();
  const additions = canBeAddedBack(opened.subject, at)
    .filter(({ chatId }) => chatIds.includes(chatId))
    .map((removal) =>
      additionFor(removal, { id: deps.newId(), viewId: body.view.id, requestedBy: body.user.id, at }),
    );
  try {
    const recorded = await deps.store.approveAdditions(additions);
    if (recorded) deps.log.info({ request: requestId, user: body.user.id }, 'Adding back confirmed');
    deps.wake();
    return { view: noticeModal(TITLE, RECORDED) };
  } catch (error) {
    deps.log.error({ err: error }, 'Adding back could not be recorded');
    return { view: failedModal(NOT_RECORDED, null) };
  }
}

type Opened =
  | { readonly ok: true; readonly subject: Announceable }
  | { readonly ok: false; readonly view: ReturnType<typeof noticeModal> };

/** The request, for somebody who may and while there is somebody to add back; a view confirmed before counts as well. */
async function openRequest(deps: SlackDeps, doer: Doer, requestId: string, viewId?: string): Promise<Opened> {
  const subject = await deps.store.findRequest(requestId);
  if (!subject) return { ok: false, view: noticeModal(TITLE, NOT_FOUND) };
  const refused = (await deps.access.check(attemptOn(subject, doer))) ?? onlyForAsker(subject.request, doer);
  if (refused) return { ok: false, view: refusedModal(refused.sentence) };
  const known = subject.additions.some((addition) => addition.viewId === viewId);
  if (known || canBeAddedBack(subject, deps.now()).length > 0) return { ok: true, subject };
  return { ok: false, view: noticeModal(TITLE, NOTHING_LEFT) };
}

/** What one person had done, that person may undo. */
function onlyForAsker({ requestedBy }: Request, { user }: Doer): { readonly sentence: string } | null {
  if (user.id === requestedBy) return null;
  return { sentence: `Only <@${escapeMrkdwn(requestedBy)}>, who asked for the removal, can add them back.` };
}
