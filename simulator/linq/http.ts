import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request below the base path, read to its end. */
export interface Ask {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly text: string;
}

/** What goes back: a body as JSON, or `html` as a gateway would send it, or neither. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly html?: string;
  /** The line breaks halfway through the body. */
  readonly cut?: boolean;
}

/** The request with its body; the path is null outside the base path. */
export async function readAsk(request: IncomingMessage, basePath: string): Promise<Ask> {
  const url = new URL(request.url ?? '/', 'http://linq.invalid');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return {
    method: request.method ?? 'GET',
    path: url.pathname.startsWith(`${basePath}/`) ? url.pathname.slice(basePath.length) : '',
    query: url.searchParams,
    authorization: request.headers.authorization,
    contentType: request.headers['content-type'],
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

/** Sends a reply. Every one carries `X-Trace-ID`; removals and errors repeat it in their body. */
export function send(response: ServerResponse, reply: Reply): void {
  const traceId = randomBytes(16).toString('hex');
  const text = reply.html ?? (reply.body ? JSON.stringify(withTrace(reply.body, traceId)) : '');
  response.writeHead(reply.status, {
    'x-trace-id': traceId,
    ...(text && { 'content-type': reply.html ? 'text/html' : 'application/json' }),
    ...(reply.status !== 204 && { 'content-length': Buffer.byteLength(text) }),
    ...reply.headers,
  });
  if (!reply.cut) response.end(text);
  else response.write(text.slice(0, text.length / 2), () => response.destroy());
}

function withTrace(body: Readonly<Record<string, unknown>>, traceId: string) {
  return 'error' in body || body.status === 'accepted' ? { ...body, trace_id: traceId } : body;
}

/** The body as a JSON object; null for a wrong content type and for anything that is no object. */
export function jsonOf(ask: Ask): Readonly<Record<string, unknown>> | null {
  if (!/^application\/json\s*(;|$)/i.test(ask.contentType ?? '')) return null;
  try {
    const value: unknown = JSON.parse(ask.text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
