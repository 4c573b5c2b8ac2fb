import type { LinqFailure } from '../../removal/answer.js';
import { activeMembers, type Chat } from '../../removal/chat.js';
import type { ChatList } from '../../removal/review.js';
import { matchChatName } from '../typed/chat-name.js';

/** A group chat as it was listed: enough to be offered, too little to decide anything by. */
export interface ListedChat extends Pick<Chat, 'id' | 'name' | 'service'> {
  /** Active members, our line included. */
  readonly people: number;
}

export type ChatsFound =
  | {
      readonly ok: true;
      /** Group chats with what was typed in their name, newest first. */
      readonly chats: readonly ListedChat[];
      /** How many group chats were looked through. */
      readonly looked: number;
      /** Linq has more chats than could be looked through. */
      readonly hasMore: boolean;
    }
  | { readonly ok: false; readonly failure: LinqFailure };

/** Longer names are in no chat: no one could read them. */
export const LONGEST_NAME = 200;
/** People correct what they typed; they must not wait for ten pages each time. */
const GOOD_FOR_MS = 60_000;

interface Listing {
  readonly chats: readonly ListedChat[];
  readonly hasMore: boolean;
}

/** Group chats by a part of their name. Never rejects for Linq's sake; `signal` abandons it. */
export interface ChatSearch {
  find(name: string, signal?: AbortSignal): Promise<ChatsFound>;
}

/**
 * Looks through all of Linq's chats, since it has no search. What was read serves for a minute, but only to choose by:
 * the chosen chat is read again.
 */
export function createChatSearch(linq: ChatList, elapsed: () => number): ChatSearch {
  let last: (Listing & { readonly readAt: number }) | null = null;

  async function list(signal?: AbortSignal): Promise<({ readonly ok: true } & Listing) | ChatsFound> {
    const at = elapsed();
    if (last && at - last.readAt < GOOD_FOR_MS) return { ok: true, ...last };
    const answer = await linq.allChats(signal);
    if (!answer.ok) return answer;
    last = {
      chats: answer.chats.filter(({ isGroup }) => isGroup).map(toListed),
      hasMore: answer.hasMore,
      readAt: at,
    };
    return { ok: true, ...last };
  }

  return {
    async find(name, signal) {
      const listed = await list(signal);
      if (!listed.ok) return listed;
      const { chats, hasMore } = listed;
      return {
        ok: true,
        chats: chats.filter((chat) => matchChatName(name, chat.name)),
        looked: chats.length,
        hasMore,
      };
    },
  };
}

function toListed(chat: Chat): ListedChat {
  const { id, name, service } = chat;
  return { id, name, service, people: activeMembers(chat).length };
}
