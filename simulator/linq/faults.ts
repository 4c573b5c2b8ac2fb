import { type ErrorCode, refuse, refuseForNow } from './errors.js';
import type { Reply } from './http.js';

/**
 * What may go wrong with one request.
 * - `['refused', code]` and `['rate-limited', seconds]`: Linq says no; nothing happens.
 * - `['status', n]`: a gateway answers with a page of HTML; nothing happens. `unreadable`: the same with 200.
 * - `['answers', reply]`: exactly this; nothing happens.
 * - `['slow', until]`: Linq acts, and answers only after the promise or the milliseconds; with a third part, as that fault.
 * - `hanging`: no answer ever, nothing happens.
 * - `reset-before`, `reset-after`: the connection is cut without an answer, before or after Linq acts.
 * - `cut`, `empty`, `broken`: Linq acts, but half of the answer's body is lost, or all of it, or it is no JSON.
 * - `never-settles`, `silent-noop`: Linq accepts, and nothing ever happens.
 */
export type LinqFault =
  | readonly ['refused', ErrorCode]
  | readonly ['rate-limited', number]
  | readonly ['status', number]
  | readonly ['answers', Reply]
  | readonly ['slow', Promise<unknown> | number, LinqFault?]
  | 'unreadable'
  | 'hanging'
  | 'reset-before'
  | 'reset-after'
  | 'cut'
  | 'empty'
  | 'broken'
  | 'never-settles'
  | 'silent-noop';

export interface Outcome {
  readonly reply: Reply | 'reset' | 'hanging';
  readonly after?: Promise<unknown>;
}

/** Faults that wait for a call, each used once, in order; one may wait for a call about its own chat. */
export interface FaultQueue {
  add(fault: LinqFault, chatId?: string): void;
  /** The next fault for a call about this chat. */
  take(chatId: string): LinqFault | undefined;
}

export function createFaultQueue(): FaultQueue {
  const waiting: { readonly fault: LinqFault; readonly chatId: string | undefined }[] = [];
  return {
    add: (fault, chatId) => void waiting.push({ fault, chatId: chatId?.toLowerCase() }),
    take(chatId) {
      const at = waiting.findIndex((each) => (each.chatId ?? chatId.toLowerCase()) === chatId.toLowerCase());
      return at < 0 ? undefined : waiting.splice(at, 1)[0]?.fault;
    },
  };
}

const PAGE = '<!doctype html><title>Gateway</title><h1>Something is between you and Linq</h1>';

/** How a request ends under a fault; `act` lets Linq do its work, or with `inert` only say so. */
export function underFault(fault: LinqFault | undefined, act: (inert?: boolean) => Reply): Outcome {
  if (fault === undefined) return { reply: act() };
  return typeof fault === 'string' ? plainFault(fault, act) : measuredFault(fault, act);
}

function measuredFault(
  fault: Extract<LinqFault, readonly unknown[]>,
  act: (inert?: boolean) => Reply,
): Outcome {
  switch (fault[0]) {
    case 'refused':
      return { reply: refuse(fault[1]) };
    case 'rate-limited':
      return { reply: refuseForNow(fault[1]) };
    case 'status':
      return { reply: { status: fault[1], html: PAGE } };
    case 'answers':
      return { reply: fault[1] };
    case 'slow':
      return {
        ...underFault(fault[2], act),
        after: typeof fault[1] === 'number' ? pause(fault[1]) : fault[1],
      };
  }
}

function plainFault(fault: Extract<LinqFault, string>, act: (inert?: boolean) => Reply): Outcome {
  switch (fault) {
    case 'unreadable':
      return { reply: { status: 200, html: PAGE } };
    case 'hanging':
      return { reply: 'hanging' };
    case 'reset-before':
      return { reply: 'reset' };
    case 'reset-after':
      act();
      return { reply: 'reset' };
    case 'cut':
      return { reply: { ...act(), cut: true } };
    case 'empty':
      return { reply: { status: act().status } };
    case 'broken':
      return { reply: { status: act().status, html: '{"status": "acc', headers: JSON_TYPE } };
    case 'never-settles':
    case 'silent-noop':
      return { reply: act(true) };
  }
}

const JSON_TYPE = { 'content-type': 'application/json' };

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
