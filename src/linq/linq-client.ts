import { type ChatAnswer, type ChatsAnswer, NO_ANSWER, type SendAnswer } from '../removal/answer.js';
import { findMember } from '../removal/chat.js';
import type { LinqClient, Log, Turn } from '../removal/ports.js';
import { type Answer, call, type Send } from './call.js';
import { type ListAnswer, type ListQuery, listChats, unreadable } from './chat-list.js';
import { parseChat } from './chat-schema.js';
import { createLinqGate } from './gate.js';
import { createOwnLines } from './own-lines.js';
import { createSdk } from './sdk.js';

const REMOVE = 'remove participant';
const ADD = 'add participant';
const LIST = 'list chats';
const READ = 'read chat';
const TIMEOUT_MS = 10_000;
/** Knowing our lines is a help, not a need: a chat is not kept waiting for it. */
const LINES_TIMEOUT_MS = 1_500;

export interface LinqClientOptions {
  readonly apiKey: string;
  /** With the partner path, as in `https://api.linqapp.com/api/partner`. */
  readonly baseUrl: string;
  readonly log: Log;
  /** Told of every call: `ok`, `error_2013`, `status_503` or `no_answer`. */
  readonly onCall?: (operation: string, result: string) => void;
  /** For a whole call, body included. Default 10 s. */
  readonly timeoutMs?: number;
  readonly now?: () => Date;
  /** Milliseconds since some moment, which a clock that is set does not change. Default: `performance.now`. */
  readonly elapsed?: () => number;
  readonly sleep?: (ms: number) => Promise<void>;
  readonly fetch?: typeof globalThis.fetch;
}

/** Who asks: a person in front of a window, or the loop on behalf of a request. */
type Caller = Turn | 'person';

interface Ask {
  readonly operation: string;
  readonly chatId?: string;
  readonly withinMs?: number;
  readonly abandon?: AbortSignal | undefined;
}

