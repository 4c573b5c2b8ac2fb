import type { LinqClient, Log } from '../removal/ports.js';
import { type Answer, call, type Send } from './call.js';
import { parseChat } from './chat-schema.js';
import { createOwnLines } from './own-lines.js';
import { createSdk } from './sdk.js';

const REMOVE = 'remove participant';
const TIMEOUT_MS = 10_000;
/** Knowing our lines is a help, not a need: a chat is not kept waiting for it. */
const LINES_TIMEOUT_MS = 1_500;

export interface LinqClientOptions {
  readonly apiKey: string;
  /** With the partner path, as in `https://api.linqapp.com/api/partner`. */
  readonly baseUrl: string;
  readonly log: Log;
  /** For a whole call, body included. Default 10 s. */
  readonly timeoutMs?: number;
  readonly now?: () => Date;
  readonly fetch?: typeof globalThis.fetch;
}

/** Linq through its official SDK. One request per call, never repeated here; nothing rejects. */
export function createLinqClient(options: LinqClientOptions): LinqClient {
  const { log, timeoutMs = TIMEOUT_MS, now = () => new Date() } = options;
  const sdk = createSdk({ ...options, timeoutMs });

  async function ask(operation: string, chatId: string | null, send: Send, withinMs = timeoutMs) {
    const startedAt = now().getTime();
    const answer = await call(send, withinMs, now);
    report(log, answer, { operation, chatId, durationMs: now().getTime() - startedAt });
    return answer;
  }

  const askLines = (withinMs?: number) =>
    ask('list phone numbers', null, (request) => sdk.phoneNumbers.list(request), withinMs);
  const ownLines = createOwnLines(() => askLines(Math.min(LINES_TIMEOUT_MS, timeoutMs)), now);

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

    async removeParticipant(chatId, handle) {
      const answer = await ask(REMOVE, chatId, (request) =>
        sdk.chats.participants.remove(chatId, { handle }, request),
      );
      return answer.ok ? { ok: true, traceId: answer.traceId } : { ok: false, failure: answer.failure };
    },

    async checkAccess() {
      const answer = await askLines();
      return answer.ok ? { ok: true } : { ok: false, failure: answer.failure };
    },
  };
}

/** Every removal, and whatever failed. Ids, numbers and Linq's codes only: no handle, name or body. */
function report(
  log: Log,
  answer: Answer,
  call: { operation: string; chatId: string | null; durationMs: number },
) {
  if (answer.ok && call.operation !== REMOVE) return;
  const { status, traceId } = answer.ok ? answer : answer.failure;
  const fields = { ...call, status, code: answer.ok ? null : answer.failure.code, traceId };
  if (answer.ok) log.info(fields, 'Linq accepted a removal');
  else log.warn({ ...fields, cause: answer.cause }, 'a call to Linq failed');
}

function unreadable(answer: Extract<Answer, { ok: true }>) {
  const { status, traceId } = answer;
  return { ok: false, failure: { status, code: null, message: null, traceId, retryAfterMs: null } } as const;
}
