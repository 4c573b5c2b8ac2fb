import { fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answer, Order } from './server-process.js';

/** A PostgreSQL server of our own. Its data outlives `stop`, and goes with `end`. */
export interface PostgresServer {
  /** Of its administrator and the database that always exists. */
  readonly url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  end(): Promise<void>;
}

/** Jest gives every module its folder; elsewhere (tsx), what runs is run from the root of the project. */
const HERE = typeof __dirname === 'string' ? __dirname : join(process.cwd(), 'test/support/postgres');

/** Prepares a server on a free port; it begins its work with `start`, which takes a second or two the first time. */
export async function preparePostgres(): Promise<PostgresServer> {
  const port = await findFreePort();
  const folder = mkdtempSync(join(tmpdir(), 'linq-remove-postgres-'));
  const child = fork(join(HERE, 'server-process.ts'), [folder, String(port)], {
    cwd: HERE,
    execArgv: ['--import', 'tsx'],
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(() => 'The process of the PostgreSQL server ended');

  async function order(what: Order): Promise<void> {
    const answered = once(child, 'message').then(([answer]) => answer as Answer);
    child.send(what);
    const problem = await Promise.race([answered, ended]);
    if (problem !== null) throw new Error(`PostgreSQL would not ${what}: ${problem}`);
  }

  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    start: () => order('start'),
    stop: () => order('stop'),
    async end() {
      if (child.connected) child.disconnect();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Below those that systems give out by themselves (32768 and above on Linux, 49152 elsewhere): such a one may be somebody
 * else's before the server has begun, or while it is stopped.
 */
const [FIRST_PORT, LAST_PORT] = [20_000, 32_000];

async function findFreePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if (await isFree(port)) return port;
  }
  throw new Error('No port is free');
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
  });
  const answer = await free;
  server.close();
  return answer;
}

declare global {
  var postgresOfThisRun: PostgresServer | undefined;
}

/**
 * For Jest, before all tests: one server for the whole run. It starts while the first tests already run; who needs it
 * waits for it (`createDatabase`). A server that stands already may be given in TEST_POSTGRES_URL. It lives in this
 * file because Jest loads this one as it is, without the mapping that lets tests import each other.
 */
export default async function setUp(): Promise<void> {
  if (process.env.TEST_POSTGRES_URL) return;
  const server = await preparePostgres();
  globalThis.postgresOfThisRun = server;
  process.env.TEST_POSTGRES_URL = server.url;
  server.start().catch((error: unknown) => {
    if (globalThis.postgresOfThisRun) process.stderr.write(`${error}\n`);
  });
}
