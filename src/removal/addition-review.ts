import { activeMembers, type Chat, isIn, sameChat } from './chat.js';
import { whyUnseen } from './choice.js';
import { whyImpossible } from './impossible.js';
import type { ReasonName } from './reasons.js';
import type { Wanted } from './request.js';
import { chatParts, isUnchecked, type LookUp } from './review.js';

/**
 * Why one person cannot be added back to one chat now. `back-already`: Linq shows them in it. `no-longer-ours`: the
 * removal can no longer be undone from its message, because its time is over or another request undoes it.
 */
export type AdditionObstacle = 'back-already' | 'no-longer-ours' | ReasonName;

/** One person and one chat, as they are now. */
export interface Addition {
  readonly wanted: Wanted;
  /** Null: it could not be read. */
  readonly chat: Chat | null;
  /** Null: it is possible, as far as can be known before Linq decides. */
  readonly obstacle: AdditionObstacle | null;
  /** Linq gave no answer to go by. */
  readonly unread: ReasonName | null;
}

/** What approving additions would do, from what Linq says now. */
export interface AdditionReview {
  readonly kind: 'additions';
  readonly additions: readonly Addition[];
}

/**
 * Asks Linq about every chat to which people are to be added back, each once. `undoable` are the removals that can still
 * be undone. Never rejects for Linq's sake.
 */
export async function reviewAdditions(
  linq: Pick<LookUp, 'readChat'>,
  wanted: readonly Wanted[],
  undoable: readonly string[],
): Promise<AdditionReview> {
  const chatIds = wanted
    .map(({ chatId }) => chatId)
    .filter((id, index, all) => all.findIndex((each) => sameChat(each, id)) === index);
  const readings = await Promise.all(
    chatIds.map(async (chatId) => ({ chatId, seen: await linq.readChat(chatId) })),
  );
  const additions = wanted.flatMap((each): Addition[] => {
    const reading = readings.find(({ chatId }) => sameChat(chatId, each.chatId));
    if (!reading) return [];
    const nothing = { wanted: each, chat: null, obstacle: null, unread: null };
    if (each.undoes === null || !undoable.includes(each.undoes))
      return [{ ...nothing, obstacle: 'no-longer-ours' }];
    const { seen } = reading;
    if (seen.ok) return [judge(seen.chat, each)];
    const reason = whyUnseen(seen.failure);
    return [isUnchecked(reason) ? { ...nothing, unread: reason } : { ...nothing, obstacle: reason }];
  });
  return { kind: 'additions', additions };
}

function judge(chat: Chat, wanted: Wanted): Addition {
  const obstacle = isIn(chat, wanted.handle) ? 'back-already' : whyImpossible(chat, wanted.handle, 'add');
  return { wanted: { ...wanted, chatName: chat.name }, chat, obstacle, unread: null };
}

/** How many people, our line included, would be in the chat afterwards. */
export function peopleAfter(chat: Chat, { additions }: AdditionReview): number {
  const joining = additions.filter(
    ({ wanted, obstacle }) => obstacle === null && sameChat(wanted.chatId, chat.id),
  );
  return activeMembers(chat).length + joining.length;
}

/** Everything that such a review rests on, as one text: see `fingerprintOfReview`. */
export function fingerprintOfAdditions({ kind, additions }: AdditionReview): string {
  const parts = additions.map(({ wanted: { handle, chatId }, chat, obstacle, unread }) =>
    JSON.stringify([handle, chatId, obstacle, unread !== null, chat && chatParts(chat)]),
  );
  return JSON.stringify([kind, parts.sort()]);
}
