import { stopRequest } from '../../removal/decide.js';
import type { Log, Store } from '../../removal/ports.js';
import { hasEnded, type RequestState } from '../../removal/state.js';
import type { Access } from '../access/access.js';
import { checkOnRequest } from '../access/check.js';
import { NOT_FOUND } from '../blocks/notice-modals.js';
import type { Respond } from '../connection/response-url.js';
import { acknowledge } from '../guard/acknowledge.js';
import { answerPress, type PressArgs } from '../guard/press.js';
import type { Progress } from '../guard/progress.js';

export interface StopDeps {
  readonly store: Pick<Store, 'find' | 'update'>;
  readonly access: Pick<Access, 'checkStop'>;
  readonly respond: Respond;
  /** Tells the loop that something became due. */
  readonly wake: () => void;
  readonly now: () => Date;
  readonly log: Log;
}

const UNDER_WAY =
  'Stopped: nothing more is sent to Linq. What was on its way before cannot be called back; the message tells how that ends.';
const ALREADY_STOPPED = 'This was already stopped.';
const TOO_LATE = 'Everything was already sent to Linq, so there was nothing left to stop.';
const ALREADY_ENDED = 'This has already ended, so there was nothing left to stop.';

/** Stop: what is not yet sent stays undone. For the asker and the approvers. */
export async function onStop(deps: StopDeps, args: PressArgs, progress: Progress): Promise<void> {
  progress.isFor('stop');
  await acknowledge(() => args.ack(), deps.log);
  const found = await deps.store.find(args.action.value ?? '');
  if (!found) return answerPress(deps, args, NOT_FOUND);
  const { body } = args;
  const refused = await deps.access.checkStop(checkOnRequest(body, found), found.request);
  if (refused) return answerPress(deps, args, refused.sentence);
  const stopped = await progress.recording(() => stop(deps, found, body.user.id), wasWritten);
  if (!stopped) return answerPress(deps, args, NOT_FOUND);
  if (!stopped.changed) return answerPress(deps, args, whyNothingToStop(stopped.state));
  deps.log.info({ request: found.request.id, user: body.user.id }, 'Request stopped');
  deps.wake();
  if (!hasEnded(stopped.state)) await answerPress(deps, args, UNDER_WAY);
}

/** One transaction, which beats every call that has not left. */
function stop({ store, now }: StopDeps, { request }: RequestState, by: string) {
  const at = now();
  return store.update(request.id, at, (state) => stopRequest(state, by, at));
}

function wasWritten(answer: Awaited<ReturnType<Store['update']>>): boolean {
  return answer?.changed ?? false;
}

function whyNothingToStop(state: RequestState): string {
  if (state.request.stoppedBy !== null) return ALREADY_STOPPED;
  return hasEnded(state) ? ALREADY_ENDED : TOO_LATE;
}
