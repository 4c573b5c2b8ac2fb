import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { HeapUse } from './memory-process.js';
import { type Row, ratio } from './statistics.js';

/** Enough for a leak of a few hundred bytes a removal to show; `BENCH_REMOVALS=100000` takes some minutes. */
const REMOVALS = Number(process.env.BENCH_REMOVALS ?? 6_000);

/** 8. What removals leave behind in one process: the heap after a collection, in the first and the last tenth of them. */
export async function measureMemory(): Promise<Row[]> {
  const child = fork(join(process.cwd(), 'bench/memory-process.ts'), [String(REMOVALS)], {
    execArgv: ['--expose-gc', '--import', 'tsx'],
  });
  const [{ firstMiB, lastMiB }] = (await once(child, 'message')) as [HeapUse];
  const mib = (value: number) => `${value.toFixed(1)} MiB`;
  return [
    {
      what: `heap after ${REMOVALS.toLocaleString('en')} proven removals in one process`,
      ours: mib(lastMiB),
      other: `after the first tenth: ${mib(firstMiB)}`,
      ratio: ratio(lastMiB / firstMiB),
      goal: '≤ 1.05',
    },
  ];
}
