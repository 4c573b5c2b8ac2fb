import { DANA, LAUNCH_CREW } from '../../demo/chats.js';
import { createClock } from '../../demo/clock.js';
import { createTools } from '../../demo/page-tools.js';
import { furnish } from '../../demo/world.js';
import { type Simulator, startSimulator } from '../../simulator/simulator.js';

let simulator: Simulator;
let press: (id: string, choice?: string) => Promise<void>;
beforeEach(async () => {
  const clock = createClock();
  simulator = await startSimulator({ now: clock.now, timers: true });
  furnish(simulator, clock.now());
  const tools = createTools(simulator, clock);
  press = (id, choice) => tools.use({ id, choice: choice ?? null, channelId: 'C0SUPPORT' });
});
afterEach(() => simulator.stop());

/** The status of a reading of "Launch crew", and how many are in it. */
async function read(): Promise<readonly [number, number | undefined]> {
  const headers = { authorization: `Bearer ${simulator.linq.apiKey}` };
  const response = await fetch(`${simulator.linq.baseUrl}/v3/chats/${LAUNCH_CREW}`, { headers });
  const { handles } = (await response.json()) as { handles?: { status: string }[] };
  return [response.status, handles?.filter(({ status }) => status === 'active').length];
}

describe("the demo's tool box", () => {
  it('has Linq ask the app to come back while it is busy, and not after', async () => {
    await press('busy');
    for (let count = 0; count < 2; count++) expect((await read())[0]).toBe(200);
    expect((await read())[0]).toBe(429);
    await press('busy');
    expect((await read())[0]).toBe(200);
  });

  it('has member lists lag, and catch up', async () => {
    const [, before = 0] = await read();
    await press('lag');
    simulator.linq.leaves(LAUNCH_CREW, '+12052499136');
    expect(await read()).toEqual([200, before]);
    await press('lag');
    expect(await read()).toEqual([200, before - 1]);
  });

  it('moves the clock on, so that what Linq accepted is done and the next message is as late', async () => {
    const [, before = 0] = await read();
    const { linq, slack } = simulator;
    await fetch(`${linq.baseUrl}/v3/chats/${LAUNCH_CREW}/participants`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${linq.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ handle: DANA }),
    });
    expect(await read()).toEqual([200, before]);
    await press('skip', '4h');
    expect(await read()).toEqual([200, before - 1]);
    const { ts } = slack.person('alice').writes('Is she gone?');
    expect(Number(ts) * 1_000 - Date.now()).toBeGreaterThan(3.9 * 3_600_000);
  });
});
