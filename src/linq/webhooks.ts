import type { IncomingHttpHeaders } from 'node:http';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { Effect, ParticipantEvent } from '../removal/event.js';
import type { Log } from '../removal/ports.js';
import { readEvent } from './webhook-event.js';

export interface WebhookDeps {
  /** The signing secrets, `whsec_…`: one, or two while the subscription is being replaced. */
  readonly secrets: readonly string[];
  /** Saves the event and what follows from it; null when it came before. Rejects when the store does not answer. */
  readonly take: (event: ParticipantEvent) => Promise<Effect | null>;
  readonly log: Log;
  /** Default 900 ms. */
  readonly answerWithinMs?: number;
}

export interface Reply {
  readonly status: number;
  readonly word: string;
}

/** Takes one delivery, its body as it came over the wire. Never rejects. */
export type Webhooks = (headers: IncomingHttpHeaders, body: string) => Promise<Reply>;

/** Linq waits ten seconds, but its senders should not have to: a store that needs longer than this is in trouble. */
const ANSWER_WITHIN_MS = 900;
/** Of a signed delivery (Standard Webhooks). Linq's older `X-Webhook-*` ones do not sign the delivery's id. */
const SIGNED_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];

/**
 * Linq's deliveries. Linq repeats what is answered with 5xx for about half an hour and nothing else, so 5xx is for our
 * own troubles alone, and everything genuine is acknowledged once it is saved.
 */
export function createWebhooks(deps: WebhookDeps): Webhooks {
  return async (headers, body) => {
    const verdict = verify(deps.secrets, headers, body);
    switch (verdict.kind) {
      case 'refused':
        // Where many are too old or too new, it is our own clock that is wrong.
        deps.log.warn({ why: verdict.why }, 'A webhook was refused');
        return { status: 401, word: 'refused' };
      case 'unusable':
        deps.log.error({}, 'A webhook could not be checked: LINQ_WEBHOOK_SECRET is not a signing secret');
        return { status: 500, word: 'failed' };
      case 'genuine':
        return takeIn(deps, parse(body), String(headers['webhook-id']));
    }
  };
}

type Verdict =
  | { readonly kind: 'genuine' }
  | { readonly kind: 'refused'; readonly why: string }
  /** Our own fault: no secret can be used. */
  | { readonly kind: 'unusable' };

/**
 * Checks a delivery with the library that Linq's SDK uses itself: HMAC over the raw body, compared in constant time,
 * signed within five minutes of now by the machine's clock. Not the SDK's `unwrap`, which takes any body as genuine
 * when it is given no headers.
 */
function verify(secrets: readonly string[], headers: IncomingHttpHeaders, body: string): Verdict {
  const signed = Object.fromEntries(SIGNED_HEADERS.map((name) => [name, String(headers[name] ?? '')]));
  const verdicts = secrets.map((secret) => verifyWith(secret, signed, body));
  const usable =
    verdicts.find(({ kind }) => kind === 'genuine') ?? verdicts.find(({ kind }) => kind === 'refused');
  return usable ?? { kind: 'unusable' };
}

function verifyWith(secret: string, headers: Record<string, string>, body: string): Verdict {
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return { kind: 'genuine' };
  } catch (error) {
    if (error instanceof WebhookVerificationError) return { kind: 'refused', why: error.message };
    return { kind: 'unusable' };
  }
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
