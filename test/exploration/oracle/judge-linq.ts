import { MEMBERS, type Pair } from '../cast.js';
import type { Call } from '../network.js';
import { callsAbout } from './calls.js';
import { samePair } from './evidence.js';
import { type Judge, type Said, unless } from './said.js';

/* What is said about how Linq answered: the calls that left, and what came back, are the witnesses. */

/** Calls about this very change that some answer was read to, or none could come to any more, by then. */
function heard({ found, wish, pair, at }: Said): readonly Call[] {
  return callsAbout(found, wish.kind, pair).filter(({ endedAt }) => endedAt !== null && endedAt <= at);
}

const anyToLinq = ({ found, at }: Said): readonly Call[] =>
  found.stage.network.calls.filter(
    ({ system, endedAt }) => system === 'linq' && endedAt !== null && endedAt <= at,
  );

export const linqRefused: Judge = unless('Linq refused no call about this', (said) =>
  heard(said).some(({ status }) => status !== null && status >= 400 && status < 500 && status !== 408),
);

export const linqPutItOff: Judge = unless('Linq never asked to wait', (said) =>
  anyToLinq(said).some(({ status }) => status === 429 || status === 503 || status === 409),
);

export const linqFailed: Judge = unless('no call about this failed', (said) =>
  heard(said).some(({ status }) => status !== null && status >= 500),
);

export const linqCouldNotBeReached: Judge = unless('every call reached Linq', (said) =>
  heard(said).some(({ status }) => status === null),
);

/** Without a status nothing came back; a success or a timeout may have told nothing that could be read. */
export const noClearAnswer: Judge = unless('every call about this was answered clearly', (said) =>
  callsAbout(said.found, said.wish.kind, said.pair).some(
    ({ at, status }) =>
      at <= said.at && (status === null || status < 300 || status === 408 || status === 504),
  ),
);

/** It ended, or could not write down what came of it. */
export const theAppWasInterrupted: Judge = unless('nothing interrupted it', ({ found, at }) =>
  found.stage.processes.some(
    ({ endedAt, life }) =>
      (endedAt !== null && endedAt <= at) || life.failures.some((failed) => failed <= at),
  ),
);

/** A call that is claimed in the store leaves at once, unless its process dies just then. */
export const someCallLeft: Judge = unless('no call about this had left', (said) => {
  const { found, wish, pair, at } = said;
  const left = callsAbout(found, wish.kind, pair).some((call) => call.at <= at);
  return left || theAppWasInterrupted(said) === null;
});

export const linqAskedToStayAway: Judge = unless('Linq never asked to wait that long', (said) =>
  anyToLinq(said).some(({ retryAfterMs }) => retryAfterMs !== null && retryAfterMs > 60_000),
);

/** A deadline ends it, never a number of tries. By a clock that was set forward meanwhile it comes so much sooner. */
export const timeWasOver: Judge = unless('it was given up before its time was over', (said) => {
  const { found, wish, at } = said;
  const steps = found.journal.marks.filter((mark) => mark.at >= wish.at && mark.at <= at);
  const forwardMs = steps.reduce((sum, { byMs = 0 }) => sum + Math.max(0, byMs), 0);
  return at - wish.at + forwardMs >= found.stage.setting.window * 60_000;
});

export const linqAccepted: Judge = unless('Linq had not accepted it', (said) =>
  heard(said).some(({ status }) => status !== null && status < 300),
);

export const neverAccepted: Judge = unless('Linq had accepted it', (said) => acceptedIn(said).length === 0);

/** What was carried out, and perhaps proven, before the answer came is over then. */
export const notAcceptedInTime: Judge = unless('Linq had accepted it before it was done', (said) =>
  acceptedIn(said).every((call) => wasDoneDuring(said, call)),
);

/** What the app cannot have heard of, because it died or could not write it down, it cannot say. */
function acceptedIn(said: Said): readonly Call[] {
  const { stage, journal } = said.found;
  const isForgetful =
    journal.marks.some(({ what }) => what === 'kill') ||
    stage.processes.some(({ life }) => life.failures.length > 0);
  return isForgetful
    ? []
    : ownCalls(said, said.pair).filter(
        ({ endedAt, status, isReadable }) =>
          endedAt !== null && endedAt <= said.at && status === 202 && isReadable,
      );
}

