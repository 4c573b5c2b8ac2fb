import type { Chat } from './chat.js';

/** Linq did not do what was asked, or did not answer: what is known about it. */
export interface LinqFailure {
  /** HTTP status; null when no answer came; a 2xx when the answer could not be read. */
  readonly status: number | null;
  readonly code: number | null;
  /** Linq's own words. Untrusted text. */
  readonly message: string | null;
  readonly traceId: string | null;
  readonly retryAfterMs: number | null;
  /**
   * Whether the request can have reached Linq: `maybe` unless it is certain that it did not, because no connection
   * stood (`unreachable`), because the request could not even be built (`not-built`), or because Linq had asked to be
   * left alone just before it would have left (`held-back`).
   */
  readonly sent: 'maybe' | 'unreachable' | 'not-built' | 'held-back';
}

export const NO_ANSWER: LinqFailure = {
  status: null,
  code: null,
  message: null,
  traceId: null,
  retryAfterMs: null,
  sent: 'maybe',
};

/** No answer came, or none that says more than that Linq cannot answer now. */
export function isOutOfReach({ status }: LinqFailure): boolean {
  return status === null || status === 429 || status >= 500;
}

/** A plausible reading of a chat, or a reading that failed. */
export type ChatAnswer =
  | { readonly ok: true; readonly chat: Chat }
  | { readonly ok: false; readonly failure: LinqFailure };

/** Linq's answer to a removal or an addition: accepted, which is not done. */
export type SendAnswer =
  | { readonly ok: true; readonly traceId: string | null }
  | { readonly ok: false; readonly failure: LinqFailure };

export type ChatsAnswer =
  | {
      readonly ok: true;
      /** Newest first. Only chats that list this person, present or past. */
      readonly chats: readonly Chat[];
      /** Linq has more than were read. */
      readonly hasMore: boolean;
    }
  | { readonly ok: false; readonly failure: LinqFailure };
