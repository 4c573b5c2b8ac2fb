import type { ChatAnswer, ChatsAnswer } from './answer.js';
import type { Change } from './change.js';
import { sameChat } from './chat.js';
import type { LinqClient, Turn } from './ports.js';
import { reasonFor } from './reasons.js';
import { READING_GOOD_FOR_MS } from './schedule.js';

interface Reading<Answer> {
  /** It shows nothing from before this. */
  readonly startedAt: Date;
  /** However long it took, it is good for a while from here: a slow Linq must not be read again without end. */
  readonly endedAt: Date;
  readonly answer: Answer;
}

/**
 * What Linq showed within the last seconds. A page of a person's chats holds whole rosters, so one list is a reading of
 * every chat on it; a chat that is missing from the list proves nothing and is read by itself.
 */
export interface Readings {
  /**
   * A reading that is fresh, begun after the approval and after the change's last call, and for proof one that the
   * change was not judged by before; null when there is none.
   */
  of(change: Change): ChatAnswer | null;
  /**
   * Asks Linq once, for all that need the same answer at this moment. `byPerson`: with the list of the person's chats,
   * unless a list has just left this chat out. Answers with what was read; null when Linq's gate has no room for
   * another call.
   */
  take(change: Change, turn: Turn, byPerson: boolean): Promise<'list' | 'chat'> | null;
  /** An event told that these readings are old; null: all of them. */
  forget(chatId: string | null): void;
}

export function createReadings(
  linq: Pick<LinqClient, 'gate' | 'readChatFor' | 'chatsOfFor'>,
  now: () => Date,
): Readings {
  const chats = new Map<string, Reading<ChatAnswer>>();
  const lists = new Map<string, Reading<ChatsAnswer>>();
  const underWay = new Map<string, Promise<'list' | 'chat'>>();
  /** For what waits for proof: when the reading began that it was judged by last. */
  const judgedBy = new Map<string, Date>();

  /** What was read before the approval does not know what the review knew: the person may have come back since. */
  function isFresh(reading: Reading<unknown> | undefined, { id, sentAt, approvedAt }: Change): boolean {
    // An approval later than now was made by a clock that has been set back since.
    if (!reading || (approvedAt <= now() && reading.startedAt < approvedAt)) return false;
    const age = now().getTime() - reading.endedAt.getTime();
    const isYounger = (than: Date | null | undefined) => !than || reading.startedAt > than;
    return isYounger(sentAt) && isYounger(judgedBy.get(id)) && age >= 0 && age <= READING_GOOD_FOR_MS;
  }

  function judge({ id, status }: Change, { startedAt }: Reading<unknown>): void {
    if (status === 'approved' || status === 'waiting') return;
    // In the order of judging: what is old stands in front, and goes.
    judgedBy.delete(id);
    judgedBy.set(id, startedAt);
    for (const [old, at] of judgedBy) {
      const age = now().getTime() - at.getTime();
      if (age >= 0 && age <= JUDGED_FOR_MS) break;
      judgedBy.delete(old);
    }
  }

  function freshList(change: Change): Reading<ChatsAnswer> | null {
    const list = lists.get(keyOf(change.handle));
    return list && isFresh(list, change) ? list : null;
  }

  function onList(change: Change): Reading<ChatAnswer> | null {
    const list = freshList(change);
    if (!list) return null;
    const { answer } = list;
    if (!answer.ok) return { ...list, answer };
    const chat = answer.chats.find(({ id }) => sameChat(id, change.chatId));
    return chat ? { ...list, answer: { ok: true, chat } } : null;
  }

  function singly(change: Change): Reading<ChatAnswer> | null {
    const reading = chats.get(keyOf(change.chatId));
    return reading && isFresh(reading, change) ? reading : null;
  }

  async function readList(handle: string, turn: Turn): Promise<'list'> {
    const startedAt = now();
    const answer = await linq.chatsOfFor(turn, handle);
    if (isReading(answer)) keep(lists, keyOf(handle), { startedAt, endedAt: now(), answer });
    return 'list';
  }

  async function readChat(chatId: string, turn: Turn): Promise<'chat'> {
    const startedAt = now();
    const answer = await linq.readChatFor(turn, chatId);
    if (isReading(answer)) keep(chats, keyOf(chatId), { startedAt, endedAt: now(), answer });
    return 'chat';
  }

  /** What is too old to be used goes, so that the maps stay as small as what is under way. */
  function keep<Answer>(kept: Map<string, Reading<Answer>>, key: string, reading: Reading<Answer>): void {
    for (const [old, { endedAt }] of kept) {
      if (now().getTime() - endedAt.getTime() > READING_GOOD_FOR_MS) kept.delete(old);
    }
    kept.set(key, reading);
  }

  return {
    of(change) {
      const reading = singly(change) ?? onList(change);
      if (reading) judge(change, reading);
      return reading?.answer ?? null;
    },
    take(change, turn, byPerson) {
      const isList = byPerson && !freshList(change);
      const key = isList ? `person ${keyOf(change.handle)}` : `chat ${keyOf(change.chatId)}`;
      const known = underWay.get(key);
      if (known) return known;
      if (!linq.gate.admits(turn)) return null;
      const asked = isList ? readList(change.handle, turn) : readChat(change.chatId, turn);
      const reading = asked.finally(() => underWay.delete(key));
      underWay.set(key, reading);
      return reading;
    },
    forget(chatId) {
      lists.clear();
      if (chatId === null) chats.clear();
      else chats.delete(keyOf(chatId));
    },
  };
}

/** Longer than any reading can be fresh, with the call that brought it. */
const JUDGED_FOR_MS = 60_000;

function keyOf(text: string): string {
  return text.toLowerCase();
}

/** A request to wait is not a reading, not even one that failed: it is made again when Linq's gate opens. */
function isReading(answer: ChatAnswer | ChatsAnswer): boolean {
  if (answer.ok) return true;
  const reason = reasonFor(answer.failure);
  return reason !== 'rate-limited' && reason !== 'service-down';
}
