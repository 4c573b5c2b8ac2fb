import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Running {
  readonly port: number;
  /** From the start of the process until it can be reached, in milliseconds. */
  readonly startedInMs: number;
  /** Resident memory now, in MiB. */
  memory(): Promise<number>;
  /** Processor time used since the start of the process, in milliseconds: unlike elapsed time, other work adds little to it. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
}

export type Kind = 'linq-remove' | 'bare';

const ENTRY: Record<Kind, string> = { 'linq-remove': 'dist/main.js', bare: 'bench/bare-app.mjs' };

/** `BENCH_PROFILE=folder` leaves a CPU profile of every process there, for Chrome's developer tools. */
const PROFILE = process.env.BENCH_PROFILE
  ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`]
  : [];

/** Starts one of the two programs as it would run in production, and waits for the line that names its port. */
export async function startProcess(kind: Kind, env: Record<string, string>): Promise<Running> {
  const folder = await temporaryFolder();
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...PROFILE, ENTRY[kind]], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: `file:${join(folder.path, 'bench.db')}`,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await portOf(child);
  return {
    port,
    startedInMs: performance.now() - startedAt,
    memory: () => residentMemory(child),
    cpu: () => processorTime(child),
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      await folder.remove();
    },
  };
}

export async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), 'linq-remove-bench-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) return reject(new Error('The program has no output'));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const port = /"port":(\d+)/.exec(line)?.[1];
      if (port) resolve(Number(port));
    });
    child.once('exit', (code) => reject(new Error(`The program ended with ${code} before it was ready`)));
  });
}

/** Linux alone tells it for another process. */
async function residentMemory(child: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** Fields 14 and 15 of proc(5)'s stat, in hundredths of a second; the name before them may hold spaces. */
async function processorTime(child: ChildProcess): Promise<number> {
  const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
