import type { FetchFunction } from '@slack/web-api';
import PQueue from 'p-queue';
import { createLimits } from './limits.js';
import { callTo, type FetchResponse, readCall, receive, type WebApiCall } from './web-api-call.js';

/**
 * One call of the Web API, or of a `response_url`, ended: `ok`, Slack's error code, `status_503` and the like, `no_answer`, or `not_sent` where the
 * gate kept it back.
 */
export type OnCall = (method: string, result: string) => void;

/** Everything that goes out to Slack passes here. */
export interface SlackGate {
  /**
   * For every client. A call that Slack has asked not to make yet is answered here, as Slack would: 429 with what
   * remains of `Retry-After`. It has not left then. Other calls leave at once, unless 20 are under way.
   */
  readonly fetch: FetchFunction;
  /** The same for a `response_url`: each has a limit of its own, and its address is a secret that no counter names. */
  readonly respond: FetchFunction;
  /** When such a call may be made. The place is kept for it: the next caller gets the next one. */
  slotFor(method: 'chat.postMessage' | 'chat.update', channel: string): Date;
}

export interface SlackGateDeps {
  readonly now: () => Date;
  /** In milliseconds: a clock that is set changes no wait. */
  readonly elapsed: () => number;
  readonly onCall: OnCall;
  readonly send?: typeof fetch;
}

const AT_ONCE = 20;
/** Slack names no time, or none that can be read. Its limits are for a minute. */
const UNNAMED_WAIT_S = 30;
/** A person waits behind it and its trigger lives three seconds: it never queues. */
const NEVER_QUEUED = 'views.open';
const RESPONSE_URL = 'response_url';

export function createSlackGate({ now, elapsed, onCall, send = fetch }: SlackGateDeps): SlackGate {
  const limits = createLimits(elapsed);
  const queue = new PQueue({ concurrency: AT_ONCE });

  async function callSlack(call: WebApiCall, ...args: Parameters<FetchFunction>): Promise<FetchResponse> {
    const response = await send(...args).catch((error: unknown) => {
      onCall(call.method, 'no_answer');
      throw error;
    });
    const { answer, result } = await receive(response);
    onCall(call.method, result);
    if (answer.status !== 429) return answer;
    const seconds = secondsAsked(response);
    limits.hold(call, seconds * 1_000);
    return askToWait(seconds);
  }

  function keptBack(call: WebApiCall, waitedTooLong = false): Response | null {
    const ms = limits.heldFor(call);
    if (ms === 0 && !waitedTooLong) return null;
    onCall(call.method, 'not_sent');
    return askToWait(ms / 1_000);
  }

  async function pass(call: WebApiCall, ...[url, init]: Parameters<FetchFunction>): Promise<FetchResponse> {
    // Slack may have asked to wait, and the caller may have given up, while the call was in the queue.
    const leave = async () => keptBack(call, init?.signal?.aborted) ?? (await callSlack(call, url, init));
    if (call.method === NEVER_QUEUED) return leave();
    return keptBack(call) ?? (await queue.add(leave, { priority: priorityOf(call) }));
  }

  return {
    fetch: (url, init) => pass(readCall(url, init?.body), url, init),
    respond: (url, init) => pass({ method: RESPONSE_URL, place: String(url) }, url, init),
    slotFor: (method, channel) => new Date(now().getTime() + limits.reserve(callTo(method, () => channel))),
  };
}

/** The loop's messages can wait for a moment; behind everything else a person waits. */
function priorityOf({ method }: WebApiCall): number {
  return method.startsWith('chat.') ? 0 : 1;
}

function secondsAsked(response: Response): number {
  const asked = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  return Number.isNaN(asked) ? UNNAMED_WAIT_S : asked;
}

/** In whole seconds and one at least, as Slack counts. */
function askToWait(seconds: number): Response {
  const headers = {
    'content-type': 'application/json',
    'retry-after': String(Math.max(1, Math.ceil(seconds))),
  };
  return new Response(JSON.stringify({ ok: false, error: 'ratelimited' }), { status: 429, headers });
}
