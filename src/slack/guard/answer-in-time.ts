import { setTimeout as after } from 'node:timers/promises';
import type { AckFn, ViewOutput, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Log } from '../../removal/ports.js';
import { failedModal, loadingModal } from '../blocks/notice-modals.js';
import type { ViewDeps } from '../blocks/open-view.js';
import { acknowledge } from './acknowledge.js';
import type { LookUps } from './look-ups.js';
import type { Progress } from './progress.js';

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

export interface AnswerDeps extends ViewDeps {
  readonly lookUps: LookUps;
  readonly log: Log;
}

interface Waiting {
  readonly ms: number;
  /** What the loading view says. */
  readonly loading: string;
  readonly progress: Progress;
}

/**
 * Slack waits 3 s for an acknowledgement. Work that is done within `ms` is the acknowledgement; what takes longer goes
 * on behind a loading view, which it replaces. Closing that view aborts `signal`: the person does not wait any more.
 * Rejects when Slack does not take the view in its place; what the person is told then, `progress` says.
 */
export async function answerInTime(
  { lookUps, log, replaceView }: AnswerDeps,
  { view, ack, client }: SubmissionArgs,
  { ms, loading, progress }: Waiting,
  work: (signal: AbortSignal) => Promise<Answer>,
): Promise<void> {
  const signal = lookUps.start(view.id);
  try {
    const pending = work(signal);
    const inTime = await Promise.race([pending, after(ms, null, { ref: false })]);
    await acknowledge(() => ack(inTime ? toAck(inTime, view) : update(loadingModal(loading))), log);
    if (inTime) return;
    const answer = await pending.catch((error: unknown): Answer => {
      log.error({ err: error, progress: progress.stage }, 'A submission failed behind the loading view');
      return { view: failedModal(progress.sentence(), null) };
    });
    if (!signal.aborted) await replaceView(client, view.id, 'view' in answer ? answer.view : answer.late);
  } finally {
    lookUps.end(view.id);
  }
}

/** Slack takes words only on inputs that the window has. */
function toAck(answer: Answer, { blocks }: ViewOutput): ViewResponseAction {
  if ('view' in answer) return update(answer.view);
  const { errors, late } = answer;
  const isThere = Object.keys(errors).every((id) => blocks.some(({ block_id }) => block_id === id));
  return isThere ? { response_action: 'errors', errors } : update(late);
}

function update(view: ModalView): ViewResponseAction {
  return { response_action: 'update', view };
}
