import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { createObserver } from './observer.js';
import type { Observer } from './removal/ports.js';

/** What Prometheus reads at `/metrics`. Labels are closed sets: no handle, no id of a person, chat or request. */
export interface Metrics {
  readonly contentType: string;
  /** All metrics as text. The gauges of what is open are asked for at this moment. */
  read(): Promise<string>;
  /** What the loop reports. */
  readonly observer: Observer;
  readonly countCall: CountCall;
}

/** One call to Linq or Slack ended: `result` is `ok`, an error code of that system, a status, `no_answer`, or `not_sent`. */
export type CountCall = (system: 'linq' | 'slack', operation: string, result: string) => void;

/** How many changes are not final, and since when the oldest of them has been approved. */
export interface OpenChanges {
  readonly count: number;
  readonly oldest: Date | null;
}

export function createMetrics(readOpen: () => Promise<OpenChanges>, now: () => Date): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const calls = new Counter({
    name: 'linq_remove_calls_total',
    help: 'Calls to Linq and Slack, by operation and result.',
    labelNames: ['system', 'operation', 'result'],
    registers,
  });
  gaugesOfOpen(registers, readOpen, now);

  return {
    contentType: registry.contentType,
    read: () => registry.metrics(),
    countCall: (system, operation, result) => calls.inc({ system, operation, result }),
    observer: createObserver(registers, now),
  };
}

/** Read at each scrape, once for both; while the store does not answer they are absent, which `/readyz` explains. */
function gaugesOfOpen(registers: Registry[], readOpen: () => Promise<OpenChanges>, now: () => Date): void {
  let reading: Promise<OpenChanges | null> | null = null;
  const read = () => {
    reading ??= readOpen()
      .catch(() => null)
      .finally(() => {
        reading = null;
      });
    return reading;
  };
  gauge(
    'linq_remove_open_removals',
    'Removals, and additions by Add back, that are not final.',
    (open) => open.count,
  );
  gauge(
    'linq_remove_open_oldest_seconds',
    'Age of the oldest of them; 0 when there is none.',
    ({ oldest }) => (oldest ? (now().getTime() - oldest.getTime()) / 1_000 : 0),
  );

  function gauge(name: string, help: string, measure: (open: OpenChanges) => number): void {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const open = await read();
        // Reset would leave a 0, which reads as good news.
        if (open) this.set(measure(open));
        else this.remove();
      },
    });
  }
}
