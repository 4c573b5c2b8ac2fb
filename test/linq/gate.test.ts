import { createLinqGate, type LinqGate } from '../../src/linq/gate.js';
import { NO_ANSWER } from '../../src/removal/answer.js';
import type { Turn } from '../../src/removal/ports.js';
import { type Clock, createClock, hours, seconds } from '../support/clock.js';

let clock: Clock;
let gate: LinqGate;

beforeEach(() => {
  clock = createClock();
  gate = createLinqGate({ ...clock, sleep: clock.sleep, random: () => 0.5 });
});

const turn = (requestId: string, urgency: Turn['urgency'] = 'send'): Turn => ({ requestId, urgency });
const asks = (status: number, retryAfterMs: number | null = null) =>
  gate.heard({ ...NO_ANSWER, status, retryAfterMs });

/** A call that is on the wire until it is told to end. */
function call() {
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end, leave: () => ended };
}

/** Starts calls for as long as the gate admits them; answers with how many did. */
function fill(ofTurn: (index: number) => Turn, most = 20): number {
  for (let index = 0; index < most; index++) {
    if (!gate.admits(ofTurn(index))) return index;
    void gate.forTurn(ofTurn(index), call().leave);
  }
  return most;
}

describe('places', () => {
  it('gives one request four of them, and another request places beside it', () => {
    expect(fill(() => turn('a'))).toBe(4);
    expect(gate.admits(turn('b'))).toBe(true);
  });

  it('keeps two for requests that have none, however many others have calls under way', () => {
    fill(() => turn('a'));
    expect(fill(() => turn('b'))).toBe(2);
    expect(gate.admits(turn('a'))).toBe(false);
    expect(gate.admits(turn('c'))).toBe(true);
  });

  it('has eight in all', () => {
    expect(fill((index) => turn(`request ${index}`))).toBe(8);
  });

  it('lets readings for proof take no more than four, so that a removal always finds a place', () => {
    expect(fill((index) => turn(`request ${index}`, 'proof'))).toBe(4);
    expect(gate.admits(turn('late', 'first-proof'))).toBe(false);
    expect(gate.admits(turn('new'))).toBe(true);
  });

  it('counts people who wait: what they ask takes places too, and frees them', async () => {
    const asked = Array.from({ length: 6 }, () => call());
    const answers = asked.map((each) => gate.forPerson(each.leave));
    await new Promise(setImmediate);
    expect(fill((index) => turn(`request ${index}`))).toBe(2);
    for (const each of asked) each.end();
    await Promise.all(answers);
    expect(fill((index) => turn(`later ${index}`))).toBe(6);
  });

  it('counts sends among the four of a request, but not among the readings', () => {
    fill((index) => turn(`sends ${index}`), 4);
    expect(fill((index) => turn(`request ${index}`, 'proof'))).toBe(4);
  });

  it('is free again when a call ends', async () => {
    const first = call();
    const done = gate.forTurn(turn('a'), first.leave);
    fill(() => turn('a'));
    expect(gate.admits(turn('a'))).toBe(false);
    first.end();
    await done;
    expect(gate.admits(turn('a'))).toBe(true);
  });

  it('lets people go before everything that waits for its place', async () => {
    const running = Array.from({ length: 8 }, (_, index) => {
      const each = call();
      void gate.forTurn(turn(`request ${index}`), each.leave);
      return each;
    });
    const order: string[] = [];
    const later = gate.forTurn(turn('ninth', 'proof'), async () => order.push('proof'));
    const urgent = gate.forTurn(turn('tenth', 'send'), async () => order.push('send'));
    const person = gate.forPerson(async () => order.push('person'));
    await Promise.resolve();
    expect(gate.admits(turn('eleventh'))).toBe(false);
    for (const each of running) each.end();
    await Promise.all([later, urgent, person]);
    expect(order).toEqual(['person', 'send', 'proof']);
  });
});

