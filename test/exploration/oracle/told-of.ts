import type { Pair, PersonName } from '../cast.js';
import { decisionIn } from './decision.js';
import type { Told } from './evidence.js';
import type { Statement } from './reading.js';
import type { Wish } from './wish.js';

/* Which message tells of which wish: what people saw does not say so. */

export function giveToWishes(told: readonly Told[], wishes: readonly Wish[]): void {
  const recorded = wishes.filter((wish) => isRecordedIn(told, wish));
  for (const [index, message] of told.entries()) {
    if (isReceipt(message)) giveReceipt(message, wishes);
    else if (isCopyForApprovers(message)) giveCopy(message, wishes);
    else giveMessage(message, wishes, recorded, told.slice(index + 1));
  }
}

/** Status words, by what they are about: a message about both kinds is one about the addition. */
const ABOUT_ADDITIONS = /add|back$|back /u;
/** What waits for approval, or ended without it, has words of its own for both kinds. */
const ASKS_FOR_ADDITION = /^Add .* back to |Asked for was to add /mu;

/**
 * A message belongs to the latest wish of the person it names, for everything it speaks about, that had none before it
 * was posted. Some sentences name neither the member nor the chat: then the rest of what it ever said has to do.
 */
function giveMessage(
  message: Told,
  wishes: readonly Wish[],
  recorded: readonly Wish[],
  later: readonly Told[],
): void {
  const [first] = message.states;
  const last = message.states.at(-1);
  if (!first || !last || message.kind === 'window' || isNews(message)) return;
  const kind = kindOf(message);
  const root = message.thread === null ? undefined : wishes.find((wish) => isRepliedTo(wish, message));
  if (root && kind === 'removal') {
    root.others.push(message);
    return;
  }
  const fits = fitting(message, kind, wishes);
  const likely = ofItsSize(first.text, fits);
  const isFree = ({ message: taken }: Wish) => taken === null;
  const called = isCall(message) ? likely.findLast((wish) => !isFree(wish)) : undefined;
  if (called) {
    called.others.push(message);
    return;
  }
  const free = likely.filter(isFree);
  const rivals = later.filter((each) => isRival(each, free));
  // With a message for each of them, they were posted in the order in which they were asked for.
  const isInOrder = rivals.length + 1 >= free.length && !isSecond(message);
  const wish =
    (isInOrder ? free[0] : (free.findLast((each) => recorded.includes(each)) ?? free.at(-1))) ??
    likely.find(isFollowedByAnother) ??
    likely.findLast((each) => mayEndWith(each, message)) ??
    likely.at(-1) ??
    fits.findLast(isFree) ??
    fits.at(-1);
  if (!wish) return;
  wish.isForOthers ||= first.statements.some(({ meaning }) => meaning === 'waits for approval');
  if (wish.message === null || message.kind === 'message') {
    if (wish.message) wish.others.push(wish.message);
    wish.message = message;
  } else {
    wish.others.push(message);
  }
  wish.lastsUntil = Math.max(last.at, Number.isFinite(wish.lastsUntil) ? wish.lastsUntil : 0);
}

/** The window in which it was asked for said that it is recorded. */
function isRecordedIn(told: readonly Told[], { windowId, at }: Wish): boolean {
  const { states = [] } = told.find(({ id }) => id.endsWith(` ${windowId}`)) ?? {};
  return states.some(
    (state) => state.at >= at && state.statements.some(({ meaning }) => /is recorded$/u.test(meaning)),
  );
}

/** It waits for what an earlier request for the same asked for. */
const isSecond = ({ states }: Told) =>
  states.some(({ statements }) =>
    statements.some(({ meaning }) => meaning === 'another request asked for it'),
  );

/** Its message does not change and says so: how it ends is told in a second one. */
const isFollowedByAnother = ({ message }: Wish) =>
  message !== null && /^This copy does not change; /mu.test(message.states.at(-1)?.text ?? '');

/** Those for as many people and chats as it counts. Of what waits, some may not be possible any more: then it counts fewer. */
function ofItsSize(text: string, wishes: readonly Wish[]): readonly Wish[] {
  const roughly = wishes.filter(({ pairs }) => isOfSize(text, pairs.length));
  const exactly = roughly.filter(({ pairs }) => hasNumbersOf(text, pairs));
  return exactly.length > 0 ? exactly : roughly;
}

/** It counts as many things as were asked for, or speaks of one or of several. */
function isOfSize(text: string, count: number): boolean {
  const total = /\b\d+ of (?<total>\d+) [a-z]/u.exec(text)?.groups?.total;
  return total ? Number(total) === count : /(?<!than )\d (chats|people)\b/u.test(text) === count > 1;
}

/** “3 people”, “2 chats”: as many as were asked for. */
function hasNumbersOf(text: string, pairs: readonly Pair[]): boolean {
  const counts = {
    people: new Set(pairs.map(({ member }) => member)).size,
    chats: new Set(pairs.map(({ chat }) => chat)).size,
  };
  const named = [...text.matchAll(/(?<!than )\b(?<count>\d+) (?<what>chats|people)\b/gu)];
  return named.every(({ groups }) => Number(groups?.count) === counts[groups?.what as keyof typeof counts]);
}

