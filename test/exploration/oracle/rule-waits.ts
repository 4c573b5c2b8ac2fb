import type { Call } from '../network.js';
import { type Case, clock, type Rule, type Violation } from './violation.js';

/** Calls that may have been on their way out when the answer was read: as many as go to one system at once. */
const ON_THEIR_WAY = 20;

/** Rule 4: while an answer's `Retry-After` is not over, the process that read it makes no call under the same limit. */
export const waitsAreKept: Rule = (found) => {
  const { calls } = found.stage.network;
  return calls.flatMap((asked) => {
    const { retryAfterMs, endedAt, readAfter } = asked;
    if (retryAfterMs === null || endedAt === null || readAfter === null) return [];
    const early = calls.filter(
      (call, index) =>
        index >= readAfter && isUnderSameLimit(asked, call) && call.at < endedAt + retryAfterMs,
    );
    const later = early.filter(({ at }) => at > endedAt);
    const tooMany = later.length > 0 ? later : early.length > ON_THEIR_WAY ? early : [];
    return tooMany.length > 0 ? [tell(found, asked, tooMany)] : [];
  });
};

function tell(found: Case, asked: Call, early: readonly Call[]): Violation {
  const [first] = early as [Call];
  const words = `${asked.system} asked at ${clock(found, asked.endedAt ?? 0)} to wait ${(asked.retryAfterMs ?? 0) / 1_000} s (${asked.method} ${asked.path}), and ${early.length} calls came before that was over, the first at ${clock(found, first.at)} (${first.method} ${first.path})`;
  return { kind: `${asked.system} was not given the time it asked for`, words };
}

/** Linq has one limit for the account; Slack one for each method, and for posting one for each channel. */
function isUnderSameLimit(asked: Call, call: Call): boolean {
  if (asked.process !== call.process || asked.system !== call.system) return false;
  if (asked.system === 'linq') return true;
  if (asked.path !== call.path) return false;
  return asked.path !== 'chat.postMessage' || channelOf(asked) === channelOf(call);
}

function channelOf({ body }: Call): string | null {
  return new URLSearchParams(body).get('channel');
}
