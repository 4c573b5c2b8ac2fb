import type { ChatAnswer, ChatsAnswer } from './answer.js';
import type { Change } from './change.js';
import { sameChat } from './chat.js';
import type { LinqClient, Turn } from './ports.js';
import { reasonFor } from './reasons.js';
import { READING_GOOD_FOR_MS } from './schedule.js';

export interface Reading<Answer> {
  /** In the order in which they began, whatever the clock says meanwhile. */
  readonly serial: number;
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
   * The last reading that is fresh, begun after the approval, after the change's last call and after that of another
   * request for the same, and for proof one that the change was not judged by before; null when there is none.
   */
  of(change: Change): Reading<ChatAnswer> | null;
  /** What this reading makes of the change is written: for proof, the next judgement needs another reading. */
  judged(change: Change, reading: Reading<ChatAnswer>): void;
  /**
   * Asks Linq once, for all that need the same answer at this moment. `byPerson`: with the list of the person's chats,
   * unless a list has just left this chat out. Settles when the answer has come; null when Linq's gate has no room for
   * another call.
   */
  take(change: Change, turn: Turn, byPerson: boolean): Promise<void> | null;
  /** Whether `take` would take it: Linq's gate has room, or the same is being asked already. */
  hasRoom(change: Change, turn: Turn, byPerson: boolean): boolean;
  /** There is a fresh list of the person's chats, and this chat is not on it: it has to be read by itself. */
  isLeftOut(change: Change): boolean;
  /** An event told that these readings are old; null: all of them. */
  forget(chatId: string | null): void;
}

export function createReadings(
  linq: Pick<LinqClient, 'gate' | 'readChatFor' | 'chatsOfFor'>,
  now: () => Date,
): Readings {
  const chats = new Map<string, Reading<ChatAnswer>>();
  const lists = new Map<string, Reading<ChatsAnswer>>();
  const underWay = new Map<string, Promise<void>>();
  /** For what waits for proof: the reading that it was judged by last. */
  const judgedBy = new Map<string, Pick<Reading<unknown>, 'serial' | 'endedAt'>>();
  let serial = 0;

  /** What was read before the approval does not know what the review knew: the person may have come back since. */
  function isFresh(reading: Reading<unknown> | undefined, change: Change): boolean {
    const { id, sentAt, approvedAt } = change;
    // An approval later than now was made by a clock that has been set back since.
    if (!reading || (approvedAt <= now() && reading.startedAt < approvedAt)) return false;
    const age = now().getTime() - reading.endedAt.getTime();
    const isNew = reading.serial > (judgedBy.get(id)?.serial ?? 0);
    const isAfterCalls = [sentAt, anothersCall(change)].every((at) => !at || reading.startedAt > at);
    return isNew && isAfterCalls && age >= 0 && age <= READING_GOOD_FOR_MS;
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

  function subjectOf(change: Change, byPerson: boolean): { readonly isList: boolean; readonly key: string } {
    const isList = byPerson && !freshList(change);
    const key = isList ? `person ${keyOf(change.handle)}` : `chat ${keyOf(change.chatId)}`;
    return { isList, key };
  }

  /** Keeps what was read. What is too old to be used goes, so that the maps stay as small as what is under way. */
  async function read<Answer extends ChatAnswer | ChatsAnswer>(
    kept: Map<string, Reading<Answer>>,
    key: string,
    ask: () => Promise<Answer>,
  ): Promise<void> {
    serial += 1;
    const begun = { serial, startedAt: now() };
    const answer = await ask();
    for (const [old, { endedAt }] of kept) {
      if (now().getTime() - endedAt.getTime() > READING_GOOD_FOR_MS) kept.delete(old);
    }
    if (isReading(answer)) kept.set(key, { ...begun, endedAt: now(), answer });
  }

  return {
    of(change) {
      const [one, listed] = [singly(change), onList(change)];
      return one && listed ? (one.serial > listed.serial ? one : listed) : (one ?? listed);
    },
    judged({ id, status }, { serial: number, endedAt }) {
      if (status === 'approved' || status === 'waiting') return;
      // In the order of judging: what is old stands in front, and goes.
      judgedBy.delete(id);
      judgedBy.set(id, { serial: number, endedAt });
      for (const [old, judged] of judgedBy) {
        const age = now().getTime() - judged.endedAt.getTime();
        if (age >= 0 && age <= JUDGED_FOR_MS) break;
        judgedBy.delete(old);
      }
    },
    take(change, turn, byPerson) {
      const { isList, key } = subjectOf(change, byPerson);
      const known = underWay.get(key);
      if (known) return known;
      if (!linq.gate.admits(turn)) return null;
      const asked = isList
        ? read(lists, keyOf(change.handle), () => linq.chatsOfFor(turn, change.handle))
        : read(chats, keyOf(change.chatId), () => linq.readChatFor(turn, change.chatId));
      const reading = asked.finally(() => underWay.delete(key));
      underWay.set(key, reading);
      return reading;
    },
    hasRoom: (change, turn, byPerson) =>
      underWay.has(subjectOf(change, byPerson).key) || linq.gate.admits(turn),
    isLeftOut: (change) => freshList(change) !== null && onList(change) === null,
    forget(chatId) {
      lists.clear();
      if (chatId === null) chats.clear();
      else chats.delete(keyOf(chatId));
    },
  };
}

/** Another request's call for the very same left before this: what was read until then does not show what it did. */
function anothersCall({ reason, watchedSince }: Change): Date | null {
  return reason === 'asked-already' ? watchedSince : null;
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
