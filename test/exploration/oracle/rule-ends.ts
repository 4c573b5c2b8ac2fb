import type { Pair } from '../cast.js';
import { isShutOut, isUneditable, isUnheard } from './edits.js';
import type { State, Told } from './evidence.js';
import type { Meaning } from './meanings.js';
import { solelyFor } from './sole.js';
import { isNews, isReceipt, mayBeAbout } from './told-of.js';
import { type Case, clock, type Rule, type Violation } from './violation.js';
import type { Wish } from './wish.js';

const OPEN: readonly Meaning[] = [
  'is being asked for',
  'waits for Linq',
  'is being checked',
  'is queued',
  'is being added',
  'waits for approval',
  'is paused',
];

const FINAL: readonly Meaning[] = [
  'removed',
  'left',
  'gone',
  'not in the chat',
  'not removed',
  'not confirmed',
  'is added back',
  'was back already',
  'not added',
  'addition not confirmed',
  'declined',
  'expired',
  'withdrawn',
  'undelivered',
];

/** Rule 2: everything that was recorded ends in a final outcome that people can see, and nothing stays open. */
export const everythingEnds: Rule = async (found) => [
  ...(await openMessages(found)),
  ...(await missingOutcomes(found)),
  ...unrest(found),
];

/**
 * A message can be edited, unless it was deleted, Slack refused that (a conversation was archived), or the answer to its
 * post never reached the app or its store: the app then posts another one, because silence is worse, and cannot know this
 * one. A copy that names its moment is as true for ever, and an ephemeral answer can never be edited.
 */
async function openMessages(found: Case): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  for (const told of found.told) {
    const open = isOurs(found, told) ? lastOpen(told) : undefined;
    if (!open || (await isUneditable(found, told))) continue;
    const words = `three quiet days later a message still says “${open}”`;
    violations.push({ kind: 'open for ever', words });
  }
  return violations;
}

function isOurs(found: Case, told: Told): boolean {
  const isStatus = told.kind === 'message' && !isCopy(told) && !isNews(told);
  return isStatus && !told.isDeleted && !isUnheard(found, told);
}

const isCopy = ({ states }: Told) => /^\W*As of /u.test(states[0]?.text ?? '');

function lastOpen({ states }: Told): string | undefined {
  return states.at(-1)?.statements.find(({ meaning }) => OPEN.includes(meaning))?.sentence;
}

async function missingOutcomes(found: Case): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  for (const wish of found.wishes) {
    if (!isRecorded(found, wish) || wish.message?.isDeleted) continue;
    const pairs = wish.pairs.filter((pair) => !hasOutcome(found, wish, pair));
    if (pairs.length === 0 || (await isShutOut(found, wish.who, wish.at))) continue;
    const words = ({ member, chat }: Pair) =>
      `what ${wish.who} asked for at ${clock(found, wish.at)} never ended: ${member} in …${chat.slice(-4)}`;
    violations.push(...pairs.map((pair) => ({ kind: 'no outcome', words: words(pair) })));
  }
  return violations;
}

/** Linq was asked because of it, or a message tells of it. What was never recorded has no outcome. */
function isRecorded(found: Case, wish: Wish): boolean {
  return wish.message !== null || wish.pairs.some((pair) => solelyFor(found, wish, pair).length > 0);
}

function hasOutcome(found: Case, wish: Wish, pair: Wish['pairs'][number]): boolean {
  const isOutcome = ({ at, statements }: State) =>
    at >= wish.at && statements.some((each) => FINAL.includes(each.meaning) && mayBeAbout(each, pair));
  return found.told.some((told) => {
    const last = told.states.at(-1);
    return told.kind !== 'window' && !isReceipt(told) && last !== undefined && isOutcome(last);
  });
}

/** The last half day of the quiet days: by then there is nothing left to look for. */
const REST_MS = 12 * 3_600_000;

function unrest({ stage, endAt }: Case): readonly Violation[] {
  const late = stage.network.calls.filter(({ at }) => at > endAt - REST_MS);
  const [first] = late;
  if (!first) return [];
  const words = `${late.length} calls in the last 12 quiet hours, the first ${first.method} ${first.path}`;
  return [{ kind: 'no rest', words }];
}
