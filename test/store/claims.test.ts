import type { Change } from '../../src/removal/change.js';
import { at, PAT } from '../support/build.js';
import { durableEngines, type FreshDatabase } from './engines.js';
import { changeOf, type Opened, openStore, record } from './stores.js';

/*
 * A call is decided on who else is being removed from the chat, and claimed a moment later. Two processes that decide
 * at the same moment must not both send what each of them found to be right.
 */

const SAM = 'sam@example.com';

describe.each(durableEngines)('Two processes that claim a call for one chat ($name)', (engine) => {
  let database: FreshDatabase;
  let processes: readonly [Opened, Opened];
  beforeEach(async () => {
    database = await engine.fresh();
    processes = [await openStore(database.url), await openStore(database.url)];
  });
  afterEach(async () => {
    await Promise.all(processes.map(({ store }) => store.close()));
    await database.remove();
  });

  const claims: Partial<Change> = { status: 'sending', sentAt: at(1), attempts: 1, dueAt: at(46) };

  /** Two requests, each for one change of this chat, and the claims of both, decided before either was made. */
  async function decided(handles: readonly [string, string], chat: string, direction = 'remove') {
    const changes = handles.map((handle, index) =>
      changeOf(`${chat}-r${index}`, `${chat}-m${index}`, { chatId: chat, handle, direction }),
    );
    for (const change of changes) await record(processes[0], [change]);
    return changes.map((change) => ({ ...change, ...claims }) as Change);
  }

  const claim = ({ store }: Opened, change: Change | undefined, alsoLeaving: readonly string[] = []) =>
    store.save(change as Change, at(1), alsoLeaving);

  it.each([
    ['for the same person', [PAT, PAT.toLowerCase()]],
    ['for two people', [PAT, SAM]],
  ] as const)('%s: one may send, the other decides anew', async (_what, handles) => {
    for (let round = 0; round < 10; round++) {
      const [first, second] = await decided(handles, `chat-${round}`);
      const made = await Promise.all([claim(processes[0], first), claim(processes[1], second)]);
      expect(made.filter((change) => change !== null)).toHaveLength(1);
    }
  });

  it('within one process and one commit too', async () => {
    const [first, second] = await decided([PAT, SAM], 'chat');
    const made = await Promise.all([claim(processes[0], first), claim(processes[0], second)]);
    expect(made.map((change) => change?.id ?? null)).toEqual([first?.id, null]);
    expect(await processes[1].store.leaving('chat', '')).toEqual([PAT]);
  });

  it('may both send where each was decided with the other in mind', async () => {
    const [first, second] = await decided([PAT, SAM], 'chat');
    expect(await claim(processes[0], first)).not.toBeNull();
    expect(await claim(processes[1], second)).toBeNull();
    expect(await claim(processes[1], second, [PAT])).not.toBeNull();
  });

  it('may both send for two chats, and to add people back', async () => {
    const [pat] = await decided([PAT, SAM], 'chat');
    const [other] = await decided([PAT, SAM], 'another chat');
    const [added, back] = await decided([PAT, SAM], 'third chat', 'add');
    const made = await Promise.all([
      claim(processes[0], pat),
      claim(processes[1], other),
      claim(processes[0], added),
      claim(processes[1], back),
    ]);
    expect(made).not.toContain(null);
  });
});
