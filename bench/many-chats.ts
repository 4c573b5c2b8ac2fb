import { startSimulator } from '../simulator/simulator.js';
import { INSTEAD, type Instead, measureInstead, TITLES, UNPROVEN } from './instead.js';
import { startProcess } from './processes.js';
import { median, ms, type Row, ratio, shown } from './statistics.js';
import { arrivalsOf } from './watch.js';

const RUNS = 7;
const CHATS = 100;
const AT_ONCE = 4;
const LATENCY_MS = 50;
const PERSON = '+12025550101';
/** One list of the person's chats is the look at all of them; then four DELETEs run side by side. */
const IDEAL_MS = LATENCY_MS + (CHATS / AT_ONCE) * LATENCY_MS;

/** 4. 100 chats in one request, Linq taking 50 ms, 4 at a time: against the ideal schedule, and what people would do instead. */
export async function measureManyChats(): Promise<Row[]> {
  const runs: number[] = [];
  const others: Record<Instead, number[]> = { 'sdk-loop': [], 'process-a-call': [], 'four-at-a-time': [] };
  for (let run = 0; run < RUNS; run++) {
    runs.push(await measure());
    const time = async (way: Instead) => others[way].push(await measureInstead(way, CHATS, LATENCY_MS));
    await time('four-at-a-time');
    // Both wait for Linq nearly all of the time, and do not disturb each other.
    await Promise.all([time('sdk-loop'), time('process-a-call')]);
  }
  const ours = median(runs);
  const beside = INSTEAD.map((way) => ({
    what: `${CHATS} chats, beside ${TITLES[way]}`,
    ours: shown(runs, ms),
    other: `${shown(others[way], ms)}. ${UNPROVEN}`,
    ratio: ratio(ours / median(others[way])),
    goal: '',
  }));
  return [
    {
      what: `${CHATS} chats, ${LATENCY_MS} ms of Linq, ${AT_ONCE} at a time`,
      ours: shown(runs, ms),
      other: `ideal schedule: ${ms(IDEAL_MS)}`,
      ratio: ratio(ours / IDEAL_MS),
      goal: '≤ 1.15',
    },
    ...beside,
  ];
}

async function measure(): Promise<number> {
  const simulator = await startSimulator();
  const { slack, linq, ledger } = simulator;
  const app = await startProcess('linq-remove', simulator.env('http'));
  slack.deliverTo(`http://127.0.0.1:${app.port}/slack/events`);
  const alice = slack.person('alice');
  slack.addChannel({ name: 'support', kind: 'public', members: [alice.id], bot: true });
  const others = ['+12025550102', '+12025550103', '+12025550104', '+12025550105'];
  for (let count = 0; count < CHATS; count++)
    linq.addChat({ name: `Chat ${count}`, members: [PERSON, ...others] });
  await alice.runs(`/linq-remove ${PERSON}`);
  await alice.seesModal(/Handle/);
  await alice.submits();
  await alice.seesModal(/From which chats/);
  alice.fills({ Chats: offered(alice.modal) });
  for (let count = 0; count < CHATS; count++) linq.nextRemoval(['slow', LATENCY_MS]);
  for (let count = 0; count < CHATS * 4; count++) linq.nextRead(['slow', LATENCY_MS]);
  const all = arrivalsOf(ledger, 'DELETE /v3/chats/{id}/participants', CHATS);
  const from = performance.now();
  await alice.submits();
  // The last DELETE arrives one latency before its answer.
  const elapsed = (await all) - from + LATENCY_MS;
  await app.stop();
  await simulator.stop();
  return elapsed;
}

/** The texts of all options in the window: every chat is chosen. */
function offered(modal: unknown): string[] {
  const texts: string[] = [];
  JSON.stringify(modal, (key, value) => {
    if (key === 'options') for (const option of value) texts.push(option.text.text);
    return value;
  });
  return texts;
}
