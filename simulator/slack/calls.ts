import type { ServerResponse } from 'node:http';
import { createWaits } from '../waits.js';
import { type Json, textOf } from './json.js';

/** A Web API call that reached Slack. */
export interface SlackCall {
  readonly method: string;
  /** As sent; null for methods about no channel. */
  readonly channel: string | null;
  readonly at: Date;
  /** It came while a `Retry-After` of the same limit was not over. */
  readonly early: boolean;
  /** It was refused by the quota. */
  refused: boolean;
}

/** Every call, and which of them came too early. */
export interface CallLog {
  readonly calls: readonly SlackCall[];
  note(method: string, args: Json): SlackCall;
  /** Slack asks to wait: calls of the same limit are early until then. */
  wait(call: SlackCall, seconds: number, response: ServerResponse): Promise<void>;
}

export function createCallLog(now: () => Date, byWallClock: boolean): CallLog {
  const calls: SlackCall[] = [];
  const waits = createWaits({ arrived: () => calls.length, byWallClock });
  return {
    calls,
    note(method, args) {
      const at = now();
      const channel = textOf(args.channel);
      const call = {
        method,
        channel,
        at,
        early: waits.isEarly(limitOf(method, channel), at),
        refused: false,
      };
      calls.push(call);
      return call;
    },
    wait({ method, channel }, seconds, response) {
      const until = new Date(now().getTime() + seconds * 1_000);
      return waits.ask(limitOf(method, channel), until, response);
    },
  };
}

/** Posting is limited for each channel, everything else for each method. */
function limitOf(method: string, channel: string | null): string {
  return method === 'chat.postMessage' ? `${method} ${channel}` : method;
}
