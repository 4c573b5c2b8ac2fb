import PQueue from 'p-queue';
import type { LinqFailure } from '../removal/answer.js';
import type { Gate, Turn, Urgency } from '../removal/ports.js';
import { later } from '../removal/schedule.js';
import { createPace } from './pace.js';

/** Linq publishes no limits for these calls; eight at once is what one account needs and no server minds. */
const CALLS_AT_ONCE = 8;
const CALLS_OF_ONE_REQUEST = 4;
/** Places that a request with calls under way leaves free: another person's removal starts at once. */
const PLACES_FOR_NEWCOMERS = 2;
/** Readings that wait for proof take at most this many places. */
const PROOFS_AT_ONCE = 4;
/** A person in front of a window waits this long for Linq's gate to open, not longer. */
const PATIENCE_OF_A_PERSON_MS = 6_000;
/** Linq says 1, 2, 4 s where a 429 or 503 names no time (docs.linqapp.com, Rate Limits). */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

const PRIORITY: Record<Urgency, number> = { person: 3, send: 2, 'first-proof': 1, proof: 0 };

export interface LinqGate extends Gate {
  /** Lets a call leave when it is its turn. Null: Linq asks to be left alone for longer than a person waits. */
  forPerson<T>(call: () => Promise<T>): Promise<T | null>;
  /** For the loop, right after `admits`. Null: Linq asked to be left alone in between, and the call did not leave. */
  forTurn<T>(turn: Turn, call: () => Promise<T>): Promise<T | null>;
  /** What became of a call: a request to wait closes the gate for all of them. */
  heard(failure: LinqFailure | null): void;
}

export interface LinqGateOptions {
  readonly now: () => Date;
  /** In milliseconds: a clock that is set changes no wait. */
  readonly elapsed: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Between 0 and 1, for backoff that does not come in step with other processes. */
  readonly random?: () => number;
}

/** The one gate in front of every call to Linq, readings included. */
export function createLinqGate({ now, elapsed, sleep, random = Math.random }: LinqGateOptions): LinqGate {
  const queue = new PQueue({ concurrency: CALLS_AT_ONCE });
  const pace = createPace(elapsed);
  const underWay: Turn[] = [];
  let people = 0;
  let opensAt = 0;
  let closings = 0;

  const closedFor = () => Math.max(0, Math.ceil(opensAt - elapsed()));
  const after = (ms: number) => (ms > 0 ? later(now(), ms) : null);

  function hasPlace({ requestId, urgency }: Turn): boolean {
    const calls = underWay.length + people;
    const own = underWay.filter((turn) => turn.requestId === requestId).length;
    const places = own > 0 ? CALLS_AT_ONCE - PLACES_FOR_NEWCOMERS : CALLS_AT_ONCE;
    if (calls >= places || own >= CALLS_OF_ONE_REQUEST) return false;
    return urgency === 'send' || underWay.filter((turn) => turn.urgency !== 'send').length < PROOFS_AT_ONCE;
  }

  /** The gate may close again while a person waits. The pace is for the loop: what people ask for is little. */
  async function untilOpen(patienceMs: number): Promise<boolean> {
    const giveUpAt = elapsed() + patienceMs;
    for (;;) {
      const ms = closedFor();
      if (ms === 0) return true;
      if (elapsed() + ms > giveUpAt) return false;
      await sleep(ms);
    }
  }

  function close(failure: LinqFailure): void {
    closings += 1;
    const growing = Math.min(FIRST_PAUSE_MS * 2 ** (closings - 1), LONGEST_PAUSE_MS);
    const ms = failure.retryAfterMs ?? growing * (0.75 + random() / 2);
    // Of several requests to wait the longest holds: nothing overrides it.
    opensAt = Math.max(opensAt, elapsed() + ms);
    pace.refused();
  }

  return {
    admits: (turn) => closedFor() === 0 && pace.wait() === 0 && hasPlace(turn),
    reserve: pace.reserve,
    closedUntil: () => after(closedFor()),
    nextAt: () => after(closedFor() || pace.wait()),
    async forPerson(call) {
      if (!(await untilOpen(PATIENCE_OF_A_PERSON_MS))) return null;
      people += 1;
      pace.leaves();
      const done = queue.add(call, { priority: PRIORITY.person });
      return done.finally(() => {
        people -= 1;
      });
    },
    async forTurn(turn, call) {
      if (closedFor() > 0) return null;
      underWay.push(turn);
      pace.leaves();
      return queue.add(call, { priority: PRIORITY[turn.urgency] }).finally(() => {
        underWay.splice(underWay.indexOf(turn), 1);
      });
    },
    heard(failure) {
      if (failure && (failure.status === 429 || failure.status === 503)) close(failure);
      else if (failure === null) closings = 0;
    },
  };
}
