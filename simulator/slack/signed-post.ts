import { createHmac } from 'node:crypto';
import { isObject, type Json, parseJson } from './json.js';
import { ACK_WITHIN_MS, type Delivery, type Parcel } from './parcel.js';
import { SIGNING_SECRET } from './tokens.js';

/**
 * Delivers over HTTP as Slack does: form-encoded (events as JSON), signed with the `v0` scheme and the real time, 3 s of patience.
 * Source: Slack, "Verifying requests from Slack".
 */
export async function postSigned(url: string, parcel: Parcel): Promise<Delivery> {
  const isEvent = parcel.what === 'events_api';
  const body = isEvent ? JSON.stringify(parcel.payload) : formOf(parcel);
  const headers = {
    ...signatureOf(body, Math.floor(Date.now() / 1000)),
    ...(isEvent && { 'content-type': 'application/json' }),
  };
  try {
    const signal = AbortSignal.timeout(ACK_WITHIN_MS);
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    return toDelivery(response.status, await response.text());
  } catch (error) {
    // Jest's tests have an `Error` of their own, which this one is no instance of.
    const isLate = isObject(error) && error.name === 'TimeoutError';
    return { outcome: isLate ? 'operation_timeout' : 'dispatch_failed', body: null };
  }
}

function toDelivery(status: number, text: string): Delivery {
  if (status < 200 || status >= 300) return { outcome: 'dispatch_failed', body: null, status };
  return { outcome: 'acknowledged', body: readAck(text), status };
}

/** A command may be acknowledged with plain text: it is then a message. */
function readAck(text: string): Json | null {
  if (text === '') return null;
  const parsed = parseJson(text);
  return isObject(parsed) ? parsed : { text };
}

function formOf({ what, payload }: Parcel): string {
  if (what !== 'slash_commands') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const fields = Object.entries(payload).map(([name, value]): [string, string] => [name, String(value)]);
  return new URLSearchParams(fields).toString();
}

function signatureOf(body: string, seconds: number): Record<string, string> {
  const hash = createHmac('sha256', SIGNING_SECRET).update(`v0:${seconds}:${body}`).digest('hex');
  return {
    // Exactly this: Bolt refuses a charset behind it.
    'content-type': 'application/x-www-form-urlencoded',
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': String(seconds),
    'x-slack-signature': `v0=${hash}`,
  };
}
