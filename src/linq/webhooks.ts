import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Effect, ParticipantEvent } from '../removal/event.js';
import type { Log } from '../removal/ports.js';
import { readBody } from './webhook-body.js';
import { readEvent } from './webhook-event.js';
import { readSignedHeaders, type SignedHeaders, verify } from './webhook-signature.js';

/** How long whoever sends without end has to read that it is too much. */
const TIME_TO_READ_MS = 1_000;

export interface WebhookDeps {
  /** The signing secret of the subscription, `whsec_…`. */
  readonly secret: string;
  /** Saves the event and what follows from it; null when it came before. Rejects when the store does not answer. */
  readonly take: (event: ParticipantEvent) => Promise<Effect | null>;
  readonly log: Log;
  /** Default 900 ms. */
  readonly answerWithinMs?: number;
}

interface Reply {
  readonly status: number;
  readonly word: string;
}

/** An event of a chat with its 31 members is about 1 KB. */
const LARGEST_BODY = 256 * 1024;
/** Linq waits ten seconds, but its senders should not have to: a store that needs longer than this is in trouble. */
const ANSWER_WITHIN_MS = 900;

/**
 * Linq's deliveries. Linq repeats what is answered with 5xx for about half an hour and nothing else, so 5xx is for our
 * own troubles alone, and everything genuine is acknowledged once it is saved.
 */
export function createWebhooks(deps: WebhookDeps): RequestListener {
  return async (request, response) => {
    const headers = readSignedHeaders(request.headers);
    const body = await readBody(request, LARGEST_BODY);
    if (body.kind === 'cut') return;
    if (body.kind === 'too-large') return refuseAndClose(request, response);
    send(response, await replyTo(deps, headers, body.text));
  };
}

async function replyTo(deps: WebhookDeps, headers: SignedHeaders | null, body: string): Promise<Reply> {
  const { log, secret } = deps;
  if (!headers) return refuse(log, 'Missing required headers');
  const verdict = verify(secret, headers, body);
  switch (verdict.kind) {
    case 'refused':
      return refuse(log, verdict.why);
    case 'unusable':
      log.error({}, 'A webhook could not be checked: LINQ_WEBHOOK_SECRET is not a signing secret');
      return { status: 500, word: 'failed' };
    case 'genuine':
      return takeIn(deps, parse(body), headers['webhook-id']);
  }
}

/** Where many are too old or too new, it is our own clock that is wrong. */
function refuse(log: Log, why: string): Reply {
  log.warn({ why }, 'A webhook was refused');
  return { status: 401, word: 'refused' };
}

async function takeIn(deps: WebhookDeps, body: unknown, deliveryId: string): Promise<Reply> {
  const reading = readEvent(body, deliveryId);
  if (reading.kind === 'irrelevant') return { status: 200, word: 'ignored' };
  if (reading.kind === 'unreadable') {
    deps.log.warn({ delivery: deliveryId }, 'A webhook of Linq could not be read');
    return { status: 200, word: 'ignored' };
  }
  const { event } = reading;
  const fields = { delivery: deliveryId, event: event.eventId, kind: event.kind, chatId: event.chatId };
  try {
    const effect = await within(deps.answerWithinMs ?? ANSWER_WITHIN_MS, deps.take(event));
    deps.log.info({ ...fields, ...effect }, effect ? 'Linq told of a member' : 'Linq told of a member again');
    return { status: 200, word: effect ? 'taken' : 'known' };
  } catch (error) {
    deps.log.error({ ...fields, err: error }, 'A webhook could not be saved; Linq will send it again');
    return { status: 503, word: 'try again' };
  }
}

/** Undefined for what is not JSON, which is then unreadable. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`The store did not answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function send(response: ServerResponse, { status, word }: Reply): void {
  const json = JSON.stringify({ status: word });
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(json),
    'cache-control': 'no-store',
  });
  response.end(json);
}

function refuseAndClose(request: IncomingMessage, response: ServerResponse): void {
  if (request.complete) response.setHeader('connection', 'close');
  send(response, { status: 413, word: 'too large' });
  if (request.complete) return;
  // Closing under a sender who is still writing resets the connection, and a reset may overtake the answer.
  setTimeout(() => request.destroy(), TIME_TO_READ_MS).unref();
}
