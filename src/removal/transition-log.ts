import type { Log, Transition } from './ports.js';

const NOUN = { remove: 'Removal', add: 'Addition' } as const;

/** A committed change of status as a log line, whichever path led to it. */
export function logTransition(log: Log, { before, after }: Transition): void {
  if (!before) return;
  const { requestId, id, chatId, direction, status, reason, attempts, mayStillAct, traceId } = after;
  const fields = { request: requestId, change: id, chatId, status, reason, attempts, mayStillAct, traceId };
  log.info(fields, `${NOUN[direction]} ${before.status} → ${status}`);
}
