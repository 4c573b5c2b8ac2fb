import type { ChatAnswer, ChatsAnswer, LinqFailure } from './answer.js';
import { activeMembers, type Chat, isOurLineUnknown, type Member, sameChat, sameHandle } from './chat.js';
import { type Choice, judge, type Obstacle, whyUnseen } from './choice.js';
import { whyImpossible } from './impossible.js';
import { type PersonReview, reviewPeople, reviewPeopleIn } from './people-review.js';
import { type ReasonName, reasonOf } from './reasons.js';

/** What approving would do, from what Linq says now. */
export type Review =
  | ({ readonly kind: 'possible' } & Choice)
  | {
      readonly kind: 'chats';
      readonly choices: readonly Choice[];
      readonly obstacles: readonly Obstacle[];
      /** Linq has more chats of this person than were read. */
      readonly hasMore: boolean;
    }
  /** Several people, in the given chat (null: each in their own chats). */
  | { readonly kind: 'people'; readonly chat: Chat | null; readonly people: readonly PersonReview[] }
  | { readonly kind: 'members'; readonly chat: Chat; readonly members: readonly Member[] }
  | { readonly kind: 'impossible'; readonly reason: ReasonName; readonly chat: Chat | null }
  /** Linq could not be asked: where chat and person are known the removal may still be approved, and Linq decides. */
  | { readonly kind: 'unchecked'; readonly reason: ReasonName };

/** What a person wants, as far as it is known before Linq is asked: a chat, people, or both. */
export interface Wish {
  readonly chatId: string | null;
  readonly handles: readonly string[];
}

/** One person and one chat. */
export interface Pair {
  readonly chatId: string;
  readonly handle: string;
}

/** The look-ups of a review. They never reject for anything Linq or the network may do. */
export interface LookUp {
  readChat(chatId: string): Promise<ChatAnswer>;
  /** All chats of a person. `signal` abandons the look-up; the answer is then a failure. */
  chatsOf(handle: string, signal?: AbortSignal): Promise<ChatsAnswer>;
}

/** Looking through all chats, for one whose name is known. It never rejects either. */
export interface ChatList {
  /** The latest 1,000 or so. `signal` abandons it; the answer is then a failure. */
  allChats(signal?: AbortSignal): Promise<ChatsAnswer>;
}

/** One approval takes so many (DESIGN 2.2); a menu of Slack's offers no more either. */
export const MOST_REMOVALS = 100;

