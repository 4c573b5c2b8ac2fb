import { startSimulator } from '../simulator/simulator.js';
import { type Kind, startProcess } from './processes.js';
import { median, ms, percentile, type Row, ratio, shown } from './statistics.js';
import { arrivalsOf } from './watch.js';

const RUNS = 7;
const WARM_UP = 100;
const ONE_BY_ONE = 200;
const TOGETHER = 400;
const AT_ONCE = 10;

interface Measured {
  readonly throughput: number;
  readonly p50: number;
  readonly p99: number;
}

/** 1. Command → `views.open` requested, against a bare Bolt app that opens the same modal. */
export async function measureCommand(): Promise<Row[]> {
  const results: Record<Kind, Measured[]> = { 'linq-remove': [], bare: [] };
  for (let run = 0; run < RUNS; run++) {
    for (const kind of ['linq-remove', 'bare'] as const) results[kind].push(await measure(kind));
  }
  const of = (kind: Kind, what: keyof Measured) => results[kind].map((result) => result[what]);
  const row = (what: string, key: keyof Measured, show: (value: number) => string, goal: string): Row => {
    const [ours, bare] = [of('linq-remove', key), of('bare', key)];
    return {
      what,
      ours: shown(ours, show),
      other: `bare Bolt: ${shown(bare, show)}`,
      ratio: ratio(median(ours) / median(bare)),
      goal,
    };
  };
  const perSecond = (value: number) => `${value.toFixed(0)}/s`;
  return [
    row('command → modal requested, throughput', 'throughput', perSecond, '≥ 0.95'),
    row('command → modal requested, median', 'p50', ms, ''),
    row('command → modal requested, p99', 'p99', ms, '≤ 1.10'),
  ];
}

async function measure(kind: Kind): Promise<Measured> {
  const simulator = await startSimulator();
  const { slack, ledger } = simulator;
  const app = await startProcess(kind, { ...simulator.env('http'), LOG_LEVEL: 'info' });
  slack.deliverTo(`http://127.0.0.1:${app.port}/slack/events`);
  const alice = slack.person('alice');
  slack.addChannel({ name: 'support', kind: 'public', members: [alice.id], bot: true });

  const once = async () => {
    const opened = arrivalsOf(ledger, 'views.open', 1);
    const from = performance.now();
    const [at] = await Promise.all([opened, alice.runs('/linq-remove')]);
    return at - from;
  };
  for (let count = 0; count < WARM_UP; count++) await once();
  const latencies: number[] = [];
  for (let count = 0; count < ONE_BY_ONE; count++) latencies.push(await once());

  const from = performance.now();
  const all = arrivalsOf(ledger, 'views.open', TOGETHER);
  const typist = async () => {
    for (let count = 0; count < TOGETHER / AT_ONCE; count++) await alice.runs('/linq-remove');
  };
  await Promise.all(Array.from({ length: AT_ONCE }, typist));
  const seconds = ((await all) - from) / 1_000;

  await app.stop();
  await simulator.stop();
  return { throughput: TOGETHER / seconds, p50: percentile(latencies, 50), p99: percentile(latencies, 99) };
}