/** A later message that may be about each of these as well. */
function isRival(message: Told, wishes: readonly Wish[]): boolean {
  const isOne = message.kind !== 'window' && !isCopyForApprovers(message) && !isReceipt(message);
  if (!isOne || isCall(message)) return false;
  return fitting(message, kindOf(message), wishes).length === wishes.length;
}

function kindOf({ states }: Told): Wish['kind'] {
  const isAddition =
    ASKS_FOR_ADDITION.test(states[0]?.text ?? '') ||
    states.flatMap(({ statements }) => statements).some(({ meaning }) => ABOUT_ADDITIONS.test(meaning));
  return isAddition ? 'addition' : 'removal';
}

export const isReceipt = ({ kind, states }: Told) =>
  kind === 'message' && /^\*Receipt\*/u.test(states[0]?.text ?? '');

/** Of several that it may be about, it is not known which one it is: then it is left alone. */
function giveReceipt(receipt: Told, wishes: readonly Wish[]): void {
  const isOfAddition = /^\d+\. Add back /mu.test(receipt.states[0]?.text ?? '');
  const [wish, ...others] = fitting(receipt, isOfAddition ? 'addition' : 'removal', wishes);
  if (others.length === 0) wish?.others.push(receipt);
}

/** In its thread; or both stand in the thread of what a person wrote, and this one begins by calling people. */
function isRepliedTo({ message, copies }: Wish, told: Told): boolean {
  if ([message, ...copies].some((root) => root?.id.endsWith(` ${told.thread}`))) return true;
  return message?.thread === told.thread && isCall(told);
}

/** Calls people to what another message says, which stays the one that is kept true. */
const isCall = ({ states }: Told) => /^@\w+(, @\w+)* /u.test(states[0]?.text ?? '');

/** It says where it was asked for, because that is somewhere else. */
const isCopyForApprovers = ({ kind, thread, states }: Told) =>
  kind === 'message' && thread === null && /^Asked for in /mu.test(states[0]?.text ?? '');

/** One in each place, for the latest wish of that person that it fits: of two for the same, one that waited then and ends with it. */
function giveCopy(copy: Told, wishes: readonly Wish[]): void {
  const fits = fitting(copy, kindOf(copy), wishes);
  const likely = ofItsSize(copy.states[0]?.text ?? '', fits);
  const free = (likely.length > 0 ? likely : fits).filter(
    ({ copies }) => !copies.some((other) => placeOf(other) === placeOf(copy)),
  );
  const ending = free.filter((each) => mayEndWith(each, copy));
  const waiting = ending.filter((each) => waitedAt(each, copy));
  const wish =
    waiting.findLast((each) => isDecidedAlike(each, copy)) ??
    waiting.at(-1) ??
    ending.at(-1) ??
    free.at(-1) ??
    fits.at(-1);
  if (!wish) return;
  wish.copies.push(copy);
  wish.isForOthers = true;
}

/** The wish's message names the moment that the copy names at which it ends by itself, or it is not posted yet. */
function mayEndWith({ message }: Wish, copy: Told): boolean {
  return message === null || endOf(message) === endOf(copy);
}

/** As far as its message showed when the copy was posted. */
function waitedAt({ message }: Wish, copy: Told): boolean {
  const at = copy.states[0]?.at ?? 0;
  const shown = message?.states.findLast((state) => state.at <= at);
  return !shown || shown.statements.some(({ meaning }) => meaning === 'waits for approval');
}

function isDecidedAlike({ message }: Wish, copy: Told): boolean {
  return decisionIn(message?.states ?? []) === decisionIn(copy.states.slice(-1));
}

function endOf({ states }: Told): number | null {
  const statements = states[0]?.statements ?? [];
  return statements.find(({ sentence }) => /^It ends by itself\b/u.test(sentence))?.named ?? null;
}

/** Those that a copy may be about. */
export function mayBeOf(copy: Told, wishes: readonly Wish[]): readonly Wish[] {
  return fitting(copy, kindOf(copy), wishes);
}

/** Asked for before it was posted, by the person it names; and it speaks of nothing else. */
function fitting(message: Told, kind: Wish['kind'], wishes: readonly Wish[]): readonly Wish[] {
  const [first] = message.states;
  const all = message.states.flatMap(({ statements }) => statements);
  return wishes.filter(
    (wish) =>
      first !== undefined &&
      wish.kind === kind &&
      wish.at <= first.at &&
      isOf(first.text, wish.who) &&
      all.every((statement) => wish.pairs.some((pair) => mayBeAbout(statement, pair))),
  );
}

/** Of two requests for the same, either may be the one that a copy is about. */
export function copiesOf(wishes: readonly Wish[], { who, kind, pairs }: Wish): readonly Told[] {
  const key = JSON.stringify(pairs);
  return wishes
    .filter((wish) => wish.who === who && wish.kind === kind && JSON.stringify(wish.pairs) === key)
    .flatMap(({ copies }) => copies);
}

/** The conversation. */
export const placeOf = ({ id }: Told) => id.split(' ')[0] ?? '';

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
