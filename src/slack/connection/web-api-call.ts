/** One call of Slack's Web API, as far as its limits go. */
export interface WebApiCall {
  readonly method: string;
  /** As the call names it; null for methods about no channel. Of a `response_url`, the address. */
  readonly channel: string | null;
}

/** Reads method and channel from a request on its way out. The client sends forms; JSON is Slack's other way. */
export function readCall(url: string | URL, body: unknown): WebApiCall {
  const { pathname } = new URL(url);
  // A file goes to an address of its own, which is nobody else's to know.
  if (pathname.startsWith('/upload/')) return { method: 'upload', channel: null };
  return { method: pathname.split('/').at(-1) ?? '', channel: channelIn(body) };
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

/** What became of a call: Slack answers 200 to almost everything, and what happened stands in the body. */
export async function resultOf(response: Response): Promise<string> {
  if (!response.ok) return `status_${response.status}`;
  const text = await response
    .clone()
    .text()
    .catch(() => '');
  // As a response_url answers.
  if (text === 'ok') return 'ok';
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
