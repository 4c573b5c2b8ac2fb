import { startSimulator } from '../simulator/simulator.js';
import { type Kind, startProcess } from './processes.js';
import { median, ms, type Row, ratio, shown } from './statistics.js';

const RUNS = 9;

/** 3. Start-up time and memory, against the bare Bolt app. */
export async function measureStart(): Promise<Row[]> {
  const simulator = await startSimulator();
  const times: Record<Kind, number[]> = { 'linq-remove': [], bare: [] };
  const memory: Record<Kind, number[]> = { 'linq-remove': [], bare: [] };
  for (let run = 0; run < RUNS; run++) {
    for (const kind of ['bare', 'linq-remove'] as const) {
      const app = await startProcess(kind, simulator.env('http'));
      times[kind].push(app.startedInMs);
      memory[kind].push(await app.memory());
      await app.stop();
    }
  }
  await simulator.stop();
  const row = (
    what: string,
    values: Record<Kind, number[]>,
    show: (value: number) => string,
    goal: string,
  ): Row => {
    const { 'linq-remove': ours, bare } = values;
    return {
      what,
      ours: shown(ours, show),
      other: `bare Bolt: ${shown(bare, show)}`,
      ratio: ratio(median(ours) / median(bare)),
      goal,
    };
  };
  return [
    row('start until it listens', times, ms, '≤ 1.25'),
    row('memory after the start', memory, (value) => `${value.toFixed(0)} MiB`, '≤ 1.30'),
  ];
}