function wasDoneDuring({ found, pair }: Said, { at, endedAt }: Call): boolean {
  return found.stage.simulator.linq.history.some(
    ({ handle, chatId, at: doneAt }) =>
      handle === MEMBERS[pair.member] &&
      chatId === pair.chat &&
      doneAt.getTime() >= at &&
      doneAt.getTime() <= (endedAt ?? at),
  );
}

/** To the minute, as it is told. A later one would have to be told of instead. */
export const gaveNoUsableAnswerSince: Judge = unless('Linq answered about this meanwhile', (said) => {
  const from = said.statement.named;
  if (from === null) return true;
  return !solelyForThis(said).some(
    ({ at, endedAt, status }) =>
      at >= from + 60_000 &&
      endedAt !== null &&
      endedAt < said.at &&
      status !== null &&
      (status < 300 || status === 404),
  );
});

/** A window reads the chat within this time after it was asked for. */
const WINDOW_READS_MS = 10_000;

/**
 * Readings of this chat and changes of this person in it, for this wish. Calls carry no name of what they are for: none
 * counts that may be for another person in the same chat, for another wish, or for a window.
 */
function solelyForThis({ found, wish, pair }: Said): readonly Call[] {
  const { journal, stage, wishes } = found;
  const others = wishes.flatMap((other) =>
    other.pairs
      .filter(({ chat, member }) => chat === pair.chat && (other !== wish || member !== pair.member))
      .map(() => other.at),
  );
  const acts = [...journal.commands, ...journal.submissions, ...journal.presses].map(({ at }) => at);
  const readings = stage.network.calls.filter(
    ({ system, method, path }) => system === 'linq' && method === 'GET' && path === `/v3/chats/${pair.chat}`,
  );
  return [...callsAbout(found, wish.kind, pair), ...readings].filter(
    ({ at }) =>
      at >= wish.at &&
      !others.some((asked) => asked <= at) &&
      !acts.some((acted) => acted <= at && at - acted <= WINDOW_READS_MS && acted > wish.at),
  );
}

export const someoneStopped: Judge = unless('nobody had pressed Stop', ({ found, at }) =>
  found.journal.presses.some((press) => press.button === 'Stop' && press.at <= at),
);

export const someonePaused: Judge = unless('nobody had paused it', ({ found, at }) =>
  found.journal.pauses.some((pausing) => pausing.what === 'pauses' && pausing.at <= at),
);

/** Calls carry no name of the request that they are for: none where another one asks for the same. */
function ownCalls({ found, wish }: Said, pair: Pair): readonly Call[] {
  const others = found.wishes.filter((other) => other !== wish && other.kind === wish.kind);
  const isShared = others.some(({ pairs }) => pairs.some((each) => samePair(each, pair)));
  return isShared ? [] : callsAbout(found, wish.kind, pair);
}

/** A call to Slack that is not over by then never will be: its process died. */
const CALL_ENDS_AFTER_MS = 15_000;

/** Slack took so long to show it, in milliseconds. */
function onItsWayFor({ found, at }: Said): number {
  const telling = found.stage.network.calls.filter(
    ({ path, at: left, endedAt }) =>
      path.startsWith('chat.') && left <= at && (endedAt === null || endedAt >= at),
  );
  return Math.max(0, ...telling.map(({ at: left }) => at - left).filter((ms) => ms <= CALL_ENDS_AFTER_MS));
}

/** Every part of a request is counted once, and what counts as not sent has not left. */
export const countsAreRight: Judge = unless('the numbers are not right', (said) => {
  const { wish, statement, at } = said;
  const total = Number(/ of (\d+) /u.exec(statement.sentence)?.[1]);
  const counts = [...statement.sentence.matchAll(/(\d+)(?: of \d+)? ([a-zA-Z ]+)/gu)];
  const sum = counts.reduce((so, [, count]) => so + Number(count), 0);
  const before = at - 1_000 - onItsWayFor(said);
  const sent = wish.pairs.filter((pair) =>
    ownCalls(said, pair).some((call) => call.at >= wish.at && call.at < before),
  );
  const unsent = counts.find(([, , words]) => words === 'not sent yet');
  // What cannot be approved any more is left out, with a line of its own.
  const isWhole = total === wish.pairs.length || (total < wish.pairs.length && wish.isForOthers);
  return total === sum && isWhole && Number(unsent?.[1] ?? 0) + sent.length <= total;
});
