import { rmSync } from 'node:fs';
import { loadReachable, removeCopy } from './reachable.js';

/*
 * One PostgreSQL server in a folder of its own, started and stopped by the messages of the process that forked this
 * one. When that one is gone, however it went, so are the server and its folder.
 */

export type Order = 'start' | 'stop';
/** Null when done, else what went wrong. */
export type Answer = string | null;

const [folder = '', port = ''] = process.argv.slice(2);
const said: string[] = [];

const { default: EmbeddedPostgres } = await loadReachable();
const server = new EmbeddedPostgres({
  databaseDir: folder,
  port: Number(port),
  user: 'postgres',
  password: 'postgres',
  persistent: true,
  // PostgreSQL refuses to run as root; the library then uses, or creates, a user of this name.
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--no-sync', '--no-instructions', '--encoding=UTF8'],
  postgresFlags: settings({
    fsync: 'off',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
  }),
  onLog: (line) => said.push(String(line)),
  onError: (error) => said.push(String(error)),
});

function settings(values: Record<string, string>): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

let initialised: Promise<void> | undefined;

async function obey(order: Order): Promise<Answer> {
  try {
    if (order === 'start') {
      initialised ??= server.initialise();
      await initialised;
    }
    await server[order]();
    return null;
  } catch (error) {
    return [String(error), ...said.slice(-20)].join('\n');
  }
}

process.on('message', (order: Order) => {
  obey(order).then((answer) => process.send?.(answer));
});

async function end(): Promise<void> {
  await initialised?.catch(() => {});
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
  removeCopy();
  process.exit();
}

if (process.connected) process.on('disconnect', end);
else end();

// The whole group gets the Ctrl-C; what happens next is for the parent to decide.
process.on('SIGINT', () => {});
