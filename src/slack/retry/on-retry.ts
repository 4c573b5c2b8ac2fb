import { isRetryable } from '../../removal/outcome.js';
import { chatOfAll, peopleIn } from '../../removal/people.js';
import type { RequestState } from '../../removal/state.js';
import { type AdmitDeps, admitBehind } from '../access/admit.js';
import { checkOnRequest } from '../access/check.js';
import { loadingModal, NOT_FOUND, noticeModal } from '../blocks/notice-modals.js';
import { openView } from '../blocks/open-view.js';
import type { Origin } from '../blocks/origin.js';
import { acknowledge } from '../guard/acknowledge.js';
import { type PressArgs, sayNotOpened } from '../guard/press.js';
import type { Progress } from '../guard/progress.js';
import { type ReviewDeps, reviewView, showWhenRead } from '../review/show-review.js';

export interface RetryDeps extends ReviewDeps, AdmitDeps {}

const NOTHING_LEFT = 'There is nothing left to retry here: every chat has ended for good.';

/** Retry: the review opens again for the chats that did not work, read afresh. Nothing happens before it is approved. */
export async function onRetry(deps: RetryDeps, args: PressArgs, progress: Progress): Promise<void> {
  const { body, client } = args;
  progress.isFor('window');
  await acknowledge(() => args.ack(), deps.log);
  const viewId = await openView(client, body.trigger_id, loadingModal());
  if (!viewId) return sayNotOpened(deps, args);
  const state = await deps.store.find(args.action.value ?? '');
  if (!state)
    return void (await deps.replaceView(client, viewId, noticeModal('Nothing to retry', NOT_FOUND)));
  if (!(await admitBehind(deps, client, viewId, checkOnRequest(body, state), body.response_url))) return;
  const origin = retryOrigin(state, body);
  if (origin) {
    await showWhenRead(deps, client, viewId, (signal) => reviewView(deps, origin, { signal }));
  } else await deps.replaceView(client, viewId, noticeModal('Nothing to retry', NOTHING_LEFT));
}

/** One chat is reviewed with all its members; of several, each person's are offered as a list. */
function retryOrigin({ request, changes }: RequestState, body: PressArgs['body']): Origin | null {
  const left = changes.filter(isRetryable);
  const chatId = chatOfAll(left);
  if (left.length === 0) return null;
  return {
    channel: request.channelId,
    threadTs: request.threadTs,
    asksWhere: false,
    responseUrl: body.response_url ?? null,
    commandHadText: request.commandHadText,
    chatId,
    chatName: null,
    handles: peopleIn(left),
    areListed: true,
    retryOf: chatId ? null : request.id,
  };
}
