import { createRequire, syncBuiltinESMExports } from 'node:module';
import { performance as clock } from 'node:perf_hooks';

/**
 * Time that stands still until it is moved. While it is installed, everything in this process that asks for the time
 * or waits for it lives by it: the app, Bolt, both SDKs and the simulators. Node's own sockets keep real time.
 */
export interface VirtualTime {
  now(): Date;
  /** When the next timer is due, in milliseconds; null when nothing waits. */
  next(): number | null;
  /** Moves to that moment, and lets the timers that are due by then fire in their order. */
  moveTo(at: number): void;
  /** Gives everything back as it was. What still waits is forgotten. */
  remove(): void;
}

interface Timer {
  readonly id: number;
  readonly act: () => void;
  readonly wait: number;
  readonly repeats: boolean;
  at: number;
}

/** Node's own timers have smaller ones: what was started before must not be taken for ours. */
const FIRST_ID = 1_000_000_000;

const require = createRequire(`${process.cwd()}/package.json`);

export function installVirtualTime(start: Date): VirtualTime {
  const timers = new Map<number, Timer>();
  const startedAt = start.getTime();
  let at = startedAt;
  let last = FIRST_ID;

  function add(act: () => void, ms: number | undefined, repeats: boolean): NodeJS.Timeout {
    last += 1;
    const wait = Math.max(1, Number(ms) || 0);
    const timer = { id: last, act, wait, repeats, at: at + wait };
    timers.set(last, timer);
    return handleOf(timer);
  }

  /** What code does with a timer: `unref` it, compare it, clear it, or start it afresh. */
  function handleOf(timer: Timer): NodeJS.Timeout {
    const { id } = timer;
    const handle = {
      ref: () => handle,
      unref: () => handle,
      hasRef: () => true,
      refresh() {
        timer.at = at + timer.wait;
        timers.set(id, timer);
        return handle;
      },
      close: () => {
        timers.delete(id);
        return handle;
      },
      [Symbol.toPrimitive]: () => id,
      [Symbol.dispose]: () => void timers.delete(id),
    };
    // Node's class has no public constructor; nothing looks behind this interface.
    return handle as unknown as NodeJS.Timeout;
  }

  function due(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of timers.values()) if (!first || timer.at < first.at) first = timer;
    return first;
  }

  const undo = patch({
    now: () => at,
    elapsed: () => at - startedAt,
    setTimeout: (act, ms) => add(act, ms, false),
    setInterval: (act, ms) => add(act, ms, true),
    clear: (handle) => void timers.delete(Number(handle)),
  });

  return {
    now: () => new Date(at),
    next: () => due()?.at ?? null,
    moveTo(moment) {
      for (let timer = due(); timer && timer.at <= moment; timer = due()) {
        at = Math.max(at, timer.at);
        if (timer.repeats) timer.at += timer.wait;
        else timers.delete(timer.id);
        timer.act();
      }
      at = Math.max(at, moment);
    },
    remove() {
      timers.clear();
      undo();
    },
  };
}

interface Replacements {
  now(): number;
  elapsed(): number;
  setTimeout(act: () => void, ms?: number): NodeJS.Timeout;
  setInterval(act: () => void, ms?: number): NodeJS.Timeout;
  clear(handle: unknown): void;
}

/** Puts the replacements in every place where code finds a clock or a timer; the function returned undoes it. */
function patch(by: Replacements): () => void {
  const { clearTimeout: clearReal } = globalThis;
  const clear = (handle: NodeJS.Timeout | undefined) =>
    Number(handle) >= FIRST_ID ? by.clear(handle) : clearReal(handle);
  const promises = require('node:timers/promises') as Record<string, unknown>;
  const undoes = [
    put(globalThis, {
      setTimeout: (act: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) =>
        by.setTimeout(() => act(...args), ms),
      setInterval: (act: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) =>
        by.setInterval(() => act(...args), ms),
      clearTimeout: clear,
      clearInterval: clear,
      Date: virtualDate(by.now),
    }),
    put(promises, { setTimeout: promised(by) }),
    put(clock, { now: by.elapsed }),
    put(AbortSignal, { timeout: abortAfter(by) }),
  ];
  syncBuiltinESMExports();
  return () => {
    for (const undo of undoes.reverse()) undo();
    syncBuiltinESMExports();
  };
}

function put(target: object, values: Record<string, unknown>): () => void {
  const before = Object.keys(values).map(
    (key) => [key, Object.getOwnPropertyDescriptor(target, key)] as const,
  );
  for (const [key, value] of Object.entries(values))
    Object.defineProperty(target, key, { value, writable: true, configurable: true, enumerable: true });
  return () => {
    for (const [key, descriptor] of before) {
      if (descriptor) Object.defineProperty(target, key, descriptor);
      else Reflect.deleteProperty(target, key);
    }
  };
}

function virtualDate(now: () => number): DateConstructor {
  return new Proxy(Date, {
    construct: (target, args: [], newTarget) =>
      Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
    apply: () => new Date(now()).toString(),
    get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
  });
}

/** `setTimeout` of `node:timers/promises`, with its signal. */
function promised(by: Replacements) {
  return <T>(ms?: number, value?: T, options: { signal?: AbortSignal } = {}): Promise<T | undefined> =>
    new Promise((resolve, reject) => {
      const { signal } = options;
      const timer = by.setTimeout(() => resolve(value), ms);
      const abort = () => {
        by.clear(timer);
        reject(signal?.reason);
      };
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
}

function abortAfter(by: Replacements) {
  return (ms: number): AbortSignal => {
    const controller = new AbortController();
    by.setTimeout(() => controller.abort(new DOMException('The operation timed out', 'TimeoutError')), ms);
    return controller.signal;
  };
}
