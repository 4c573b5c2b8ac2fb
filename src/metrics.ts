import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Observer } from './removal/ports.js';

/** What Prometheus reads at `/metrics`. Labels are closed sets: no handle, no id of a person, chat or request. */
export interface Metrics {
  readonly contentType: string;
  /** All metrics as text. The gauges of open removals are asked for at this moment. */
  read(): Promise<string>;
  /** What the loop reports. */
  readonly observer: Observer;
  readonly countCall: CountCall;
}

/** One call to Linq or Slack ended: `result` is `ok`, an error code of that system, a status, or `no_answer`. */
export type CountCall = (system: 'linq' | 'slack', operation: string, result: string) => void;

/** How many removals are not final, and since when the oldest of them has been approved. */
export interface OpenRemovals {
  readonly count: number;
  readonly oldest: Date | null;
}

const ANSWER_BUCKETS = [0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 300];
const PROOF_BUCKETS = [1, 2, 4, 8, 15, 30, 60, 120, 300, 600, 1_800, 3_600];

export function createMetrics(readOpen: () => Promise<OpenRemovals>, now: () => Date): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const ended = new Counter({
    name: 'linq_remove_removals_total',
    help: 'Removals that reached a final status.',
    labelNames: ['status'],
    registers,
  });
  const answered = new Histogram({
    name: 'linq_remove_answer_seconds',
    help: "From approval to Linq's first answer about a removal.",
    buckets: ANSWER_BUCKETS,
    registers,
  });
  const proven = new Histogram({
    name: 'linq_remove_proof_seconds',
    help: 'From approval to the proof that somebody is out.',
    buckets: PROOF_BUCKETS,
    registers,
  });
  const retries = new Counter({
    name: 'linq_remove_retries_total',
    help: 'Removals that Linq put off and that are sent again later, and unanswered ones sent again.',
    registers,
  });
  const fallbacks = new Counter({
    name: 'linq_remove_posting_fallbacks_total',
    help: 'Outcomes that could not be told in the channel, by the way taken instead.',
    labelNames: ['route'],
    registers,
  });
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
    observer: {
      transition(before, after) {
        const sinceApproval = (now().getTime() - after.approvedAt.getTime()) / 1_000;
        if (before.attempts === 1 && before.status === 'sending') answered.observe(sinceApproval);
        if (after.status === 'sending' && after.attempts > 1) retries.inc();
        if (after.settledAt && !before.settledAt) ended.inc({ status: after.status });
        if (after.status === 'removed') proven.observe(sinceApproval);
      },
      rerouted: (route) => fallbacks.inc({ route }),
    },
  };
}

/** Read at each scrape; while the store does not answer they are absent, which `/readyz` explains. */
function gaugesOfOpen(registers: Registry[], readOpen: () => Promise<OpenRemovals>, now: () => Date): void {
  const oldest = new Gauge({
    name: 'linq_remove_open_oldest_seconds',
    help: 'Age of the oldest removal that is not final; 0 when there is none.',
    registers,
  });
  new Gauge({
    name: 'linq_remove_open_removals',
    help: 'Removals that are not final.',
    registers,
    async collect() {
      const open = await readOpen().catch(() => null);
      if (!open) return this.reset();
      this.set(open.count);
      oldest.set(open.oldest ? (now().getTime() - open.oldest.getTime()) / 1_000 : 0);
    },
  });
}
