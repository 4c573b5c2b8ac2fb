import { GROUP_ID, MEMBERS } from '../cast.js';
import type { State, Told } from './evidence.js';
import { isOf } from './told-of.js';
import { type Case, clock, type Rule, type Violation } from './violation.js';

/** What the app knows about a conversation may be that old. */
const REMEMBERED_MS = 61_000;

/**
 * Words go where they belong: no handle to a conversation that is shared with another organisation, nothing of a
 * deleted message in a new one, and no name from outside rings a channel.
 */
export const wordsStayAtHome: Rule = (found) => [
  ...shownToStrangers(found),
  ...shownInFull(found),
  ...postedAgain(found),
  ...rings(found),
];

const namesSomeone = ({ text }: State) => Object.values(MEMBERS).some((handle) => text.includes(handle));

function shownToStrangers(found: Case): readonly Violation[] {
  return found.told
    .filter(({ id, to }) => to === null && id.startsWith(`${found.stage.support.id} `))
    .flatMap(({ states }) => states)
    .filter((state) => isShared(found, state.at) && namesSomeone(state))
    .map(({ at, text }) => ({
      kind: 'a handle for another organisation',
      words: `at ${clock(found, at)} in a shared channel: ${text.slice(0, 200)}`,
    }));
}

/** Where the app is to mask them, no channel reads a handle in full. */
function shownInFull(found: Case): readonly Violation[] {
  if (found.stage.setting.shows !== 'masked') return [];
  return found.told
    .filter(({ to, kind }) => to === null && kind === 'message')
    .flatMap(({ states }) => states)
    .filter(namesSomeone)
    .map(({ at, text }) => ({
      kind: 'a handle in full',
      words: `at ${clock(found, at)} in a channel: ${text.slice(0, 200)}`,
    }));
}

/** Shared at that moment, and for longer than anyone may remember that it was not. */
function isShared({ journal, healedAt }: Case, at: number): boolean {
  const last = journal.marks.findLast(
    (mark) => mark.at <= at && (mark.what === 'shared' || mark.what === 'unshared'),
  );
  return last?.what === 'shared' && at < healedAt && at - last.at > REMEMBERED_MS;
}

/** The message itself was not wanted there any more. */
function postedAgain(found: Case): readonly Violation[] {
  return found.wishes.flatMap((wish) => {
    const gone = found.told.find(
      ({ isDeleted, states }) =>
        isDeleted && states.some((state) => namesSomeone(state) && isOf(state.text, wish.who)),
    );
    const deletedAt =
      gone && found.journal.marks.find(({ ts }) => ts !== undefined && gone.id.endsWith(ts))?.at;
    if (!gone || deletedAt === undefined || gone !== wish.message) return [];
    const again = found.told.find(
      (told) =>
        told !== gone && isInSamePlace(told, gone) && isLater(told, deletedAt) && isAboutSame(told, gone),
    );
    return again
      ? [{ kind: 'posted again after it was deleted', words: (again.states[0]?.text ?? '').slice(0, 200) }]
      : [];
  });
}

const isInSamePlace = (a: Told, b: Told) =>
  a.kind === 'message' && a.thread === null && a.id.split(' ')[0] === b.id.split(' ')[0];
const isLater = ({ states }: Told, at: number) => (states[0]?.at ?? 0) > at;

/** Linq's trace, or the sentence with chat and person in it. */
function isAboutSame(told: Told, gone: Told): boolean {
  const traces = (states: readonly State[]) =>
    states.flatMap(({ text }) => text.match(/\b[0-9a-f]{32}\b/gu) ?? []);
  return traces(told.states).some((trace) => traces(gone.states).includes(trace));
}

function rings({ stage }: Case): readonly Violation[] {
  return (
    [...stage.simulator.slack.channels.values()]
      .flatMap(({ messages }) => messages)
      // The group of approvers is called by its name.
      .filter(({ rang }) => rang.some((each) => each !== GROUP_ID))
      .map(({ text }) => ({ kind: 'a channel was rung', words: text.slice(0, 200) }))
  );
}
