import type { Json } from './json.js';

/** One thing that Slack tells the app, in the shape both transports carry. */
export interface Parcel {
  /** The ledger's name for it. */
  readonly what:
    | 'slash_commands'
    | 'events_api'
    | 'view_submission'
    | 'block_actions'
    | 'view_closed'
    | 'shortcut'
    | 'message_action';
  readonly payload: Json;
  readonly envelopeId: string;
}

/** How a delivery went, as the person who caused it sees it. */
export interface Delivery {
  /** `not_sent`: Slack's client held it back itself. */
  readonly outcome: 'acknowledged' | 'operation_timeout' | 'dispatch_failed' | 'not_sent';
  /** What the acknowledgement said; null when it was empty or never came. */
  readonly body: Json | null;
  /** The HTTP status, where HTTP was used and something answered. */
  readonly status?: number;
  /** The words Slack puts before the person when the app let them down. */
  readonly trouble?: string;
}

/** Slack: an acknowledgement must arrive within 3 seconds. Real time: the app's own clock does not matter to Slack. */
export const ACK_WITHIN_MS = 3_000;