/** Linq through its official SDK and one gate. One request per call, never repeated here; nothing rejects. */
export function createLinqClient(options: LinqClientOptions): LinqClient {
  const { log, timeoutMs = TIMEOUT_MS, now = () => new Date(), sleep = pause } = options;
  const { elapsed = () => performance.now() } = options;
  const sdk = createSdk({ ...options, timeoutMs });
  const gate = createLinqGate({ now, elapsed, sleep });
  const ownLines = createOwnLines(elapsed);
  const underWay = new Map<string, Promise<ChatAnswer>>();

  /** Everything goes through the gate, and the gate hears what became of it. */
  async function ask(caller: Caller, about: Ask, send: Send): Promise<Answer> {
    const leave = () => sendNow(about, send);
    const answer = caller === 'person' ? await gate.forPerson(leave) : await gate.forTurn(caller, leave);
    return answer ?? heldBack(gate.closedUntil(), now());
  }

  async function sendNow(
    { operation, chatId, withinMs = timeoutMs, abandon }: Ask,
    send: Send,
  ): Promise<Answer> {
    const startedAt = elapsed();
    const answer = await call(send, withinMs, now, abandon);
    gate.heard(answer.ok ? null : answer.failure);
    options.onCall?.(operation, resultOf(answer));
    report(log, answer, { operation, chatId: chatId ?? null, durationMs: Math.round(elapsed() - startedAt) });
    return answer;
  }

  const askLines = (caller: Caller, withinMs: number) =>
    ask(caller, { operation: 'list phone numbers', withinMs }, (request) => sdk.phoneNumbers.list(request));
  const linesFor = (caller: Caller) =>
    ownLines(() => askLines(caller, Math.min(LINES_TIMEOUT_MS, timeoutMs)));

  const listPage = (caller: Caller, query: ListQuery, abandon?: AbortSignal) =>
    ask(caller, { operation: LIST, abandon }, (request) => sdk.get('/v3/chats', { query, ...request }));

  /** Linq may or may not compare emails by case when it filters: one typed in capitals is asked for twice. */
  async function listFor(caller: Caller, handle: string, abandon?: AbortSignal) {
    const asTyped = await listChats(handle, (query) => listPage(caller, query, abandon));
    const lower = handle.toLowerCase();
    if (!asTyped.ok || asTyped.chats.length > 0 || lower === handle) return asTyped;
    return listChats(lower, (query) => listPage(caller, query, abandon));
  }

  async function readChat(caller: Caller, chatId: string): Promise<ChatAnswer> {
    const reading = ask(caller, { operation: READ, chatId }, (request) =>
      sdk.chats.retrieve(chatId, request),
    );
    const [answer, lines] = await Promise.all([reading, linesFor(caller)]);
    if (!answer.ok) return { ok: false, failure: answer.failure };
    const chat = parseChat(answer.body, chatId, lines);
    if (chat !== null) return { ok: true, chat };
    const { traceId } = answer;
    log.warn(
      { operation: READ, chatId, traceId },
      'Linq answered with no such chat, or with no plausible roster',
    );
    return unreadable(answer);
  }

  /** Many people may look at one chat at the same moment (fifty presses of one button): they share one call. */
  function shared(chatId: string, read: () => Promise<ChatAnswer>): Promise<ChatAnswer> {
    const known = underWay.get(chatId);
    if (known) return known;
    const reading = read().finally(() => underWay.delete(chatId));
    underWay.set(chatId, reading);
    return reading;
  }

  async function chatsOf(caller: Caller, handle: string, abandon?: AbortSignal): Promise<ChatsAnswer> {
    const answer = await readList(caller, () => listFor(caller, handle, abandon));
    if (!answer.ok) return answer;
    return { ...answer, chats: answer.chats.filter((chat) => findMember(chat, handle) !== undefined) };
  }

  /** A chat that cannot be read is one of those that there are more of. */
  async function readList(caller: Caller, list: () => Promise<ListAnswer>): Promise<ChatsAnswer> {
    const [answer, lines] = await Promise.all([list(), linesFor(caller)]);
    if (!answer.ok) return answer;
    const chats = answer.chats.flatMap((chat) => parseChat(chat, String(chat.id), lines) ?? []);
    const unread = answer.chats.length - chats.length;
    if (unread > 0) log.warn({ operation: LIST, unread }, 'Linq listed chats that cannot be read');
    return { ok: true, chats, hasMore: answer.hasMore || unread > 0 };
  }

  return {
    gate,
    readChat: (chatId) => shared(chatId, () => readChat('person', chatId)),
    readChatFor: readChat,
    chatsOf: (handle, signal) => chatsOf('person', handle, signal),
    chatsOfFor: (turn, handle) => chatsOf(turn, handle),
    allChats: (signal) =>
      readList('person', () => listChats(null, (query) => listPage('person', query, signal))),
    async send(turn, { direction, chatId, handle }): Promise<SendAnswer> {
      const operation = direction === 'remove' ? REMOVE : ADD;
      const { participants } = sdk.chats;
      const answer = await ask(turn, { operation, chatId }, (request) =>
        direction === 'remove'
          ? participants.remove(chatId, { handle }, request)
          : participants.add(chatId, { handle }, request),
      );
      return answer.ok ? { ok: true, traceId: answer.traceId } : { ok: false, failure: answer.failure };
    },
    async checkAccess() {
      const answer = await askLines('person', timeoutMs);
      return answer.ok ? { ok: true } : { ok: false, failure: answer.failure };
    },
  };
}

/** The call did not leave, because Linq asked to be left alone. */
function heldBack(until: Date | null, now: Date): Answer {
  const retryAfterMs = until && Math.max(0, until.getTime() - now.getTime());
  return { ok: false, failure: { ...NO_ANSWER, retryAfterMs, sent: 'held-back' }, cause: 'held back' };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** A closed set of words, fit for a metric's label. */
function resultOf(answer: Answer): string {
  if (answer.ok) return 'ok';
  const { code, status } = answer.failure;
  if (code !== null) return `error_${code}`;
  return status === null ? 'no_answer' : `status_${status}`;
}

const ACCEPTED: Readonly<Record<string, string>> = {
  [REMOVE]: 'Linq accepted a removal',
  [ADD]: 'Linq accepted an addition',
};

/** Every removal and addition, and whatever failed. Ids, numbers and Linq's codes only: no handle, name or body. */
function report(
  log: Log,
  answer: Answer,
  call: { operation: string; chatId: string | null; durationMs: number },
) {
  const accepted = ACCEPTED[call.operation];
  if (answer.ok && accepted === undefined) return;
  const { status, traceId } = answer.ok ? answer : answer.failure;
  const fields = { ...call, status, code: answer.ok ? null : answer.failure.code, traceId };
  if (answer.ok) log.info(fields, accepted ?? call.operation);
  else log.warn({ ...fields, cause: answer.cause }, 'a call to Linq failed');
}
