import { type Change, endedBadly, isFinal } from '../../removal/change.js';
import { CHANGES_IN_MESSAGE } from '../../removal/delivery-policy.js';
import { isKeptFromSending, tally } from '../../removal/outcome.js';
import type { Direction, Wanted } from '../../removal/request.js';
import { leftOut, type RequestState } from '../../removal/state.js';
import { plain, section } from '../blocks/blocks.js';
import { sectionsOf } from '../blocks/sections.js';
import { escapeMrkdwn, type HandleDisplay } from '../blocks/text.js';
import type { Body, Manner, Message } from './body.js';
import { leftOutLines } from './left-out.js';
import { describe, PAUSED } from './one-chat.js';
import { isOnePerson, linesByPerson, where, who } from './people.js';

/** The asker's wish in words, while it goes on and afterwards. */
const WISH: Record<Direction, { readonly heading: string; readonly open: Wish; readonly ended: Wish }> = {
  remove: {
    heading: 'Removing',
    open: (person, chats) => `Removing ${person} from ${chats}`,
    ended: (person, chats) => `Asked to remove ${person} from ${chats}`,
  },
  add: {
    heading: 'Adding back',
    open: (person, chats) => `Adding ${person} back to ${chats}`,
    ended: (person, chats) => `Asked to add ${person} back to ${chats}`,
  },
};

type Wish = (person: string, chats: string) => string;

/**
 * The body of a message about several changes: how far they are, then a line for each; of many, only those that need
 * attention, and the whole list goes to the thread. A copy, which has no thread, names them all. What was `left` out when
 * it was approved is counted here, and named below.
 */
export function manyChats(
  changes: readonly Change[],
  display: HandleDisplay,
  { isCopy, isPaused }: Manner,
  left: readonly Wanted[],
): Body {
  const all = [...changes, ...left];
  const wish = WISH[changes[0]?.direction ?? 'remove'];
  const isHeld = changes.some((change) => isKeptFromSending(change, isPaused));
  const words = wish[hasEnded(changes) || isHeld ? 'ended' : 'open'](who(all, display), where(all, display));
  const progress = `${tally(changes, isPaused, left.length)}.`;
  const bad = changes.filter(endedBadly);
  const isWhole = isCopy || changes.length <= CHANGES_IN_MESSAGE;
  const lines = (some: readonly Change[]) =>
    linesByPerson(some, all, display, (change, name) => lineOf(change, name, display, isPaused));
  return {
    heading: hasEnded(changes) ? 'Finished' : isHeld ? 'Paused' : wish.heading,
    emoji: isHeld ? PAUSED : emojiOf(changes, left.length > 0),
    text: escapeMrkdwn([`${words}: ${progress}`, ...lines(bad)].join('\n')),
    blocks: [
      section(plain(`${words}\n${progress}`)),
      ...sectionsOf(isWhole ? lines(changes) : [...lines(bad), elsewhere(bad)]),
    ],
  };
}

/** Every change with what became of it, for the thread. */
export function wholeList(state: RequestState, display: HandleDisplay): Message {
  const { changes } = state;
  const left = leftOut(state);
  const all = [...changes, ...left];
  const title = isOnePerson(all) ? `All ${all.length} chats` : `All ${all.length}, by person`;
  const lines = linesByPerson(changes, all, display, (change, name) => lineOf(change, name, display));
  return {
    text: escapeMrkdwn(`${title}: ${tally(changes, false, left.length)}.`),
    blocks: sectionsOf([title, ...lines, ...leftOutLines(state, display)]),
  };
}

function lineOf(change: Change, name: string, display: HandleDisplay, isPaused = false): string {
  const { headline, sentence } = describe(change, display, isPaused);
  return endedBadly(change) ? `• ${name}: ${headline}. ${sentence}` : `• ${name}: ${headline}`;
}

/** Said before the list is posted, it does not say that it stands there. */
function elsewhere(bad: readonly Change[]): string {
  const place = 'The whole list follows in the thread.';
  return bad.length > 0 ? `These need attention. ${place}` : place;
}

function hasEnded(changes: readonly Change[]): boolean {
  return changes.every(({ status }) => isFinal(status));
}

function emojiOf(changes: readonly Change[], isPart: boolean): string {
  if (!hasEnded(changes)) return ':hourglass_flowing_sand:';
  return isPart || changes.some(endedBadly) ? ':warning:' : ':white_check_mark:';
}
