import { startSimulator } from '../simulator/simulator.js';

/** What the simulator saw by the time all removals had arrived. */
export interface Seen {
  /** From the first DELETE to the last, in milliseconds. */
  readonly elapsedMs: number;
  /** To Linq, by then and until everything was proven; the list of our own lines is asked for once a process and left out. */
  readonly calls: number;
}

export interface Ready {
  readonly env: Record<string, string>;
  /** Of each person, the chats to leave. */
  readonly chats: Readonly<Record<string, readonly string[]>>;
}

/* The simulated Slack and Linq in a process of their own, for measures in which they must not share one with anything. */

const [people = 0, chatsEach = 0] = process.argv.slice(2).map(Number);
const OTHERS = ['+13035550102', '+13035550103', '+13035550104', '+13035550105'];
const LINES = 'GET /v3/phone_numbers';

const simulator = await startSimulator();
const { linq, ledger } = simulator;
simulator.quotas(false);
const chats: Record<string, string[]> = {};
for (let number = 0; number < people; number++) {
  const handle = `+1202555${1_000 + number}`;
  chats[handle] = Array.from({ length: chatsEach }, () => linq.addChat({ members: [handle, ...OTHERS] }).id);
}

let first = Number.NaN;
const stop = ledger.onChange(() => {
  const { length } = linq.deletes;
  if (length > 0 && Number.isNaN(first)) first = performance.now();
  if (length < people * chatsEach) return;
  stop();
  const elapsedMs = performance.now() - first;
  // Long enough for the first looks for proof.
  setTimeout(() => {
    const calls = linq.calls.filter(({ what }) => what !== LINES).length;
    process.send?.({ elapsedMs, calls } satisfies Seen);
  }, 3_000);
});
process.on('disconnect', () => process.exit(0));
process.send?.({ env: simulator.env('http'), chats } satisfies Ready);
