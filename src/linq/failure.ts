import { APIError } from '@linqapp/sdk';
import * as z from 'zod';
import { type LinqFailure, NO_ANSWER } from '../removal/answer.js';
import { NotBuiltError } from './sdk.js';

const LONGEST_MESSAGE = 300;
const LONGEST_TRACE_ID = 128;
/** A wait beyond a week is a mistake or an attack, not a rate limit. */
const LONGEST_WAIT_MS = 7 * 24 * 3_600_000;

const text = z.string().trim().min(1).nullable().catch(null);

/** Linq's error envelope. Its guides, reference and examples disagree about what is present, so all of it is optional. */
const envelopeSchema = z.object({
  error: z
    .object({
      code: z.int().positive().nullable().catch(null),
      message: text,
      retry_after: z.unknown().optional(),
    })
    .catch({ code: null, message: null, retry_after: null }),
  trace_id: text,
});

const NO_ENVELOPE = { error: { code: null, message: null, retry_after: null }, trace_id: null };

/** Failures before a connection stood (Node's and undici's codes): nothing can have reached Linq. */
const NO_CONNECTION = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** What Linq said with a status, whether it was an error or a success that says otherwise. */
export function failureFrom(status: number, headers: Headers, body: unknown, now: Date): LinqFailure {
  const envelope = envelopeSchema.safeParse(body).data ?? NO_ENVELOPE;
  return {
    status,
    code: envelope.error.code,
    message: envelope.error.message === null ? null : shorten(envelope.error.message),
    traceId: traceIdOf(headers, body),
    retryAfterMs:
      parseRetryAfter(headers.get('retry-after'), now) ?? parseRetryAfter(envelope.error.retry_after, now),
    sent: 'maybe',
  };
}

/**
 * Any thrown value as what is known about the call. Only an answer has a status: timeouts, aborts and cut connections
 * mean that the outcome is unknown; where no connection stood, or the request could not be built, nothing left.
 */
export function toFailure(error: unknown, now: Date = new Date()): LinqFailure {
  if (error instanceof APIError && typeof error.status === 'number') {
    return failureFrom(error.status, error.headers ?? new Headers(), error.error, now);
  }
  const deepest = deepestOf(error);
  if (deepest instanceof NotBuiltError) return { ...NO_ANSWER, sent: 'not-built' };
  return { ...NO_ANSWER, sent: NO_CONNECTION.includes(codeOf(deepest)) ? 'unreachable' : 'maybe' };
}

/** The cause of the cause: what the network itself said. */
export function deepestOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? deepestOf(error.cause) : error;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** The body's trace id, else the header's: Linq's own examples leave out the first one. */
export function traceIdOf(headers: Headers, body: unknown): string | null {
  const traceId = envelopeSchema.safeParse(body).data?.trace_id ?? text.parse(headers.get('x-trace-id'));
  return traceId === null ? null : traceId.slice(0, LONGEST_TRACE_ID);
}

/** Seconds or an HTTP date, as the header allows; milliseconds from now, never negative. Null when it says nothing. */
function parseRetryAfter(value: unknown, now: Date): number | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const written = String(value).trim();
  const ms = /^\d+(\.\d+)?$/.test(written) ? Number(written) * 1000 : dateOf(written) - now.getTime();
  return Number.isFinite(ms) ? Math.ceil(Math.min(Math.max(ms, 0), LONGEST_WAIT_MS)) : null;
}

/** NaN unless a weekday leads, as in every HTTP date: `Date.parse` alone reads "-5" as a year. */
function dateOf(written: string): number {
  return /^[A-Z][a-z]{2,8},? /.test(written) ? Date.parse(written) : Number.NaN;
}

/** Cut by code points, so that no emoji is halved. */
function shorten(message: string): string {
  return Array.from(message).slice(0, LONGEST_MESSAGE).join('');
}