export interface LookUpOptions {
  /** Of the chats of people, only these. */
  readonly only?: readonly Pair[] | undefined;
  /** Of the chats of people, those that are like this; there may be more among the chats that could not be read. */
  readonly among?: ((chat: Chat) => boolean) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks Linq and says what is possible: for a chat and people, whether; for people alone, from which chats; for a chat
 * alone, whom. The chats of several people are asked for at once. Never rejects for Linq's sake.
 */
export async function lookUp(
  linq: LookUp,
  { chatId, handles }: Wish,
  { only, among, signal }: LookUpOptions = {},
): Promise<Review> {
  const [handle, ...others] = handles;
  const chatsOf = async (of: string) => narrow(of, await linq.chatsOf(of, signal), { only, among });
  if (chatId && handle === undefined) return reviewMembers(await linq.readChat(chatId));
  if (handle === undefined) throw new Error('A look-up needs a chat or a person');
  if (others.length === 0) {
    return chatId
      ? reviewPerson(handle, await linq.readChat(chatId))
      : reviewChats(handle, await chatsOf(handle));
  }
  if (chatId) return reviewSeveralIn(handles, await linq.readChat(chatId));
  const lists = await Promise.all(handles.map(async (each) => ({ handle: each, seen: await chatsOf(each) })));
  return reviewLists(lists);
}

function reviewLists(lists: Parameters<typeof reviewPeople>[0]): Review {
  const people = reviewPeople(lists);
  const [first] = people;
  const isSeen = people.some(({ unread }) => unread === null || !isUnchecked(unread));
  if (!isSeen && first?.unread) return { kind: 'unchecked', reason: first.unread };
  return { kind: 'people', chat: null, people };
}

function reviewSeveralIn(handles: readonly string[], seen: ChatAnswer): Review {
  if (!seen.ok) return reviewUnseen(seen.failure);
  const { chat } = seen;
  return { kind: 'people', chat, people: reviewPeopleIn(handles, chat) };
}

export function reviewPerson(handle: string, seen: ChatAnswer): Review {
  if (!seen.ok) return reviewUnseen(seen.failure);
  const judged = judge(seen.chat, handle);
  return 'reason' in judged ? { kind: 'impossible', ...judged } : { kind: 'possible', ...judged };
}

export function reviewChats(handle: string, seen: ChatsAnswer): Review {
  if (!seen.ok) return reviewUnseen(seen.failure);
  const judged = seen.chats.map((chat) => judge(chat, handle));
  const choices = judged.filter((each) => 'person' in each);
  const obstacles = judged.filter((each) => 'reason' in each);
  const [first] = choices;
  if (first && judged.length === 1 && !seen.hasMore) return { kind: 'possible', ...first };
  return { kind: 'chats', choices, obstacles, hasMore: seen.hasMore };
}

/** Members are offered only where our own line is known: it must not be among them. */
export function reviewMembers(seen: ChatAnswer): Review {
  if (!seen.ok) return reviewUnseen(seen.failure);
  const { chat } = seen;
  const members = activeMembers(chat).filter((member) => !member.isUs);
  const [anyone] = members;
  const reason = anyone ? whyImpossible(chat, anyone.handle, 'remove') : 'too-few';
  if (reason) return { kind: 'impossible', reason, chat };
  if (isOurLineUnknown(chat)) return { kind: 'impossible', reason: 'own-line-unknown', chat };
  return { kind: 'members', chat, members };
}

function narrow(
  handle: string,
  answer: ChatsAnswer,
  { only, among }: Pick<LookUpOptions, 'only' | 'among'>,
): ChatsAnswer {
  if (!answer.ok) return answer;
  if (!only) return among ? { ...answer, chats: answer.chats.filter(among) } : answer;
  const isMeant = ({ id }: Chat) =>
    only.some((pair) => sameHandle(pair.handle, handle) && sameChat(pair.chatId, id));
  return { ...answer, hasMore: false, chats: answer.chats.filter(isMeant) };
}

/** A refusal to show the chat is an answer; anything else means that we could not check. */
function reviewUnseen(failure: LinqFailure): Review {
  const reason = whyUnseen(failure);
  return isUnchecked(reason) ? { kind: 'unchecked', reason } : { kind: 'impossible', reason, chat: null };
}

/** Linq gave no answer to go by, as opposed to one that says no. */
export function isUnchecked(reason: ReasonName): boolean {
  return reasonOf(reason).kind !== 'refusal';
}

/**
 * Everything that a review rests on, as one text: two readings with the same text show a person the same chats, the
 * same person and the same members. The order in which Linq lists them does not count.
 */
export function fingerprintOfReview(review: Review): string {
  return JSON.stringify(partsOf(review));
}

function partsOf(review: Review): unknown {
  switch (review.kind) {
    case 'possible':
      return [review.kind, choiceParts(review)];
    case 'chats':
      return [
        review.kind,
        sorted(review.choices.map(choiceParts)),
        sorted(review.obstacles.map(obstacleParts)),
      ];
    case 'people':
      return [review.kind, review.people.map(personParts)];
    case 'members':
      return [review.kind, chatParts(review.chat)];
    case 'impossible':
      return [review.kind, review.reason, review.chat && chatParts(review.chat)];
    case 'unchecked':
      return [review.kind];
  }
}

function personParts({ handle, choices, obstacles, unread }: PersonReview): unknown {
  return [handle, sorted(choices.map(choiceParts)), sorted(obstacles.map(obstacleParts)), unread];
}

function choiceParts({ chat, person }: Choice): unknown {
  return [chatParts(chat), person.handle];
}

function obstacleParts({ chat, reason }: Obstacle): unknown {
  return [chatParts(chat), reason];
}

/** What of a chat a review rests on. */
export function chatParts(chat: Chat): unknown {
  const { id, name, isGroup, service } = chat;
  return [id, name, isGroup, service, sorted(activeMembers(chat).map(({ handle, isUs }) => [handle, isUs]))];
}

function sorted(parts: readonly unknown[]): string[] {
  return parts.map((part) => JSON.stringify(part)).sort();
}
