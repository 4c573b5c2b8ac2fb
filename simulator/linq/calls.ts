import type { ServerResponse } from 'node:http';
import { createWaits, secondsOf } from '../waits.js';
import { type Ask, jsonOf, type Reply } from './http.js';
import type { Match, RouteName } from './routes.js';

/** A call that reached Linq. */
export interface LinqCall {
  /** The route's name, or method and path where there is none. */
  readonly what: RouteName | string;
  readonly at: Date;
  /** As in the path; null for calls about no chat. */
  readonly chatId: string | null;
  /** As sent in the body; null when there was none. */
  readonly handle: string | null;
  /** It came while a `Retry-After` of an earlier answer was not over. */
  readonly early: boolean;
  /** It was refused by the quota. */
  refused: boolean;
  /** The status, or what else happened. Undefined until it is answered. */
  answer?: number | 'reset';
}

/** A DELETE that reached Linq, whether it acted on it or not. */
export interface Delete {
  readonly chatId: string;
  readonly handle: string | null;
  readonly at: Date;
}

export const REMOVAL: RouteName = 'DELETE /v3/chats/{id}/participants';

/** Every call of the account, and which of them came too early. */
export interface CallLog {
  readonly calls: readonly LinqCall[];
  readonly deletes: readonly Delete[];
  note(ask: Ask, route: Match | null): LinqCall;
  /** A `Retry-After` in an answer makes the account's next calls early until it is over. */
  heed(reply: Reply, response: ServerResponse): Promise<void>;
}

const ACCOUNT = 'account';

export function createCallLog(now: () => Date, byWallClock: boolean): CallLog {
  const calls: LinqCall[] = [];
  const deletes: Delete[] = [];
  const waits = createWaits({ arrived: () => calls.length, byWallClock });
  return {
    calls,
    deletes,
    note(ask, route) {
      const at = now();
      const handle = jsonOf(ask)?.handle;
      const call: LinqCall = {
        what: route?.name ?? `${ask.method} ${ask.path}`,
        at,
        chatId: route?.id || null,
        handle: typeof handle === 'string' ? handle : null,
        early: waits.isEarly(ACCOUNT, at),
        refused: false,
      };
      calls.push(call);
      if (call.what === REMOVAL) deletes.push({ chatId: route?.id ?? '', handle: call.handle, at });
      return call;
    },
    async heed({ headers }, response) {
      const seconds = secondsOf(headers?.['retry-after'], now());
      if (seconds === null) return;
      await waits.ask(ACCOUNT, new Date(now().getTime() + seconds * 1_000), response);
    },
  };
}
