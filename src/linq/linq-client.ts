import { findMember } from '../removal/chat.js';
import type { ChatsAnswer, LinqClient, Log } from '../removal/ports.js';
import { type Answer, call, type Send } from './call.js';
import { type ListQuery, listChats, unreadable } from './chat-list.js';
import { parseChat } from './chat-schema.js';
import { createOwnLines } from './own-lines.js';
import { createSdk } from './sdk.js';

const REMOVE = 'remove participant';
const ADD = 'add participant';
const LIST = 'list chats';
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
  readonly fetch?: typeof globalThis.fetch;
}

/** Linq through its official SDK. One request per call, never repeated here; nothing rejects. */
export function createLinqClient(options: LinqClientOptions): LinqClient {
  const { log, timeoutMs = TIMEOUT_MS, now = () => new Date() } = options;
  const sdk = createSdk({ ...options, timeoutMs });

  async function ask(
    operation: string,
    chatId: string | null,
    send: Send,
    {
      withinMs = timeoutMs,
      abandon,
    }: { withinMs?: number | undefined; abandon?: AbortSignal | undefined } = {},
  ) {
    const startedAt = now().getTime();
    const answer = await call(send, withinMs, now, abandon);
    options.onCall?.(operation, resultOf(answer));
    report(log, answer, { operation, chatId, durationMs: now().getTime() - startedAt });
    return answer;
  }

  const askLines = (withinMs?: number) =>
    ask('list phone numbers', null, (request) => sdk.phoneNumbers.list(request), { withinMs });
  const ownLines = createOwnLines(() => askLines(Math.min(LINES_TIMEOUT_MS, timeoutMs)), now);

  const listPage = (query: ListQuery, abandon?: AbortSignal) =>
    ask(LIST, null, (request) => sdk.get('/v3/chats', { query, ...request }), { abandon });

  /** Linq may or may not compare emails by case when it filters: one typed in capitals is asked for twice. */
  async function listFor(handle: string, abandon?: AbortSignal) {
    const asTyped = await listChats(handle, (query) => listPage(query, abandon));
    const lower = handle.toLowerCase();
    if (!asTyped.ok || asTyped.chats.length > 0 || lower === handle) return asTyped;
    return listChats(lower, (query) => listPage(query, abandon));
  }

  return {
    async readChat(chatId) {
      const reading = ask('read chat', chatId, (request) => sdk.chats.retrieve(chatId, request));
      const [answer, lines] = await Promise.all([reading, ownLines()]);
      if (!answer.ok) return { ok: false, failure: answer.failure };
      const chat = parseChat(answer.body, chatId, (handle) => lines.has(handle));
      if (chat !== null) return { ok: true, chat };
      log.warn(
        { operation: 'read chat', chatId, traceId: answer.traceId },
        'Linq answered with no such chat',
      );
      return unreadable(answer);
    },

    async chatsOf(handle, abandon) {
      const [answer, lines] = await Promise.all([listFor(handle, abandon), ownLines()]);
      if (!answer.ok) return answer;
      const chats = answer.chats.flatMap(
        (chat) => parseChat(chat, String(chat.id), (line) => lines.has(line)) ?? [],
      );
      const unread = answer.chats.length - chats.length;
      if (unread > 0) log.warn({ operation: LIST, unread }, 'Linq listed chats that cannot be read');
      const theirs = chats.filter((chat) => findMember(chat, handle) !== undefined);
      return { ok: true, chats: theirs, hasMore: answer.hasMore } satisfies ChatsAnswer;
    },

    async removeParticipant(chatId, handle) {
      const answer = await ask(REMOVE, chatId, (request) =>
        sdk.chats.participants.remove(chatId, { handle }, request),
      );
      return answer.ok ? { ok: true, traceId: answer.traceId } : { ok: false, failure: answer.failure };
    },

    async addParticipant(chatId, handle) {
      const answer = await ask(ADD, chatId, (request) =>
        sdk.chats.participants.add(chatId, { handle }, request),
      );
      return answer.ok ? { ok: true, traceId: answer.traceId } : { ok: false, failure: answer.failure };
    },

    async checkAccess() {
      const answer = await askLines();
      return answer.ok ? { ok: true } : { ok: false, failure: answer.failure };
    },
  };
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
