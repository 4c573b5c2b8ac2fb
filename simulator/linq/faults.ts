import { type ErrorCode, refuse, refuseForNow } from './errors.js';
import type { Reply } from './http.js';
import type { Fate } from './queue.js';
import type { PageLie, RosterLie } from './roster-lies.js';

/** A reading that is answered, and untrue. A person's handle or a chat's id narrows it down. */
export type Untruth =
  | readonly ['roster', RosterLie, handle?: string]
  | readonly ['page', PageLie, chatId?: string];

/**
 * What may go wrong with one request.
 * - `['refused', code]` and `['rate-limited', seconds]`: Linq says no; nothing happens.
 * - `['status', n]`: a gateway answers with a page of HTML; nothing happens. `unreadable`: the same with 200.
 * - `['answers', reply]`: exactly this; nothing happens.
 * - `['slow', until]`: Linq acts, and answers only after the promise or the milliseconds of real time; with a third
 *   part, as that fault.
 * - `hanging`: no answer ever, nothing happens. `hanging-after`: no answer ever, but Linq acts.
 * - `reset-before`, `reset-after`: the connection is cut without an answer, before or after Linq acts.
 * - `cut`, `empty`, `broken`: Linq acts, but half of the answer's body is lost, or all of it, or it is no JSON.
 * - `['acts-later', ms, answer, repeat]`: the answer is a reset, none at all, or this error, and yet Linq carries the
 *   change out so many milliseconds later. Until then a repeat is refused with the code, or judged as always.
 * - `never-settles`, `silent-noop`: Linq accepts, and nothing ever happens.
 * - `['settles-late', ms]`: Linq accepts, and it happens only then, whatever the usual time.
 * - `['settles-twice', ms]`: Linq accepts, and so many milliseconds after it happened it happens once more.
 * - `['roster', …]`, `['page', …]`: a reading is answered, and untrue.
 */
export type LinqFault =
  | readonly ['refused', ErrorCode]
  | readonly ['rate-limited', number]
  | readonly ['status', number]
  | readonly ['answers', Reply]
  | readonly ['slow', Promise<unknown> | number, LinqFault?]
  | readonly ['acts-later', number, LateAnswer, repeat?: ErrorCode]
  | readonly ['settles-late', number]
  | readonly ['settles-twice', number]
  | Untruth
  | 'unreadable'
  | 'hanging'
  | 'hanging-after'
  | 'reset-before'
  | 'reset-after'
  | 'cut'
  | 'empty'
  | 'broken'
  | 'never-settles'
  | 'silent-noop';

/** What the app hears of a change that Linq carries out later. */
export type LateAnswer = ErrorCode | 'reset' | 'hanging';

export interface Outcome {
  readonly reply: Reply | 'reset' | 'hanging';
  readonly after?: Promise<unknown>;
}

/** How Linq does its work: a change's fate, a reading's untruth. */
export interface Manner {
  readonly fate?: Fate;
  readonly untruth?: Untruth;
}

type Act = (manner?: Manner) => Reply;

const PAGE = '<!doctype html><title>Gateway</title><h1>Something is between you and Linq</h1>';
const JSON_TYPE = { 'content-type': 'application/json' };

/** How a request ends under a fault; `act` lets Linq do its work. */
export function underFault(fault: LinqFault | undefined, act: Act): Outcome {
  if (fault === undefined) return { reply: act() };
  return typeof fault === 'string' ? plainFault(fault, act) : measuredFault(fault, act);
}

function measuredFault(fault: Extract<LinqFault, readonly unknown[]>, act: Act): Outcome {
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
    case 'acts-later':
      return { reply: actLater(fault, act) };
    case 'settles-late':
      return { reply: act({ fate: { lateMs: fault[1] } }) };
    case 'settles-twice':
      return { reply: act({ fate: { againAfterMs: fault[1] } }) };
    case 'roster':
    case 'page':
      return { reply: act({ untruth: fault }) };
  }
}

/** What Linq refuses it refuses; only what it would have accepted is answered with trouble. */
function actLater(fault: Extract<LinqFault, readonly ['acts-later', ...unknown[]]>, act: Act) {
  const [, lateMs, answer, refusesRepeats] = fault;
  const reply = act({ fate: { lateMs, refusesRepeats } });
  if (reply.status !== 202) return reply;
  return typeof answer === 'number' ? refuse(answer) : answer;
}

function plainFault(fault: Extract<LinqFault, string>, act: Act): Outcome {
  switch (fault) {
    case 'unreadable':
      return { reply: { status: 200, html: PAGE } };
    case 'hanging':
      return { reply: 'hanging' };
    case 'hanging-after':
      act();
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
      return { reply: act({ fate: 'never' }) };
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
