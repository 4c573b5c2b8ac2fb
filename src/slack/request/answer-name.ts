import type { Chat } from '../../removal/chat.js';
import type { Origin } from '../blocks/origin.js';
import { clean, cut, readable } from '../blocks/text.js';
import type { ChatSearch, ChatsFound } from '../find/find-chats.js';
import type { Answer } from '../guard/answer-in-time.js';
import { type ReviewDeps, reviewView } from '../review/show-review.js';
import { matchChatName } from '../typed/chat-name.js';
import { chooseChatModal, notSearchedModal } from './choose-chat-modal.js';
import { mistaken } from './mistaken.js';

/** A part of a chat's name alone: one chat goes on to its members, of several the person chooses one. */
export async function answerName(
  deps: ReviewDeps & { readonly chatSearch: ChatSearch },
  origin: Origin,
  name: string,
  signal: AbortSignal,
): Promise<Answer> {
  const found = await deps.chatSearch.find(name, signal);
  if (!found.ok) return { view: notSearchedModal(origin) };
  const [chat, ...others] = found.chats;
  if (!chat) return mistaken(origin, { chat: noSuchChat(name, found, 'that Linq lists'), handle: null });
  if (others.length > 0 || found.hasMore) return { view: chooseChatModal(origin, name, found) };
  return { view: await reviewView(deps, { ...origin, chatId: chat.id }, { signal }) };
}

/** A part of a chat's name and people: the group chats of theirs with that in the name. */
export async function answerNameOf(
  deps: ReviewDeps,
  origin: Origin,
  name: string,
  signal: AbortSignal,
): Promise<Answer> {
  const among = ({ isGroup, name: called }: Chat) => isGroup && matchChatName(name, called);
  const seen = await Promise.all(origin.handles.map((handle) => deps.linq.chatsOf(handle, signal)));
  const read = seen.flatMap((answer) => (answer.ok && answer.chats.length > 0 ? [answer] : []));
  if (read.length === seen.length && !read.some(({ chats }) => chats.some(among))) {
    const groups = new Set(
      read.flatMap(({ chats }) => chats.filter(({ isGroup }) => isGroup).map(({ id }) => id)),
    );
    const hasMore = read.some((answer) => answer.hasMore);
    const sentence = noSuchChat(name, { looked: groups.size, hasMore }, whose(origin.handles));
    return mistaken(origin, { chat: sentence, handle: null });
  }
  return { view: await reviewView(deps, origin, { signal, among }) };
}

const SHOWN_LENGTH = 60;

function whose([handle = '', ...others]: readonly string[]): string {
  return `that Linq lists with ${others.length > 0 ? 'these people' : cut(readable(handle), SHOWN_LENGTH)}`;
}

/** No chat has that in its name, of so many that were looked through. */
function noSuchChat(
  name: string,
  { looked, hasMore }: Pick<ChatsFound & { ok: true }, 'looked' | 'hasMore'>,
  which: string,
): string {
  const shown = `“${cut(clean(name), SHOWN_LENGTH)}”`;
  const more = hasMore ? ` Linq has more chats than the ${looked} groups that could be looked through.` : '';
  return `None of the group chats ${which} has ${shown} in its name.${more} Check the spelling, or enter the chat’s ID.`;
}
