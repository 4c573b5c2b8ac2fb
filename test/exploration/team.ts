import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Order, Report } from './worker.js';

/** Carries out orders in processes of its own, each replaced before it grows old. */
export interface Team {
  ask(order: Order): Promise<Report>;
  dismiss(): void;
}

const STORIES_A_PROCESS = 200;
/** Far above what any story takes: whoever needs longer hangs. */
const PATIENCE_MS = 120_000;
const HERE = typeof __dirname === 'string' ? __dirname : join(process.cwd(), 'test/exploration');

/** One member of the team, for one lane of work. */
export function createTeam(): Team {
  let member: ChildProcess | null = null;
  let played = 0;

  function hire(): ChildProcess {
    played = 0;
    return fork(join(HERE, 'worker.ts'), {
      execArgv: ['--import', 'tsx'],
      env: process.env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
  }

  async function ask(order: Order): Promise<Report> {
    if (member && (played >= STORIES_A_PROCESS || !member.connected)) dismiss();
    member ??= hire();
    played += 1;
    const asked = member;
    const report = once(asked, 'message').then(([answer]) => answer as Report);
    const ended = once(asked, 'exit').then(() => failed(order, 'the process that played it died'));
    asked.send(order);
    const patience = order.do === 'play' ? PATIENCE_MS : PATIENCE_MS * 20;
    return Promise.race([report, ended, tooLate(order, patience)]);
  }

  async function tooLate(order: Order, ms: number): Promise<Report> {
    const asked = member;
    await new Promise((resolve) => setTimeout(resolve, ms).unref());
    if (asked === member) dismiss();
    return failed(order, `it was not over after ${ms / 1_000} s`);
  }

  function dismiss(): void {
    member?.kill('SIGKILL');
    member = null;
  }

  return { ask, dismiss };
}

function failed({ seed }: Order, words: string): Report {
  return { seed, story: null, violations: [{ kind: 'the story could not be played', words }] };
}
