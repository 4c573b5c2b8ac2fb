import { type AdmitDeps, admitBehind } from '../access/admit.js';
import { checkOf } from '../access/check.js';
import { loadingModal } from '../blocks/notice-modals.js';
import { openView } from '../blocks/open-view.js';
import type { Origin } from '../blocks/origin.js';
import { acknowledge } from '../guard/acknowledge.js';
import { type PressArgs, sayNotOpened } from '../guard/press.js';
import { type RequestAnswerDeps, showAnswer } from '../request/answer.js';

export interface ReviewPersonDeps extends RequestAnswerDeps, AdmitDeps {}

/** The button below a person's whereabouts: the review of their chats, read afresh. */
export async function onReviewPerson(deps: ReviewPersonDeps, args: PressArgs): Promise<void> {
  const { body, client, action } = args;
  await acknowledge(() => args.ack(), deps.log);
  const viewId = await openView(client, body.trigger_id, loadingModal());
  if (!viewId) return sayNotOpened(deps, args);
  const origin = originOf(body, action.value ?? '');
  if (!(await admitBehind(deps, client, viewId, checkOf(body, origin), body.response_url))) return;
  await showAnswer(deps, client, viewId, origin);
}

function originOf({ channel, response_url: responseUrl }: PressArgs['body'], handle: string): Origin {
  return {
    channel: channel?.id ?? '',
    threadTs: null,
    asksWhere: false,
    responseUrl: responseUrl ?? null,
    // The command named the person, and Slack may show it beside an answer.
    commandHadText: true,
    chatId: null,
    chatName: null,
    handles: [handle],
    areListed: true,
    retryOf: null,
  };
}