describe('a request to wait', () => {
  const closedFor = () => (gate.closedUntil()?.getTime() ?? 0) - clock.now().getTime();

  it.each([429, 503])('with %i closes the gate for every call until it is over', async (status) => {
    asks(status, seconds(30));
    expect(gate.closedUntil()).toEqual(new Date(clock.now().getTime() + seconds(30)));
    expect(gate.admits(turn('a'))).toBe(false);
    expect(await gate.forTurn(turn('a'), async () => 'left')).toBeNull();
    clock.advance(seconds(30) - 1);
    expect(gate.admits(turn('a'))).toBe(false);
    clock.advance(1);
    expect(gate.closedUntil()).toBeNull();
  });

  it.each([-hours(1), hours(1)])('is as long as it was for a clock that is set by %i ms', (ms) => {
    asks(429, seconds(30));
    expect(closedFor()).toBe(seconds(30));
    clock.jump(ms);
    expect(closedFor()).toBe(seconds(30));
    clock.advance(seconds(30));
    expect(gate.closedUntil()).toBeNull();
  });

  it('is not shortened by another one', () => {
    asks(429, seconds(30));
    asks(429, seconds(1));
    clock.advance(seconds(29));
    expect(gate.closedUntil()).not.toBeNull();
  });

  it('without a time is answered with 1, 2, 4 s and on, up to half a minute, until a call is answered again', () => {
    const pauses = Array.from({ length: 7 }, () => {
      asks(503);
      const ms = closedFor();
      clock.advance(ms);
      return ms / 1_000;
    });
    expect(pauses).toEqual([1, 2, 4, 8, 16, 30, 30]);
    gate.heard({ ...NO_ANSWER, status: 500 });
    asks(503);
    expect(closedFor()).toBe(seconds(30));
    clock.advance(seconds(30));
    gate.heard(null);
    asks(503);
    expect(closedFor()).toBe(seconds(1));
  });

  it('is waited out by a person when it is short', async () => {
    asks(429, seconds(2));
    const answer = gate.forPerson(async () => 'left');
    await clock.sleeping();
    clock.advance(seconds(2));
    expect(await answer).toBe('left');
  });

  it('is waited out by a person for six seconds, and not a moment longer', async () => {
    asks(429, seconds(6));
    const answer = gate.forPerson(async () => 'left');
    await clock.sleeping();
    clock.advance(seconds(6) - 1);
    await new Promise(setImmediate);
    clock.advance(1);
    expect(await answer).toBe('left');
    asks(429, seconds(6) + 1);
    expect(await gate.forPerson(async () => 'left')).toBeNull();
  });

  it('that grows while a person waits is waited for no longer than that', async () => {
    asks(429, seconds(2));
    const answer = gate.forPerson(async () => 'left');
    await clock.sleeping();
    asks(429, seconds(20));
    clock.advance(seconds(2));
    expect(await answer).toBeNull();
  });

  it('without a time is not in step with other processes', () => {
    const other = createLinqGate({ ...clock, sleep: clock.sleep, random: () => 0 });
    other.heard({ ...NO_ANSWER, status: 503 });
    expect(other.nextAt()).toEqual(new Date(clock.now().getTime() + 750));
  });

  it('is told to a person at once when it is long', async () => {
    asks(429, seconds(20));
    expect(await gate.forPerson(async () => 'left')).toBeNull();
  });

  it.each([[500], [409], [null]])('is nothing that follows from %s', (status) => {
    gate.heard({ ...NO_ANSWER, status });
    expect(gate.admits(turn('a'))).toBe(true);
  });
});

describe('a quota', () => {
  /** A bucket as Linq may have it, and calls that leave as soon as the gate admits them. */
  async function drive({ capacity, perSecond }: { capacity: number; perSecond: number }, calls: number) {
    const start = clock.now().getTime();
    let tokens = capacity;
    let filledAt = start;
    let [accepted, refused] = [0, 0];
    const takes = () => {
      const now = clock.now().getTime();
      tokens = Math.min(capacity, tokens + ((now - filledAt) / 1_000) * perSecond);
      filledAt = now;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    };
    while (accepted < calls) {
      if (gate.admits(turn('a'))) {
        const isTaken = await gate.forTurn(turn('a'), async () => takes());
        if (isTaken) accepted += 1;
        else refused += 1;
        if (isTaken) gate.heard(null);
        else asks(429, seconds(1));
      }
      clock.advance(13);
    }
    return { refused, seconds: (clock.now().getTime() - start) / 1_000 };
  }

  it.each([
    { capacity: 5, perSecond: 5 },
    { capacity: 50, perSecond: 10 },
    { capacity: 1, perSecond: 1 },
  ])('of %j is learned from the first refusals and then kept', async ({ capacity, perSecond }) => {
    const { refused, seconds: took } = await drive({ capacity, perSecond }, 100);
    expect(refused).toBeLessThanOrEqual(5);
    expect(took).toBeLessThan(((100 - capacity) / perSecond) * 1.15 + 2);
  });

  it('is forgotten after five quiet minutes', () => {
    for (let index = 0; index < 3; index++) void gate.forTurn(turn(`request ${index}`), call().leave);
    asks(429, 1_000);
    clock.advance(1_000);
    fill((index) => turn(`after ${index}`));
    expect(gate.nextAt()).not.toBeNull();
    clock.advance(seconds(301));
    expect(gate.nextAt()).toBeNull();
  });
});
