import { startSimulator } from '../simulator/simulator.js';
import type { Person, Where } from '../simulator/slack/person.js';
import { type Kind, startProcess } from './processes.js';
import { median, ms, type Row, shown } from './statistics.js';
import { arrivalsOf, watchArrivals } from './watch.js';

const RUNS = 7;
const REMOVALS = 40;
const WARM_UP = 10;
const OTHERS = ['+12025550102', '+12025550103', '+12025550104'];
const DELETE = 'DELETE /v3/chats/{id}/participants';

/** 2. Approval → DELETE sent, against a bare Bolt app that sends it at once; then Linq's answer → message posted. */
export async function measureApproval(): Promise<Row[]> {
  const sent: Record<Kind, number[]> = { 'linq-remove': [], bare: [] };
  const posted: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const ours = await measure('linq-remove');
    sent['linq-remove'].push(median(ours.toDelete));
    posted.push(median(ours.toMessage));
    sent.bare.push(median((await measure('bare')).toDelete));
  }
  const { 'linq-remove': ours, bare } = sent;
  return [
    {
      what: 'approval → DELETE sent',
      ours: shown(ours, ms),
      other: `bare Bolt, no look, no record: ${shown(bare, ms)}`,
      ratio: `+${(median(ours) - median(bare)).toFixed(1)} ms`,
      goal: '≤ 10 ms added',
    },
    { what: "Linq's answer → message posted", ours: shown(posted, ms), other: '', ratio: '', goal: '' },
  ];
}

async function measure(kind: Kind) {
  const simulator = await startSimulator();
  const { slack, linq, ledger } = simulator;
  const app = await startProcess(kind, simulator.env('http'));
  slack.deliverTo(`http://127.0.0.1:${app.port}/slack/events`);
  const alice = slack.person('alice');
  const toDelete: number[] = [];
  const toMessage: number[] = [];
  for (let count = 0; count < REMOVALS; count++) {
    // Another person each time: for one with several open removals, the list of all their chats would be read.
    const person = `+120255520${String(count).padStart(2, '0')}`;
    const chat = linq.addChat({ name: `Chat ${count}`, members: [person, ...OTHERS] });
    // Slack takes one post a second and channel: each removal is told in a channel of its own.
    const channel = slack.addChannel({
      name: `crew-${count}`,
      kind: 'public',
      members: [alice.id],
      bot: true,
    });
    await openLastWindow[kind](alice, { chat: chat.id, person }, { in: channel.id });
    const { arrivals, stop } = watchArrivals(ledger);
    const sent = arrivalsOf(ledger, DELETE, 1);
    const told = kind === 'bare' ? sent : arrivalsOf(ledger, 'chat.postMessage', 1);
    const from = performance.now();
    await Promise.all([alice.submits(), sent, told]);
    stop();
    const deleted = arrivals.find(({ entry }) => entry.what === DELETE)?.at ?? Number.NaN;
    toDelete.push(deleted - from);
    toMessage.push((await told) - deleted);
  }
  await app.stop();
  await simulator.stop();
  return { toDelete: toDelete.slice(WARM_UP), toMessage: toMessage.slice(WARM_UP) };
}

interface Removal {
  readonly chat: string;
  readonly person: string;
}

/** Everything up to the window whose submission removes somebody. */
const openLastWindow: Record<Kind, (alice: Person, removal: Removal, where: Where) => Promise<void>> = {
  async 'linq-remove'(alice, { chat, person }, where) {
    await alice.runs(`/linq-remove ${chat} ${person}`, where);
    await alice.seesModal(/Review removal/);
  },
  async bare(alice, { chat, person }, where) {
    await alice.runs('/linq-remove', where);
    await alice.seesModal(/Handle/);
    alice.fills({ Chat: chat, Handle: person });
  },
};
