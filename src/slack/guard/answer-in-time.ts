import { setTimeout as after } from 'node:timers/promises';
import type { AckFn, ViewOutput, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Log } from '../../removal/ports.js';
import { failedModal, loadingModal } from '../blocks/notice-modals.js';
import type { ViewDeps } from '../blocks/open-view.js';
import { originIn } from '../blocks/origin.js';
import { acknowledge } from './acknowledge.js';
import { type ReplyDeps, tellPerson } from './error-replies.js';
import type { LookUps } from './look-ups.js';
import type { Progress } from './progress.js';

/** A window was submitted. */
export interface SubmissionArgs {
  readonly body: ViewSubmitAction;
  readonly view: ViewOutput;
  readonly ack: AckFn<ViewResponseAction>;
  readonly client: WebClient;
}

/** What a submission is answered with: the next view, or words on an input; `late` is for when that is past. */
export type Answer =
  | { readonly view: ModalView }
  | { readonly errors: Record<string, string>; readonly late: ModalView };

export interface AnswerDeps extends ReplyDeps, ViewDeps {
  readonly lookUps: LookUps;
  readonly log: Log;
}

/**
 * Slack waits 3 s for an acknowledgement. Work that is done within `ms` is the acknowledgement; what takes longer goes
 * on behind a loading view, which it replaces. Closing that view aborts `signal`: nobody waits for the answer any more.
 * Where the view cannot be replaced, the person is told otherwise how far it came.
 */
export async function answerInTime(
  deps: AnswerDeps,
  args: SubmissionArgs,
  { ms, loading, progress }: { readonly ms: number; readonly loading: string; readonly progress: Progress },
  work: (signal: AbortSignal) => Promise<Answer>,
): Promise<void> {
  const { view, ack } = args;
  const signal = deps.lookUps.start(view.id);
  try {
    const pending = work(signal);
    const inTime = await Promise.race([pending, after(ms, null, { ref: false })]);
    await acknowledge(() => ack(inTime ? toAck(inTime) : update(loadingModal(loading))), deps.log);
    if (inTime) return;
    const answer = await pending.catch((error: unknown) => failed(deps, progress, error));
    if (!signal.aborted) await replaceLoading(deps, args, answer, progress);
  } finally {
    deps.lookUps.end(view.id);
  }
}

async function replaceLoading(deps: AnswerDeps, args: SubmissionArgs, answer: Answer, progress: Progress) {
  const { client, view, body } = args;
  try {
    await deps.replaceView(client, view.id, 'view' in answer ? answer.view : answer.late);
  } catch (error) {
    deps.log.warn({ err: error }, 'A window could not be changed; the person is told otherwise');
    const person = { client, userId: body.user.id, origin: originIn(view) };
    await tellPerson(deps, person, progress.windowSentence);
  }
}

/** A loading view must not be left hanging. */
function failed({ log }: AnswerDeps, progress: Progress, error: unknown): Answer {
  log.error({ err: error }, 'A submission failed behind the loading view');
  return { view: failedModal(progress.sentence, null) };
}

function toAck(answer: Answer): ViewResponseAction {
  return 'view' in answer ? update(answer.view) : { response_action: 'errors', errors: answer.errors };
}

function update(view: ModalView): ViewResponseAction {
  return { response_action: 'update', view };
}
