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
  stop(): Promise<void>;
}

export type Kind = 'linq-remove' | 'bare';

const ENTRY: Record<Kind, string> = { 'linq-remove': 'dist/main.js', bare: 'bench/bare-app.mjs' };

/** Starts one of the two programs as it would run in production, and waits for the line that names its port. */
export async function startProcess(kind: Kind, env: Record<string, string>): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'linq-remove-bench-'));
  const startedAt = performance.now();
  const child = spawn(process.execPath, [ENTRY[kind]], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      HOST: '127.0.0.1',
      DATABASE_URL: `file:${join(folder, 'bench.db')}`,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await portOf(child);
  return {
    port,
    startedInMs: performance.now() - startedAt,
    memory: () => residentMemory(child),
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
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
