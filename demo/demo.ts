import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { startSimulator } from '../simulator/simulator.js';
import { createApp } from '../src/app.js';
import { loadConfig } from '../src/config/config.js';
import { createClock } from './clock.js';
import { startPage } from './page-server.js';
import type { Command } from './page-snapshot.js';
import { furnish } from './world.js';

const DEFAULT_PORT = 4_000;
/** One Ctrl-C may arrive twice, from the terminal and from npm or tsx; a second one of a person comes later. */
const SAME_KEY_MS = 1_000;

const MANIFEST = z.object({
  features: z.object({
    bot_user: z.object({ display_name: z.string() }),
    slash_commands: z.tuple([
      z.object({ command: z.string(), description: z.string(), usage_hint: z.string() }),
    ]),
  }),
});

/** The command as Slack would offer it, from the app's own manifest, and the one of Slack's that the app speaks of. */
async function readCommands(): Promise<readonly [Command, ...Command[]]> {
  const text = await readFile(new URL('../manifest.yml', import.meta.url), 'utf8');
  const { bot_user, slash_commands } = MANIFEST.parse(parse(text)).features;
  const [{ command, usage_hint, description }] = slash_commands;
  const app = bot_user.display_name;
  return [
    { name: command, usage: usage_hint, about: description, app },
    { name: '/invite', usage: `@${app}`, about: 'Add the app to this conversation', app: null },
  ];
}

/** Something the person who started the demo can put right. */
class DemoError extends Error {}

type Undo = () => Promise<unknown>;

/**
 * Starts everything, and pushes onto `undo` how to end each part, so that a start that fails half way leaves nothing
 * behind. Resolves with the page's address.
 */
async function start(port: number, undo: Undo[]): Promise<string> {
  const clock = createClock();
  const simulator = await startSimulator({ now: clock.now, timers: true });
  undo.push(simulator.stop);
  const settings = furnish(simulator, clock.now());
  const commands = await readCommands();
  const page = await startPage({ simulator, clock, port, commands }).catch(explainBusy(port));
  undo.push(page.stop);
  const app = await createApp(
    loadConfig({
      ...simulator.env('socket'),
      ...settings,
      // So that nothing is left behind, however the demo ends.
      DATABASE_URL: ':memory:',
      HOST: '127.0.0.1',
      PORT: '0',
      // A minute is long enough to see what becomes of a removal that never happens.
      CONFIRM_WINDOW_MINUTES: '1',
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
    }),
    { now: clock.now },
  );
  undo.push(app.stop);
  await app.start();
  return page.url;
}

function explainBusy(port: number) {
  return (error: NodeJS.ErrnoException): never => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new DemoError(
      `Port ${port} is taken, perhaps by another demo. Choose another one: DEMO_PORT=4001 npm run demo`,
    );
  };
}

function readPort(value: string | undefined): number {
  if (!value) return DEFAULT_PORT;
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new DemoError(`DEMO_PORT is "${value}", and should be a port number like ${DEFAULT_PORT}.`);
}

/** The last thing started is the first to go: the app finishes while both systems still answer. */
async function unwind(undo: Undo[]): Promise<void> {
  for (const step of undo.reverse()) await step();
}

function giveUp(error: unknown): never {
  process.stderr.write(`${error instanceof DemoError ? error.message : inspectable(error)}\n`);
  process.exit(1);
}

function inspectable(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function welcome(url: string): string {
  return [
    '',
    `The demo is running. Open ${url} in a browser, click one of the example commands and press Enter.`,
    'It is the real app, talking to a Slack and a Linq that run on this computer: no account is needed and',
    'nobody is really removed. Press Ctrl-C here to stop it.',
    '',
    '',
  ].join('\n');
}

async function main(): Promise<void> {
  const undo: Undo[] = [];
  let stopping: number | null = null;
  const stop = () => {
    if (stopping !== null) return Date.now() - stopping < SAME_KEY_MS ? undefined : process.exit(1);
    stopping = Date.now();
    unwind(undo).then(() => process.exit(0), giveUp);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    const url = await start(readPort(process.env.DEMO_PORT), undo);
    process.stdout.write(welcome(url));
  } catch (error) {
    if (stopping === null) await unwind(undo).then(() => giveUp(error), giveUp);
  }
}

void main();
