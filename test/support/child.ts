import { type ChildProcess, type Serializable, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { bundle, MODULES } from './child-bundle.js';

/** Starting a process takes a fraction of a second, or a while on a machine that has other things to do. */
export const PATIENCE_MS = 30_000;

/** A process of its own, heard by what it writes and how it ends. */
export interface Child {
  /** Everything that it has written, to stdout and stderr, line by line. */
  readonly lines: readonly string[];
  /** Of these, what went to stderr. */
  readonly errors: readonly string[];
  /** Its exit code, or the signal that ended it; once everything it wrote was read. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Waits for a line like this, written already or still to come. */
  writes(pattern: RegExp): Promise<string>;
  signal(name: NodeJS.Signals): void;
  /** Ends it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Over the channel between parent and child, where it was launched with one. */
  send(message: Serializable): void;
  /** The next message; null when it ends without one. */
  hears<Message>(): Promise<Message | null>;
}

export interface Launch {
  /** The TypeScript file to run, from the root of the project. */
  readonly entry: string;
  /** All of it: nothing is inherited. */
  readonly env?: Readonly<Record<string, string>>;
  /** Also where a file named .env would be read. */
  readonly cwd: string;
  readonly ipc?: boolean;
}

const alive = new Set<Child>();

/** Runs a TypeScript file in a process of its own. */
export async function launch({ entry, env = {}, cwd, ipc = false }: Launch): Promise<Child> {
  const child = spawn(process.execPath, [await bundle(entry)], {
    cwd,
    env: { NODE_PATH: MODULES, ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? (['ipc'] as const) : [])],
  });
  const lines: string[] = [];
  const errors: string[] = [];
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of [...listeners]) listener();
  };
  const read = (stream: Readable | null, ...into: string[][]) => {
    if (!stream) return;
    createInterface(stream).on('line', (line) => {
      for (const list of into) list.push(line);
      notify();
    });
  };
  read(child.stdout, lines);
  read(child.stderr, lines, errors);
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => {
      alive.delete(launched);
      resolve(signal ?? code);
    });
  });
  const launched: Child = {
    lines,
    errors,
    ended,
    writes: (pattern) => waitForLine({ lines, listeners, ended }, pattern),
    signal: (name) => void child.kill(name),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    send: (message) => void child.send(message),
    hears: () => nextMessage(child, ended),
  };
  alive.add(launched);
  return launched;
}

/** For the end of a test: whatever it left running ends here. */
export async function endChildren(): Promise<void> {
  await Promise.all([...alive].map((child) => child.kill()));
}

interface Output {
  readonly lines: readonly string[];
  readonly listeners: Set<() => void>;
  readonly ended: Child['ended'];
}

async function waitForLine({ lines, listeners, ended }: Output, pattern: RegExp): Promise<string> {
  const complaint = (why: string) =>
    new Error(`${why} without writing ${pattern}. It wrote:\n${lines.join('\n')}`);
  return await new Promise((resolve, reject) => {
    const look = () => {
      const found = lines.find((line) => pattern.test(line));
      if (found !== undefined) finish(() => resolve(found));
    };
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      listeners.delete(look);
      settle();
    };
    const timer = setTimeout(() => finish(() => reject(complaint('It went on'))), PATIENCE_MS);
    listeners.add(look);
    ended.then((how) => finish(() => reject(complaint(`It ended (${how})`))));
    look();
  });
}

async function nextMessage<Message>(child: ChildProcess, ended: Child['ended']): Promise<Message | null> {
  return await new Promise((resolve) => {
    child.once('message', (message) => resolve(message as Message));
    ended.then(() => resolve(null));
  });
}
