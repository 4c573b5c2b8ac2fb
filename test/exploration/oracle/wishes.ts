import type { PersonName } from '../cast.js';
import type { Submission } from '../journal.js';
import type { Evidence, Pair, Told } from './evidence.js';
import type { Statement } from './reading.js';

/** What a person asked for by pressing a button, once, however often it was pressed with the same content. */
export interface Wish {
  readonly who: PersonName;
  readonly kind: 'removal' | 'addition';
  readonly at: number;
  readonly pairs: readonly Pair[];
  readonly windowId: string;
  /** Others have to approve it first. */
  readonly isForOthers: boolean;
  /** The message that tells of it; null when none could be found. */
  message: Told | null;
  /** What else tells of it: replies in the message's thread, and messages that came before or beside it. */
  readonly others: Told[];
  /** When that message last changed; for ever, as far as can be told, without one. */
  lastsUntil: number;
}

/** The words on buttons that ask for something. */
const ASKS: Readonly<Record<string, Wish['kind']>> = {
  Remove: 'removal',
  Approve: 'removal',
  'Ask for approval': 'removal',
  'Add back': 'addition',
};
const DECISION = /asks for your approval/u;

export function isDecision({ window }: Submission): boolean {
  return window.button !== null && window.button in ASKS && DECISION.test(window.text);
}

/** Every wish of the story in order, each with its message. */
export function findWishes({ journal, told }: Evidence): readonly Wish[] {
  const wishes = new Map<string, Wish>();
  for (const submission of journal.submissions) {
    const wish = wishOf(submission);
    const key = wish && JSON.stringify([wish.windowId, wish.pairs]);
    if (wish && key && !wishes.has(key)) wishes.set(key, wish);
  }
  const all = [...wishes.values()];
  for (const [index, message] of told.entries()) giveMessage(message, all, told.slice(index + 1));
  return all;
}

function wishOf(submission: Submission): Wish | null {
  const { who, at, window } = submission;
  const asked = window.button === null ? undefined : ASKS[window.button];
  const kind = asked && window.title === 'Add back' ? 'addition' : asked;
  const { member } = window;
  if (kind === undefined || member === null || isDecision(submission)) return null;
  const pairs = window.chats.map((chat) => ({ member, chat }));
  const never = Number.POSITIVE_INFINITY;
  return pairs.length === 0
    ? null
    : {
        who,
        kind,
        at,
        pairs,
        windowId: window.id,
        isForOthers: window.button === 'Ask for approval',
        message: null,
        others: [],
        lastsUntil: never,
      };
}

/** Status words, by what they are about: a message about both kinds is one about the addition. */
const ABOUT_ADDITIONS = /add|back$|back /u;
/** What waits for approval, or ended without it, has words of its own for both kinds. */
const ASKS_FOR_ADDITION = /^Add .* back to |Asked for was to add /mu;

/**
 * A message belongs to the latest wish of the person it names, for everything it speaks about, that had none before it
 * was posted. Some sentences name neither the member nor the chat: then the rest of what it ever said has to do.
 */
function giveMessage(message: Told, wishes: readonly Wish[], later: readonly Told[]): void {
  const [first] = message.states;
  const last = message.states.at(-1);
  if (!first || !last || message.kind === 'window' || isNews(message)) return;
  if (message.thread !== null && kindOf(message) === 'removal') {
    wishes.find((wish) => wish.message?.id.endsWith(` ${message.thread}`))?.others.push(message);
    return;
  }
  const fits = wishes.filter((wish) => maySpeakOf(message, wish));
  const isAboutMany = /\d chats\b/u.test(first.text);
  const likely = fits.filter(({ pairs }) => pairs.length > 1 === isAboutMany);
  const isFree = ({ message: taken }: Wish) => taken === null;
  const called = isCall(first.text) ? likely.findLast((wish) => !isFree(wish)) : undefined;
  if (called) {
    called.others.push(message);
    return;
  }
  const free = likely.filter(isFree);
  const rivals = later.filter(
    (each) => each.thread === null && !isCall(textOf(each)) && free.every((wish) => maySpeakOf(each, wish)),
  );
  // With a message for each of them, they were posted in the order in which they were asked for.
  const wish =
    (rivals.length + 1 >= free.length ? free[0] : free.at(-1)) ?? fits.findLast(isFree) ?? fits.at(-1);
  if (!wish) return;
  if (wish.message === null || message.kind === 'message') {
    if (wish.message) wish.others.push(wish.message);
    wish.message = message;
  } else {
    wish.others.push(message);
  }
  wish.lastsUntil = Math.max(last.at, Number.isFinite(wish.lastsUntil) ? wish.lastsUntil : 0);
}

function kindOf(message: Told): Wish['kind'] {
  const isAddition =
    ASKS_FOR_ADDITION.test(textOf(message)) ||
    message.states.some(({ statements }) => statements.some(({ meaning }) => ABOUT_ADDITIONS.test(meaning)));
  return isAddition ? 'addition' : 'removal';
}

/** It is about what that person asked for, and was posted afterwards. */
function maySpeakOf(message: Told, wish: Wish): boolean {
  const [first] = message.states;
  return (
    first !== undefined &&
    message.kind !== 'window' &&
    wish.kind === kindOf(message) &&
    wish.at <= first.at &&
    isOf(first.text, wish.who) &&
    message.states.every(({ statements }) =>
      statements.every((statement) => wish.pairs.some((pair) => mayBeAbout(statement, pair))),
    )
  );
}

const textOf = ({ states }: Told) => states[0]?.text ?? '';

/** Calls somebody to what another message says, which stays the one that is kept true. */
const isCall = (text: string) => /^@\w+ /u.test(text);

/** That a person paused or resumed the app is news: no request's message, and not kept up to date. */
export const isNews = ({ states }: Told) => /has (paused|resumed) this app\b/u.test(states[0]?.text ?? '');

/** Others may be named too: those who are to approve, and anybody in the name of a chat. */
export function isOf(text: string, who: PersonName): boolean {
  return new RegExp(`Asked for by @${who}\\b|^@${who}\\b`, 'mu').test(text);
}

/** A sentence that does not say whom or which chat it is about may be about any that were asked for. */
export function mayBeAbout({ member, chat }: Statement, pair: Pair): boolean {
  return (member ?? pair.member) === pair.member && (chat ?? pair.chat) === pair.chat;
}
