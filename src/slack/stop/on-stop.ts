import type { AckFn, BlockAction, ButtonAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { stop } from '../../removal/lifecycle.js';
import { isRetryable } from '../../removal/outcome.js';
import type { Announceable } from '../../removal/ports.js';
import type { Attempt } from '../access/access.js';
import { admitBehind, attemptOf, type Doer } from '../access/admit.js';
import { loadingModal, noticeModal } from '../blocks/notice-modals.js';
import { openView, replaceView } from '../blocks/open-view.js';
import type { Origin } from '../blocks/origin.js';
import { escapeMrkdwn } from '../blocks/text.js';
import { acknowledge } from '../guard/acknowledge.js';
import type { SlackDeps } from '../listeners.js';
import { ephemeral } from '../response-url.js';
import { showReview } from '../review/show-review.js';

export interface PressArgs {
  readonly body: BlockAction<ButtonAction>;
  readonly action: ButtonAction;
  readonly ack: AckFn<void>;
  readonly client: WebClient;
}

export const NOT_FOUND = 'This request is no longer on record. Nothing was changed. Run /linq-remove again.';
export const NOT_OPENED =
  'Slack did not open the window in time. Nothing was changed. Please press the button again.';
const NOTHING_LEFT = 'There is nothing left to retry here: every chat has ended for good.';
const TOO_LATE_TO_STOP = 'Everything was already sent to Linq, so there was nothing left to stop.';
const ALREADY_STOPPED = 'This was already stopped.';

/** Stop: what is not yet sent stays undone. For the person who asked and whoever may approve. */
export async function onStop(deps: SlackDeps, args: PressArgs): Promise<void> {
  const subject = await pressed(deps, args);
  if (!subject) return;
  const { request, removals } = subject;
  const { id: by } = args.body.user;
  const refusal = await mayStop(deps, subject, args.body);
  if (refusal) return answer(deps, args, refusal);
  const now = deps.now();
  const stopped = removals.map((removal) => stop(removal, now)).filter((removal) => removal !== null);
  if (stopped.length === 0) return answer(deps, args, request.stoppedBy ? ALREADY_STOPPED : TOO_LATE_TO_STOP);
  // Noted first: the message that the first stopped removal asks for already says who stopped it.
  await deps.store.noteStop(request.id, by);
  await Promise.all(stopped.map((removal) => deps.store.saveRemoval(removal, { at: now })));
  deps.wake();
}

/** Null: this person may. Otherwise what they read instead. */
async function mayStop(
  deps: SlackDeps,
  subject: Announceable,
  body: PressArgs['body'],
): Promise<string | null> {
  const { requestedBy } = subject.request;
  const attempt = attemptOn(subject, body);
  if (body.user.id === requestedBy) return (await deps.access.check(attempt))?.sentence ?? null;
  const refused = await deps.access.checkApprover(attempt, requestedBy);
  return (
    refused && `Only <@${escapeMrkdwn(requestedBy)}>, or somebody who may approve removals, can stop this.`
  );
}

/** Retry: the review opens again for the chats that did not work, read afresh. Nothing happens before it is approved. */
export async function onRetry(deps: SlackDeps, args: PressArgs): Promise<void> {
  const { body, client } = args;
  await acknowledge(() => args.ack(), deps.log);
  const viewId = await openView(client, body.trigger_id, loadingModal());
  if (!viewId) return answer(deps, args, NOT_OPENED);
  const subject = await deps.store.findRequest(args.action.value ?? '');
  if (subject && !(await admitBehind(deps, client, viewId, attemptOn(subject, body), body.response_url)))
    return;
  const origin = subject && retryOrigin(subject, body);
  if (origin) await showReview(deps, client, viewId, origin);
  else await replaceView(client, viewId, noticeModal('Nothing to retry', subject ? NOTHING_LEFT : NOT_FOUND));
}

/** What was asked for where: the press counts as made in the conversation of the request. */
export function attemptOn({ request, removals }: Announceable, body: Doer): Attempt {
  const [first, ...others] = removals;
  const about = { channel: request.channelId, handle: first?.handle ?? null };
  const chatId = others.length === 0 ? (first?.chatId ?? null) : null;
  return { ...attemptOf(body, { ...about, chatId }), requestId: request.id };
}

async function pressed(deps: SlackDeps, args: PressArgs): Promise<Announceable | null> {
  await acknowledge(() => args.ack(), deps.log);
  const subject = await deps.store.findRequest(args.action.value ?? '');
  if (!subject) await answer(deps, args, NOT_FOUND);
  return subject;
}

/** One chat is reviewed with all its members; several are offered as a list. */
function retryOrigin({ request, removals }: Announceable, body: BlockAction<ButtonAction>): Origin | null {
  const [first, ...others] = removals.filter(isRetryable);
  if (!first) return null;
  return {
    channel: request.channelId,
    responseUrl: body.response_url ?? null,
    commandHadText: request.commandHadText,
    chatId: others.length === 0 ? first.chatId : null,
    handle: first.handle,
    retryOf: others.length === 0 ? null : request.id,
  };
}

async function answer(deps: SlackDeps, { body }: PressArgs, text: string): Promise<void> {
  if (body.response_url) await deps.respond(body.response_url, ephemeral(text));
}
