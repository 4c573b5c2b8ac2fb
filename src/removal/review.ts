import type { ChatAnswer, ChatsAnswer, LinqFailure } from './answer.js';
import {
  activeMembers,
  type Chat,
  FEWEST_REMAINING,
  findMember,
  isOurLineUnknown,
  type Member,
  remainingWithout,
} from './chat.js';
import { whyImpossible } from './impossible.js';
import { type ReasonName, reasonFor, reasonOf } from './reasons.js';

/** Said before approval; refuses nothing. */
export type Warning = 'sms' | 'rcs' | 'unknown-service' | 'exactly-three' | 'own-line-unknown';

/** A chat from which removing is possible, as far as can be known before Linq decides. */
export interface Choice {
  readonly chat: Chat;
  readonly person: Member;
  /** Active members afterwards, our line included. */
  readonly remaining: number;
  readonly warnings: readonly Warning[];
}

/** A chat from which it is not, and why. */
export interface Obstacle {
  readonly chat: Chat;
  readonly reason: ReasonName;
}

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
  | { readonly kind: 'members'; readonly chat: Chat; readonly members: readonly Member[] }
  | { readonly kind: 'impossible'; readonly reason: ReasonName; readonly chat: Chat | null }
  /** Linq could not be asked: where chat and person are known the removal may still be approved, and Linq decides. */
  | { readonly kind: 'unchecked'; readonly reason: ReasonName };

/** What a person wants, as far as it is known before Linq is asked: at least one of the two. */
export interface Wish {
  readonly chatId: string | null;
  readonly handle: string | null;
}

/** The look-ups of a review. They never reject for anything Linq or the network may do. */
export interface LookUp {
  readChat(chatId: string): Promise<ChatAnswer>;
  /** All chats of a person. `signal` abandons the look-up; the answer is then a failure. */
  chatsOf(handle: string, signal?: AbortSignal): Promise<ChatsAnswer>;
}

/**
 * Asks Linq and says what is possible: for a chat and a person, whether; for a person alone, from which chats; for a
 * chat alone, whom. `only` narrows a person's chats to these. Never rejects for Linq's sake.
 */
export async function lookUp(
  linq: LookUp,
  { chatId, handle }: Wish,
  { only, signal }: { only?: readonly string[]; signal?: AbortSignal } = {},
): Promise<Review> {
  if (chatId && handle) return reviewPerson(handle, await linq.readChat(chatId));
  if (chatId) return reviewMembers(await linq.readChat(chatId));
  if (handle) return reviewChats(handle, narrow(await linq.chatsOf(handle, signal), only));
  throw new Error('A look-up needs a chat or a person');
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

function narrow(answer: ChatsAnswer, only: readonly string[] | undefined): ChatsAnswer {
  if (!answer.ok || !only) return answer;
  return { ...answer, hasMore: false, chats: answer.chats.filter((chat) => only.includes(chat.id)) };
}

function judge(chat: Chat, handle: string): Choice | Obstacle {
  const person = findMember(chat, handle);
  const reason = whyNot(chat, person);
  if (reason || !person) return { chat, reason: reason ?? 'not-a-member' };
  return {
    chat,
    person,
    remaining: remainingWithout(chat, [person.handle]),
    warnings: warningsFor(chat, person),
  };
}

/** A refusal to show the chat is an answer; anything else means that we could not check. */
function reviewUnseen(failure: LinqFailure): Review {
  const reason = reasonFor(failure);
  if (reasonOf(reason).kind !== 'refusal') return { kind: 'unchecked', reason };
  return { kind: 'impossible', reason: reason === 'not-found' ? 'unknown-chat' : reason, chat: null };
}

function whyNot(chat: Chat, person: Member | undefined): ReasonName | null {
  if (!chat.isGroup) return 'direct-chat';
  if (!person) return 'not-a-member';
  if (!person.active && !person.isUs) return 'already-left';
  return whyImpossible(chat, person.handle, 'remove');
}

function warningsFor(chat: Chat, person: Member): Warning[] {
  const warnings: Warning[] = [];
  if (chat.service === 'SMS') warnings.push('sms');
  if (chat.service === 'RCS') warnings.push('rcs');
  if (chat.service === null) warnings.push('unknown-service');
  if (remainingWithout(chat, [person.handle]) === FEWEST_REMAINING) warnings.push('exactly-three');
  if (isOurLineUnknown(chat)) warnings.push('own-line-unknown');
  return warnings;
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
    case 'members':
      return [review.kind, chatParts(review.chat)];
    case 'impossible':
      return [review.kind, review.reason, review.chat && chatParts(review.chat)];
    case 'unchecked':
      return [review.kind];
  }
}

function choiceParts({ chat, person }: Choice): unknown {
  return [chatParts(chat), person.handle];
}

function obstacleParts({ chat, reason }: Obstacle): unknown {
  return [chatParts(chat), reason];
}

function chatParts(chat: Chat): unknown {
  const { id, name, isGroup, service } = chat;
  return [id, name, isGroup, service, sorted(activeMembers(chat).map(({ handle, isUs }) => [handle, isUs]))];
}

function sorted(parts: readonly unknown[]): string[] {
  return parts.map((part) => JSON.stringify(part)).sort();
}
