import type { IncomingHttpHeaders } from 'node:http';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

/** The three headers of a signed delivery (Standard Webhooks). Linq's older `X-Webhook-*` ones are not accepted. */
export interface SignedHeaders {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

export type Verdict =
  | { readonly kind: 'genuine' }
  | { readonly kind: 'refused'; readonly why: string }
  /** Our own fault: the secret cannot be used. */
  | { readonly kind: 'unusable' };

/** The headers of a delivery; null unless all three are there, once each. */
export function readSignedHeaders(headers: IncomingHttpHeaders): SignedHeaders | null {
  const [id, timestamp, signature] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map(
    (name) => headers[name],
  );
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signature !== 'string') return null;
  if (!id || !timestamp || !signature) return null;
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
}

/**
 * Checks a delivery against the subscription's secret with the library that Linq's SDK uses itself: HMAC over the raw
 * body, compared in constant time, signed within five minutes of now by the machine's clock. Not the SDK's `unwrap`,
 * which takes any body as genuine when it is given no headers.
 */
export function verify(secret: string, headers: SignedHeaders, body: string): Verdict {
  try {
    new Webhook(secret).verify(body, { ...headers }, { jsonParse: false });
    return { kind: 'genuine' };
  } catch (error) {
    if (error instanceof WebhookVerificationError) return { kind: 'refused', why: error.message };
    return { kind: 'unusable' };
  }
}
