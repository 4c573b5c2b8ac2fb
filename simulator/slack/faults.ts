import type { ServerResponse } from 'node:http';

/** What can go wrong with one request of the app. */
export type SlackFault =
  /** Of `conversations`: a call about a direct one passes it by. */
  | { readonly error: string; readonly of?: 'conversations' }
  | { readonly rateLimited: number }
  | { readonly status: number }
  | { readonly hold: Promise<void> }
  /** Slack acts, then the connection is cut. */
  | 'lost-reply'
  /** Slack acts; then half of the answer's body is lost. */
  | 'cut'
  /** The connection is cut before Slack acts. */
  | 'reset'
  /** Never answered. */
  | 'hang';

export interface Faults {
  /** Faults of a method are used once each, in order, by the calls that they fit. */
  add(method: string, fault: SlackFault): void;
  take(method: string, isDirect?: boolean): SlackFault | undefined;
  /** Nothing waits any more. */
  forget(): void;
}

export function createFaults(): Faults {
  const waiting = new Map<string, SlackFault[]>();
  return {
    add: (method, fault) => void waiting.set(method, [...(waiting.get(method) ?? []), fault]),
    take(method, isDirect = false) {
      const faults = waiting.get(method) ?? [];
      const at = faults.findIndex((fault) => !isDirect || !isOfConversations(fault));
      return at < 0 ? undefined : faults.splice(at, 1)[0];
    },
    forget: () => waiting.clear(),
  };
}

function isOfConversations(fault: SlackFault): boolean {
  return typeof fault === 'object' && 'error' in fault && fault.of === 'conversations';
}

export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How the ledger names it. */
  readonly label: string | number;
}

export interface Request {
  readonly response: ServerResponse;
  /** Does what was asked and says what to answer. */
  act(): Reply;
  refuse(error: string): Reply;
}

/** Answers a request, through the fault if there is one. Resolves with what the ledger notes as the answer. */
export async function answer(request: Request, fault: SlackFault | undefined): Promise<string | number> {
  const { response } = request;
  if (fault === undefined) return send(response, request.act());
  if (fault === 'hang') return 'hang';
  if (fault === 'reset' || fault === 'lost-reply') {
    if (fault === 'lost-reply') request.act();
    response.destroy();
    return fault;
  }
  if (fault === 'cut') return cut(response, request.act());
  if ('hold' in fault) {
    await fault.hold;
    return send(response, request.act());
  }
  return send(response, 'error' in fault ? request.refuse(fault.error) : statusReply(fault));
}

function statusReply(fault: { rateLimited: number } | { status: number }): Reply {
  if ('status' in fault) return { status: fault.status, body: 'Server Error', label: fault.status };
  const headers = { 'retry-after': String(fault.rateLimited), 'content-type': 'application/json' };
  return { status: 429, body: JSON.stringify({ ok: false, error: 'ratelimited' }), headers, label: 429 };
}

function cut(response: ServerResponse, { status, body, headers }: Reply): 'cut' {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.write(body.slice(0, body.length / 2), () => response.destroy());
  return 'cut';
}

function send(response: ServerResponse, { status, body, headers, label }: Reply): string | number {
  response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(body);
  return label;
}
