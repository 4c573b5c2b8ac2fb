import type { LinqFailure } from '../removal/answer.js';
import { deepestOf, failureFrom, toFailure, traceIdOf } from './failure.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export type Answer =
  | { readonly ok: true; readonly status: number; readonly traceId: string | null; readonly body: JsonObject }
  | { readonly ok: false; readonly failure: LinqFailure; readonly cause: string };

/** One of the SDK's calls, not yet sent: it gets our signal and hands over the answer before reading its body. */
export type Send = (options: { signal: AbortSignal }) => { asResponse(): Promise<Response> };

/**
 * Sends and reads to the last byte within `timeoutMs`; the SDK's own timeout stops at the headers. Never rejects.
 * `abandon` ends it sooner, as a failure. A success is a 2xx with a JSON object that does not deny it; any other 2xx is a failure that keeps its status.
 */
export async function call(
  send: Send,
  timeoutMs: number,
  now: () => Date,
  abandon?: AbortSignal,
): Promise<Answer> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  try {
    const signal = abandon ? AbortSignal.any([controller.signal, abandon]) : controller.signal;
    return await readAnswer(await send({ signal }).asResponse(), now);
  } catch (error) {
    return { ok: false, failure: toFailure(error, now()), cause: causeOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

async function readAnswer(response: Response, now: () => Date): Promise<Answer> {
  const { status, headers } = response;
  const body = await readObject(response);
  if (body === null || body.success === false) {
    return { ok: false, failure: failureFrom(status, headers, body, now()), cause: 'unreadable' };
  }
  return { ok: true, status, traceId: traceIdOf(headers, body), body };
}

/** The body as a JSON object; null for HTML, nothing, half of it, or any other JSON. */
async function readObject(response: Response): Promise<JsonObject | null> {
  try {
    const body: unknown = JSON.parse(await response.text());
    return isObject(body) ? body : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A word for the log: the deepest error code (`ECONNREFUSED`), else the error's class. Never its message. */
function causeOf(error: unknown): string {
  const deepest = deepestOf(error);
  if (!(deepest instanceof Error)) return typeof deepest;
  return 'code' in deepest && typeof deepest.code === 'string' ? deepest.code : deepest.constructor.name;
}
