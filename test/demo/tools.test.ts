import { LAUNCH_CREW } from '../../demo/chats.js';
import { createTools } from '../../demo/page-tools.js';
import { furnish } from '../../demo/world.js';
import { type Simulator, startSimulator } from '../../simulator/simulator.js';

let simulator: Simulator;
let press: (id: string) => Promise<void>;
beforeEach(async () => {
  simulator = await startSimulator();
  furnish(simulator);
  const tools = createTools(simulator);
  press = (id) => tools.use({ id, choice: null, channelId: 'C0SUPPORT' });
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
});
