import { startSimulator } from '../simulator/simulator.js';
import { startProcess } from './processes.js';
import { median, ms, type Row } from './statistics.js';
import { arrivalsOf, watchArrivals } from './watch.js';

const RUNS = 5;
const REMOVALS = 30;
const DELETE = 'DELETE /v3/chats/{id}/participants';

/** 2. Approval → DELETE sent, and Linq's answer → message posted. */
export async function measureApproval(): Promise<Row[]> {
  const added: number[] = [];
  const bare: number[] = [];
  const posted: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const measured = await measure();
    added.push(median(measured.toDelete));
    bare.push(median(measured.roundTrips));
    posted.push(median(measured.toMessage));
  }
  const [ours, direct] = [median(added), median(bare)];
  return [
    {
      what: 'approval → DELETE sent, the look before it included',
      ours: ms(ours),
      other: `${ms(direct)} (one direct call to the same Linq)`,
      ratio: `+${(ours - direct).toFixed(1)} ms`,
      goal: '≤ 10 ms added',
    },
    { what: "Linq's answer → message posted", ours: ms(median(posted)), other: '', ratio: '', goal: '' },
  ];
}

async function measure() {
  const simulator = await startSimulator();
  const { slack, linq, ledger } = simulator;
  const app = await startProcess('linq-remove', simulator.env('http'));
  slack.deliverTo(`http://127.0.0.1:${app.port}/slack/events`);
  const alice = slack.person('alice');
  slack.addChannel({ name: 'support', kind: 'public', members: [alice.id], bot: true });
  const toDelete: number[] = [];
  const toMessage: number[] = [];
  const roundTrips: number[] = [];
  for (let count = 0; count < REMOVALS; count++) {
    const chat = linq.addChat({
      name: `Chat ${count}`,
      members: ['+12025550101', '+12025550102', '+12025550103', '+12025550104'],
    });
    await alice.runs(`/linq-remove ${chat.id} +12025550101`);
    await alice.seesModal(/Review removal/);
    const { arrivals, stop } = watchArrivals(ledger);
    const sent = arrivalsOf(ledger, DELETE, 1);
    const told = arrivalsOf(ledger, 'chat.postMessage', 1);
    const from = performance.now();
    await Promise.all([alice.submits(), sent, told]);
    stop();
    toDelete.push((await sent) - from);
    const deleted = arrivals.find(({ entry }) => entry.what === DELETE)?.at ?? Number.NaN;
    toMessage.push((await told) - deleted);
    roundTrips.push(await roundTrip(linq.baseUrl, linq.apiKey, chat.id));
  }
  await app.stop();
  await simulator.stop();
  return { toDelete, toMessage, roundTrips };
}

async function roundTrip(baseUrl: string, apiKey: string, chatId: string): Promise<number> {
  const from = performance.now();
  const response = await fetch(`${baseUrl}/v3/chats/${chatId}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  await response.text();
  return performance.now() - from;
}
