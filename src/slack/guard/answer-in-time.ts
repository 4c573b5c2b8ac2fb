import { setTimeout as after } from 'node:timers/promises';
import type { AckFn, ViewOutput, ViewResponseAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { failedModal, loadingModal } from '../blocks/notice-modals.js';
import { replaceView } from '../blocks/open-view.js';
import type { SlackDeps } from '../listeners.js';
import { acknowledge } from './acknowledge.js';

export interface SubmissionArgs {
  readonly view: ViewOutput;
  readonly ack: AckFn<ViewResponseAction>;
  readonly client: WebClient;
}

/** What a submission is answered with: the next view, or words on an input; `late` is for when that is past. */
export type Answer =
  | { readonly view: ModalView }
  | { readonly errors: Record<string, string>; readonly late: ModalView };

const FAILED =
  'Something went wrong on our side. Nothing was removed by this step. Please run /linq-remove again.';

/**
 * Slack waits 3 s for an acknowledgement. Work that is done within `ms` is the acknowledgement; what takes longer goes
 * on behind a loading view, which it replaces. Closing that view aborts `signal`: nobody waits for the answer any more.
 */
export async function answerInTime(
  deps: SlackDeps,
  { view, ack, client }: SubmissionArgs,
  { ms, loading }: { readonly ms: number; readonly loading: string },
  work: (signal: AbortSignal) => Promise<Answer>,
): Promise<void> {
  const signal = deps.lookUps.start(view.id);
  try {
    const pending = work(signal);
    const inTime = await Promise.race([pending, after(ms, null, { ref: false })]);
    await acknowledge(() => ack(inTime ? toAck(inTime) : update(loadingModal(loading))), deps.log);
    if (inTime) return;
    const answer = await pending.catch((error: unknown) => apology(deps, error));
    if (!signal.aborted) await replaceView(client, view.id, 'view' in answer ? answer.view : answer.late);
  } finally {
    deps.lookUps.end(view.id);
  }
}

/** A loading view must not be left hanging. */
function apology(deps: SlackDeps, error: unknown): Answer {
  deps.log.error({ err: error }, 'A submission failed behind the loading view');
  return { view: failedModal(FAILED, null) };
}

function toAck(answer: Answer): ViewResponseAction {
  return 'view' in answer ? update(answer.view) : { response_action: 'errors', errors: answer.errors };
}

function update(view: ModalView): ViewResponseAction {
  return { response_action: 'update', view };
}
