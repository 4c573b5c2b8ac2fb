import { setTimeout as pause } from 'node:timers/promises';
import { approve } from '../../src/removal/approve.js';
import { aRequest, aWanted } from '../support/build.js';
import { endChildren } from '../support/child.js';
import { type Company, createCompany, type Replica } from './replicas.js';

/*
 * Two processes on one database carry out 200 removals, while one of them after the other is killed in the middle of
 * its work and replaced.
 */

const REQUESTS = 50;
const CHATS_EACH = 4;
const REMOVALS = REQUESTS * CHATS_EACH;
/** A process is killed whenever so many more DELETEs have reached Linq. */
const KILL_EVERY = 40;
const KILLS = 4;
/** Long enough for a kill to find DELETEs under way. */
const ANSWER_TAKES_MS = 100;
/** Longer than a lease at the pace of the clock: whoever looks after a kill still sees the person listed. */
const SETTLING_TAKES_MS = 2_500;
/** What one process works on at once. */
const CONCURRENCY = 8;
const PAT = '+12052499136';
const CREW = [PAT, '+12025550143', '+12025550144', 'sam@example.com'];
const DELETE = 'DELETE /v3/chats/{id}/participants';

let company: Company;
let replicas: Replica[];
const killedAt: number[] = [];

async function approveEverything({ simulator, store, support, now }: Company): Promise<void> {
  for (let n = 0; n < REQUESTS; n++) {
    const chats = Array.from({ length: CHATS_EACH }, (_, m) => {
      const { id, name } = simulator.linq.addChat({
        name: `Crew ${n}/${m}`,
        service: 'iMessage',
        members: CREW,
      });
      return aWanted({ chatId: id, chatName: name });
    });
    const request = aRequest({ id: `r${n}`, viewId: `V${n}`, channelId: support.id, createdAt: now() });
    await approve(store, request, chats, null);
  }
}

async function killOneAfterAnother({ simulator, startReplica }: Company): Promise<void> {
  for (let kill = 1; kill <= KILLS; kill++) {
    const { ledger, linq } = simulator;
    await ledger.until(
      () => linq.deletes.length >= kill * KILL_EVERY,
      `${kill * KILL_EVERY} DELETEs`,
      20_000,
    );
    killedAt.push(Date.now());
    await replicas[kill % 2]?.kill();
    replicas[kill % 2] = await startReplica();
  }
}

/** Until every removal is final and every message says so. */
async function everythingEnds({ database }: Company): Promise<void> {
  const open = `select 1 from changes where due_at is not null
    union all select 1 from deliveries where shown < wanted`;
  while ((await database.query(open)).length > 0) await pause(100);
}

/** The DELETEs of one chat, with whatever else reached Linq about it in between. */
function storyOf(chatId: string | undefined) {
  return company.simulator.ledger.entries.filter(
    ({ system, detail }) => system === 'linq' && JSON.stringify(detail).includes(String(chatId)),
  );
}

beforeAll(async () => {
  company = await createCompany();
  const { linq } = company.simulator;
  linq.settleAfter(SETTLING_TAKES_MS);
  for (let n = 0; n < 2 * REMOVALS; n++) linq.nextRemoval(['slow', ANSWER_TAKES_MS]);
  await approveEverything(company);
  replicas = await Promise.all([company.startReplica(), company.startReplica()]);
  await killOneAfterAnother(company);
  await everythingEnds(company);
}, 90_000);
afterAll(async () => {
  await company.close();
  await endChildren();
});

it('every removal ends, and with the truth', async () => {
  expect(await company.statuses()).toEqual({ done: REMOVALS });
});

it('every removal was sent', () => {
  expect(new Set(company.simulator.linq.deletes.map(({ chatId }) => chatId)).size).toBe(REMOVALS);
});

it('only what was under way at a kill was sent again, and only after a look', () => {
  const { deletes } = company.simulator.linq;
  const repeats = deletes.filter(({ chatId }, at) => deletes.findIndex((d) => d.chatId === chatId) !== at);
  expect(repeats.length).toBeLessThanOrEqual(KILLS * CONCURRENCY);
  for (const { chatId, at } of repeats) {
    const story = storyOf(chatId);
    const [first, ...others] = story.flatMap(({ what }, index) => (what === DELETE ? [index] : []));
    const sentAt = story[first ?? 0]?.at.getTime() ?? 0;
    expect(others).toHaveLength(1);
    expect(story.slice(first, others[0]).map(({ what }) => what)).toContain('GET /v3/chats/{id}');
    expect(killedAt.some((time) => time >= sentAt && time < at.getTime())).toBe(true);
  }
});

it('every request has its message, and none is told more often than processes died', () => {
  const topics = company.simulator.slack
    .messagesIn(company.support.id)
    .filter(({ thread_ts }) => thread_ts === undefined);
  expect(topics.length).toBeGreaterThanOrEqual(REQUESTS);
  expect(topics.length).toBeLessThanOrEqual(REQUESTS + KILLS * CONCURRENCY);
});
