import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `npm run demo` as a person starts it. */
export interface DemoProcess {
  readonly url: string;
  readonly port: number;
  /** What it printed, npm's own lines left out. */
  printed(): string;
  /** Ctrl-C: to the whole process group, as a terminal does. Resolves with what is left of its temporary files. */
  interrupt(): Promise<readonly string[]>;
}

const READY = /http:\/\/localhost:\d+/;

/** Resolves once the address is printed; rejects with what was printed instead. */
export async function startDemo(): Promise<DemoProcess> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'demo-test-'));
  const { child, printed } = run({ DEMO_PORT: String(port), TMPDIR: folder });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => READY.test(printed()) && resolve());
    child.once('exit', () => reject(new Error(`The demo ended instead of starting: ${printed()}`)));
  });
  return {
    url: `http://localhost:${port}/`,
    port,
    printed,
    async interrupt() {
      const ended = ending(child);
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
      await ended;
      const left = (await readdir(folder)).filter((name) => name.startsWith('linq-remove'));
      await rm(folder, { recursive: true });
      return left;
    },
  };
}

/** A demo that cannot start: resolves with its exit code and what it printed. */
export async function failToStart(env: Readonly<Record<string, string>>) {
  const { child, printed } = run(env);
  const code = await ending(child);
  return { code, printed: printed() };
}

function run(env: Readonly<Record<string, string>>) {
  let output = '';
  const child = spawn('npm', ['run', '--silent', 'demo'], {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const keep = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const printed = () =>
    output
      .split('\n')
      .filter((line) => !line.startsWith('npm '))
      .join('\n');
  return { child, printed };
}

/** Of npm and of everything it started: npm itself may be gone before the demo has put things away. */
function ending(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    child.once('close', (code) => resolve(code));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
