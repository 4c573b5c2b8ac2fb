import { stopRequest } from '../../removal/decide.js';
import type { Log, Store } from '../../removal/ports.js';
import { type AdmitDeps, checkOnRequest } from '../access/admit.js';
import { acknowledge } from '../guard/acknowledge.js';
import { answerPress, NOT_FOUND, type PressArgs } from '../guard/press.js';
import type { Progress } from '../guard/progress.js';

export interface StopDeps extends AdmitDeps {
  readonly store: Pick<Store, 'find' | 'update'>;
  readonly wake: () => void;
  readonly log: Log;
  readonly now: () => Date;
}

const TOO_LATE_TO_STOP = 'Everything was already sent to Linq, so there was nothing left to stop.';
const ALREADY_STOPPED = 'This was already stopped.';

/** Stop: what has not left stays undone. For the asker and for approvers; one write, which beats every call that waits. */
export async function onStop(deps: StopDeps, args: PressArgs, progress: Progress): Promise<void> {
  const { body, action } = args;
  await acknowledge(() => args.ack(), deps.log);
  const state = await deps.store.find(action.value ?? '');
  if (!state) return answerPress(deps.respond, args, NOT_FOUND);
  const { id, requestedBy } = state.request;
  const refused = await deps.access.checkStop(checkOnRequest(state, body), requestedBy);
  if (refused) return answerPress(deps.respond, args, refused.sentence);
  const at = deps.now();
  const by = body.user.id;
  const stopped = await progress.during(() =>
    deps.store.update(id, at, (current) => stopRequest(current, by, at)),
  );
  progress.settle(stopped?.changed ?? false);
  if (!stopped?.changed) {
    const wasStopped = stopped?.state.request.stoppedBy ?? null;
    return answerPress(deps.respond, args, wasStopped === null ? TOO_LATE_TO_STOP : ALREADY_STOPPED);
  }
  deps.log.info({ request: id, user: by }, 'Request stopped');
  deps.wake();
}
