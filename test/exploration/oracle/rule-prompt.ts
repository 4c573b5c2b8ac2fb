import { MEMBERS, type Pair } from '../cast.js';
import type { Call } from '../network.js';
import { type Case, clock, type Rule, type Violation } from './violation.js';
import type { Wish } from './wish.js';

const SECOND = 1_000;
/** After it asked to wait, calls leave one by one for a while. */
const PACE_MS = 10 * SECOND;
/** Linq asks to wait in 503 as well, and need not say how long. */
const UNNAMED_MS = SECOND;
/** Recorded in one second, taken up in the next. */
const WITHIN_MS = 2 * SECOND;

/**
 * Rule 5: what a person starts is under way within a second, whatever else is open: Linq is asked about the chat or
 * the person. Not where something else explains the delay: no process, Slack taking the app away (it sends nothing until
 * it is installed and started again), a clock that jumped, or Linq asking to wait.
 */
export const peopleDoNotWait: Rule = (found) =>
  found.wishes.flatMap((wish) => {
    const answered = startOf(found, wish);
    if (answered === null || isExcused(found, answered)) return [];
    return isUnderWay(found, wish, answered) ? [] : [tell(found, wish, answered)];
  });

function tell(found: Case, wish: Wish, answered: number): Violation {
  const first = found.stage.network.calls.find(
    (call) => call.at > answered && wish.pairs.some((pair) => isAbout(call, pair)),
  );
  const when = first ? `only at ${clock(found, first.at)}` : 'never';
  const words = `what ${wish.who} started at ${clock(found, answered)} was first asked for ${when}`;
  return { kind: 'a person had to wait', words };
}

/** When the window said that it is recorded and Linq is being asked. */
function startOf({ told }: Case, { windowId, at }: Wish): number | null {
  const states = told.find(({ id }) => id.endsWith(` ${windowId}`))?.states ?? [];
  const started = states.find(
    (state) =>
      state.at >= at &&
      state.statements.some(
        ({ meaning }) => meaning === 'approval is recorded' || meaning === 'addition is recorded',
      ),
  );
  return started?.at ?? null;
}

function isUnderWay({ stage }: Case, wish: Wish, answered: number): boolean {
  return stage.network.calls.some(
    (call) =>
      call.at >= wish.at && call.at <= answered + WITHIN_MS && wish.pairs.some((pair) => isAbout(call, pair)),
  );
}

function isAbout({ system, path, query }: Call, { member, chat }: Pair): boolean {
  if (system !== 'linq') return false;
  return path.includes(chat) || decodeURIComponent(query).includes(MEMBERS[member]);
}

function isExcused({ stage, journal }: Case, at: number): boolean {
  const until = at + WITHIN_MS;
  const aProcessLived = stage.processes.some(
    ({ startedAt, endedAt }) => startedAt <= at && (endedAt ?? Number.POSITIVE_INFINITY) > until,
  );
  const clockJumped = journal.marks.some(({ what, at: jumped }) => what === 'clock' && jumped < until);
  const asksToWait = stage.network.calls.some(
    ({ system, endedAt, status, retryAfterMs }) =>
      system === 'linq' &&
      endedAt !== null &&
      endedAt <= until &&
      (status === 429 || status === 503) &&
      endedAt + (retryAfterMs ?? UNNAMED_MS) + PACE_MS > at,
  );
  const isTakenAway = journal.spells.some(
    ({ what, from, until: end }) =>
      what === 'Slack takes the app away' && from <= until && (end ?? Number.POSITIVE_INFINITY) > at,
  );
  const lastPausing = journal.pauses.findLast((pausing) => pausing.at <= until);
  return !aProcessLived || isTakenAway || clockJumped || asksToWait || lastPausing?.what === 'pauses';
}
