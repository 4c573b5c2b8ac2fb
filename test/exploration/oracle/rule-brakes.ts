import type { Pair } from '../cast.js';
import { approversOf } from '../cast.js';
import type { Call } from '../network.js';
import { samePair } from './evidence.js';
import { solelyFor } from './sole.js';
import { type Case, clock, type Rule, type Violation } from './violation.js';
import type { Wish } from './wish.js';
import { isDecision } from './wishes.js';

/** Nothing leaves while it is paused, nor before as many people have approved it as have to. */
export const brakesHold: Rule = (found) => [
  ...sentWhile(found, 'sent while paused', pausedSpans(found)),
  ...sentWhile(found, 'sent while Slack had taken the app away', spansWithoutApp(found), knowsSlack),
  ...sentUnapproved(found),
];

interface Span {
  readonly from: number;
  readonly until: number;
}

function sentWhile(
  found: Case,
  kind: string,
  spans: readonly Span[],
  counts: (found: Case, call: Call) => boolean = () => true,
): readonly Violation[] {
  return found.stage.network.calls.flatMap((call) => {
    const { system, method, path, at } = call;
    const isChange = system === 'linq' && method !== 'GET' && path.endsWith('/participants');
    const isBraked = spans.some(({ from, until }) => at > from && at < until);
    return isChange && isBraked && counts(found, call)
      ? [{ kind, words: `${method} ${path} at ${clock(found, at)}` }]
      : [];
  });
}

/** From when people read that it is paused until somebody typed that it is to go on. */
function pausedSpans({ told, journal }: Case): readonly Span[] {
  const said = told.filter(({ kind, states }) => kind !== 'window' && PAUSED.test(states[0]?.text ?? ''));
  return said.map(({ states }) => {
    const from = states[0]?.at ?? 0;
    // Typed in the same moment, one was first and nobody saw which.
    const resumed = journal.pauses.find(({ what, at }) => what === 'resumes' && at >= from);
    return { from, until: resumed?.at ?? Number.POSITIVE_INFINITY };
  });
}

/** A start does not wait for a Slack that is out of reach: such a process has heard neither that nor anything else. */
function knowsSlack({ stage }: Case, { process, at }: Call): boolean {
  return stage.network.calls.some(
    (call) => call.process === process && call.system === 'slack' && call.status !== null && call.at <= at,
  );
}

/** What was under way may still leave. Where no process was told, a new one that reaches Slack does not start. */
const LAST_WORK_MS = 30_000;

function spansWithoutApp({ journal }: Case): readonly Span[] {
  return journal.spells
    .filter(({ what }) => what === 'Slack takes the app away')
    .map(({ from, until }) => ({ from: from + LAST_WORK_MS, until: until ?? Number.POSITIVE_INFINITY }));
}

const PAUSED = /@\w+ has paused this app: nothing is sent to Linq before it is resumed/u;

function sentUnapproved(found: Case): readonly Violation[] {
  return found.wishes
    .filter((wish) => needsOthers(found, wish))
    .flatMap((wish) =>
      wish.pairs.flatMap((pair) => {
        const [first] = solelyFor(found, wish, pair);
        if (!first) return [];
        const who = approversBefore(found, wish, pair, first.at);
        if (who.length >= found.stage.setting.needed) return [];
        const words = `${pair.member} in …${pair.chat.slice(-4)} was sent at ${clock(found, first.at)}, approved by ${who.join(', ') || 'nobody'}`;
        return [{ kind: 'sent without enough approvals', words }];
      }),
    );
}

function needsOthers({ stage }: Case, { kind, pairs }: Wish): boolean {
  const { approval } = stage.setting;
  // Of additions, those that nobody could make any more do not count, and the wish does not tell.
  return approval === 'always' || (kind === 'removal' && approval === 'bulk' && pairs.length > 1);
}

/** Those who may, are not the asker, and pressed the button of a window that showed them this person and chat. */
function approversBefore({ stage, journal }: Case, wish: Wish, pair: Pair, until: number): readonly string[] {
  const pressed = journal.submissions.filter(
    ({ at, window, ...submission }) =>
      isDecision({ ...submission, at, window }) &&
      at >= wish.at &&
      at <= until &&
      window.pairs.some((each) => samePair(each, pair)),
  );
  const approvers = approversOf(stage.setting);
  return [...new Set(pressed.map(({ who }) => who))].filter(
    (who) => who !== wish.who && approvers.includes(who),
  );
}
