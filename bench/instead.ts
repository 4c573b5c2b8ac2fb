import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import LinqAPIV3 from '@linqapp/sdk';
import { startSimulator } from '../simulator/simulator.js';

const run = promisify(execFile);

/** What people would do without the app. */
export const INSTEAD = ['sdk-loop', 'process-a-call', 'four-at-a-time'] as const;
export type Instead = (typeof INSTEAD)[number];

export const TITLES: Record<Instead, string> = {
  'sdk-loop': 'a loop over the official SDK',
  'process-a-call': 'a shell script with one curl a call',
  'four-at-a-time': 'one process with four calls at a time',
};

/** Ours has a look before each removal, a record that survives a crash, and goes on until the member list proves it. */
export const UNPROVEN = 'Accepted is all that is known: no look, no record, no proof';

const PERSON = '+12025550101';
const OTHERS = ['+12025550102', '+12025550103', '+12025550104', '+12025550105'];

/** Takes one person out of so many chats in one of these ways, in milliseconds. */
export async function measureInstead(way: Instead, count: number, latencyMs: number): Promise<number> {
  const { linq, stop } = await startSimulator();
  linq.quota(null);
  const chats = Array.from({ length: count }, () => linq.addChat({ members: [PERSON, ...OTHERS] }).id);
  for (let call = 0; call < count; call++) linq.nextRemoval(['slow', latencyMs]);
  const from = performance.now();
  await WAYS[way](chats, linq);
  const elapsed = performance.now() - from;
  if (linq.deletes.length !== count) throw new Error(`${way} made ${linq.deletes.length} of ${count} calls`);
  await stop();
  return elapsed;
}

interface Linq {
  readonly baseUrl: string;
  readonly apiKey: string;
}

const WAYS: Record<Instead, (chats: readonly string[], linq: Linq) => Promise<void>> = {
  async 'sdk-loop'(chats, linq) {
    const sdk = sdkFor(linq);
    for (const id of chats) await sdk.chats.participants.remove(id, { handle: PERSON });
  },
  async 'process-a-call'(chats, { baseUrl, apiKey }) {
    for (const id of chats) {
      const headers = ['-H', `authorization: Bearer ${apiKey}`, '-H', 'content-type: application/json'];
      const body = ['-d', JSON.stringify({ handle: PERSON })];
      await run('curl', ['-sfX', 'DELETE', ...headers, ...body, `${baseUrl}/v3/chats/${id}/participants`]);
    }
  },
  async 'four-at-a-time'(chats, linq) {
    const sdk = sdkFor(linq);
    const left = [...chats];
    const worker = async () => {
      for (let id = left.shift(); id; id = left.shift())
        await sdk.chats.participants.remove(id, { handle: PERSON });
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
  },
};

function sdkFor({ baseUrl, apiKey }: Linq): LinqAPIV3 {
  return new LinqAPIV3({ apiKey, baseURL: baseUrl, webhookSecret: null });
}
