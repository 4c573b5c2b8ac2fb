import type { FetchFunction } from '@slack/web-api';

/** One call of Slack's Web API, or of a `response_url`, as far as its limits go. */
export interface WebApiCall {
  readonly method: string;
  /** What the limit is for, where a method has several: the conversation of a post, the address of a `response_url`. */
  readonly place: string | null;
}

/** Slack counts posts for each conversation, everything else for each method (docs.slack.dev/apis/web-api/rate-limits). */
const COUNTED_BY_CONVERSATION = 'chat.postMessage';

/** `channel` is asked only where it matters: to read it costs as much as to write it did. */
export function callTo(method: string, channel: () => string | null): WebApiCall {
  return { method, place: method === COUNTED_BY_CONVERSATION ? channel() : null };
}

/** Reads method and channel from a request on its way out. The client sends forms; JSON is Slack's other way. */
export function readCall(url: string | URL, body: unknown): WebApiCall {
  const { pathname } = new URL(url);
  // A file goes to an address of its own, which is nobody else's to know.
  if (pathname.startsWith('/upload/')) return { method: 'upload', place: null };
  return callTo(pathname.split('/').at(-1) ?? '', () => channelIn(body));
}

function channelIn(body: unknown): string | null {
  if (body instanceof FormData) return textOf(body.get('channel'));
  if (typeof body !== 'string') return null;
  if (!body.startsWith('{')) return new URLSearchParams(body).get('channel');
  const parsed: unknown = JSON.parse(body);
  return typeof parsed === 'object' && parsed !== null ? textOf(Reflect.get(parsed, 'channel')) : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export type FetchResponse = Awaited<ReturnType<FetchFunction>>;

export interface Received {
  readonly answer: FetchResponse;
  /** What became of the call: Slack answers 200 to almost everything, and what happened stands in the body. */
  readonly result: string;
}

/**
 * Reads an answer to its end, once, for us and for the client: copied, it would be read and parsed twice, and it repeats
 * whole views. One that breaks off while it is read fails where the client reads it.
 */
export async function receive(response: Response): Promise<Received> {
  const { ok, status, statusText, url, headers } = response;
  if (!ok) return { answer: response, result: `status_${status}` };
  const reading = response.text();
  const text = await reading.catch(() => '');
  const answer = {
    ok,
    status,
    statusText,
    url,
    headers,
    text: () => reading,
    json: async (): Promise<unknown> => JSON.parse(await reading),
    arrayBuffer: async () => Uint8Array.from(Buffer.from(await reading)).buffer,
  };
  return { answer, result: resultOf(text) };
}

function resultOf(text: string): string {
  // As a response_url answers, and as the Web API begins, which need not be parsed for that.
  if (text === 'ok' || text.startsWith('{"ok":true')) return 'ok';
  const body = parsed(text);
  if (typeof body !== 'object' || body === null || !('ok' in body)) return 'unreadable';
  if (body.ok === true) return 'ok';
  return 'error' in body && typeof body.error === 'string' ? body.error : 'error';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
