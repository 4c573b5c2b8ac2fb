import type { Call } from '../network.js';
import { isUneditable, isUnheard } from './edits.js';
import type { State, Told } from './evidence.js';
import { type Case, clock, type Rule, type Violation } from './violation.js';
import type { Wish } from './wish.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A reply may have been on its way to Slack when the decision was written. */
const ON_ITS_WAY_MS = 30 * SECOND;

/**
 * What waits is reminded of where approvers were asked: twice at most, while it waits, and at all where half of its
 * time passed without a decision.
 */
export const peopleAreReminded: Rule = async (found) => [
  ...found.told.filter(isReminder).flatMap((reminder) => isOutOfPlace(found, reminder)),
  ...tooOften(found),
  ...(await forgotten(found)),
];

const isReminder = ({ states }: Told) =>
  states.some(({ statements }) => statements.some(({ meaning }) => meaning === 'still waits for approval'));

const startOf = ({ states }: Told) => states[0]?.at ?? 0;

/** An addition is told in the thread of its removal. */
function isOutOfPlace(found: Case, reminder: Told): readonly Violation[] {
  const at = startOf(reminder);
  const about = found.wishes.filter((wish) => isInside(wish, reminder.thread));
  if (about.length === 0 || about.some((wish) => isPending(wish, at - ON_ITS_WAY_MS))) return [];
  return [
    { kind: 'reminded of what is decided', words: `at ${clock(found, at)}: ${reminder.states[0]?.text}` },
  ];
}

/** As far as the message showed at that time. */
function isPending({ isForOthers, message }: Wish, at: number): boolean {
  const shown = message?.states.findLast((state) => state.at <= at);
  return isForOthers && (!shown || waits(shown));
}

const waits = ({ statements }: State) => statements.some(({ meaning }) => meaning === 'waits for approval');

/** A reply whose answer got lost may have been made twice within minutes. */
function tooOften(found: Case): readonly Violation[] {
  const reminders = found.told.filter(isReminder);
  return [...new Set(reminders.map(({ thread }) => thread))].flatMap((thread) => {
    const times = reminders.filter((each) => each.thread === thread).map(startOf);
    const moments = times.filter((at, index) => at - (times[index - 1] ?? 0) > 10 * MINUTE);
    const requests = found.wishes.filter((wish) => isInside(wish, thread));
    return moments.length > 2 * Math.max(1, requests.length)
      ? [{ kind: 'reminded too often', words: `${moments.length} times in one thread` }]
      : [];
  });
}

function isInside({ message, copies }: Wish, thread: string | null): boolean {
  return message?.thread === thread || [message, ...copies].some((root) => root?.id.endsWith(` ${thread}`));
}

/** Each message with the button, while it waited through half of the time and more: a reply was at least tried. */
async function forgotten(found: Case): Promise<readonly Violation[]> {
  if (hasExcuse(found)) return [];
  const violations: Violation[] = [];
  for (const wish of found.wishes.filter(({ isForOthers }) => isForOthers)) {
    const half = wish.at + (found.stage.setting.expires * HOUR) / 2;
    for (const told of [...(wish.message ? [wish.message] : []), ...wish.copies]) {
      if (!stoodWaiting(told, half) || told.isDeleted || isUnheard(found, told)) continue;
      if (await isUneditable(found, told)) continue;
      if (found.stage.network.calls.some((call) => isReplyIn(told, call, half))) continue;
      const words = `what ${wish.who} asked for at ${clock(found, wish.at)} waited in a place without a reminder`;
      violations.push({ kind: 'not reminded', words });
    }
  }
  return violations;
}

function stoodWaiting(told: Told, half: number): boolean {
  const shown = told.states.findLast(({ at }) => at <= half + 10 * MINUTE);
  const hasButton = /^Review$/mu.test(shown?.text ?? '');
  return told.thread === null && startOf(told) < half && hasButton;
}

function isReplyIn({ id }: Told, { path, body, at }: Call, half: number): boolean {
  if (path !== 'chat.postMessage' || at < half - MINUTE) return false;
  return id.endsWith(` ${new URLSearchParams(body).get('thread_ts')}`);
}

/** Not where processes died, clocks jumped, or Slack was out of reach. */
function hasExcuse({ journal, stage }: Case): boolean {
  const isTrouble = journal.marks.some(({ what }) => what === 'kill' || what === 'clock');
  const isAway = journal.spells.some(({ what }) => what === 'Slack is away');
  return isTrouble || isAway || stage.processes.some(({ life }) => life.failures.length > 0);
}
