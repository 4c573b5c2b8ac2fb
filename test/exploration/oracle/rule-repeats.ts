import type { Pair } from '../cast.js';
import { MEMBERS } from '../cast.js';
import type { Call } from '../network.js';
import { callsAbout, methodOf } from './calls.js';

import { solelyFor } from './sole.js';
import { type Case, clock, type Rule, type Violation } from './violation.js';

/** Rule 3: a call is sent again only after a later reading that still shows where it began, and never after Stop. */
export const repeatsAreJustified: Rule = async (found) => [
  ...(await blindRepeats(found)),
  ...afterStop(found),
  ...unasked(found),
];

type Change = 'removal' | 'addition';

/** Every person and chat that something was asked for about. */
function pairsOf({ wishes }: Case, kind: Change): readonly Pair[] {
  const pairs = wishes.filter((wish) => wish.kind === kind).flatMap((wish) => wish.pairs);
  return pairs.filter(
    (pair, index) =>
      pairs.findIndex(({ member, chat }) => member === pair.member && chat === pair.chat) === index,
  );
}

async function blindRepeats(found: Case): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  for (const kind of ['removal', 'addition'] as const) {
    for (const pair of pairsOf(found, kind)) {
      const calls = callsAbout(found, kind, pair);
      for (const [index, again] of calls.entries()) {
        const before = calls[index - 1];
        if (!before || (await isJustified(found, kind, pair, before, again))) continue;
        const words = `${methodOf(kind)} for ${pair.member} was sent at ${clock(found, before.at)} and again at ${clock(found, again.at)}, with no reading between them that still showed the old state`;
        violations.push({ kind: 'sent again blindly', words });
      }
    }
  }
  return violations;
}

/** A clear refusal leaves nothing in doubt, and a new wish of a person is one more call that was asked for. */
async function isJustified(
  found: Case,
  kind: Change,
  pair: Pair,
  before: Call,
  again: Call,
): Promise<boolean> {
  if (isClearRefusal(before)) return true;
  const isNewWish = found.wishes.some(
    (wish) =>
      wish.kind === kind &&
      wish.at > before.at &&
      wish.at <= again.at &&
      wish.pairs.some(({ member, chat }) => member === pair.member && chat === pair.chat),
  );
  return isNewWish || (await showedOldState(found, kind, pair, before.at, again.at));
}

function isClearRefusal({ status }: Call): boolean {
  return status !== null && status >= 400 && status < 500 && status !== 408;
}

async function showedOldState(
  found: Case,
  kind: Change,
  pair: Pair,
  from: number,
  until: number,
): Promise<boolean> {
  const readings = found.stage.network.calls.filter(
    ({ system, method, at, endedAt, shown }) =>
      system === 'linq' &&
      method === 'GET' &&
      at >= from &&
      endedAt !== null &&
      endedAt <= until &&
      shown !== null,
  );
  for (const { shown } of readings) {
    if (rosterShows((await shown) ?? '', pair) === (kind === 'removal')) return true;
  }
  return false;
}

interface Roster {
  readonly id?: string;
  readonly handles?: readonly { readonly handle?: string; readonly status?: string }[];
  readonly chats?: readonly Roster[];
}

/** Whether a reading has the person as an active member of the chat; null when it says nothing about that. */
function rosterShows(body: string, { member, chat }: Pair): boolean | null {
  const parsed = parse(body);
  const roster = [parsed, ...(parsed?.chats ?? [])].find((each) => each?.id === chat);
  if (!roster?.handles) return null;
  return roster.handles.some(({ handle, status }) => handle === MEMBERS[member] && status === 'active');
}

function parse(body: string): Roster | null {
  try {
    return JSON.parse(body) as Roster;
  } catch {
    return null;
  }
}

/** The message says who stopped it: from then on nothing more leaves for that request. */
function afterStop(found: Case): readonly Violation[] {
  return found.wishes.flatMap((wish) => {
    const stopped = wish.message?.states.find(({ statements }) =>
      statements.some(({ meaning }) => meaning === 'stopped by'),
    );
    if (!stopped) return [];
    return wish.pairs.flatMap((pair) => {
      const sent = solelyFor(found, wish, pair).find(({ at }) => at > stopped.at);
      if (!sent) return [];
      const words = `stopped at ${clock(found, stopped.at)}, and yet a call for ${pair.member} left at ${clock(found, sent.at)}`;
      return [{ kind: 'stopped and yet sent', words }];
    });
  });
}

/** Nothing is removed that no person asked for. */
function unasked(found: Case): readonly Violation[] {
  return found.stage.simulator.linq.calls.flatMap(({ what, at, chatId, handle }) => {
    const kind = what.startsWith('DELETE') ? 'removal' : what.startsWith('POST') ? 'addition' : null;
    if (kind === null || handle === null) return [];
    if (handle === found.stage.simulator.linq.ownLine) {
      return [{ kind: 'our own line', words: `${what} for our own line at ${clock(found, at.getTime())}` }];
    }
    const wasAsked = found.wishes.some(
      (wish) =>
        wish.kind === kind &&
        wish.at <= at.getTime() &&
        wish.pairs.some(({ member, chat }) => MEMBERS[member] === handle && chat === chatId),
    );
    return wasAsked
      ? []
      : [{ kind: 'nobody asked for it', words: `${what} for ${handle} at ${clock(found, at.getTime())}` }];
  });
}
