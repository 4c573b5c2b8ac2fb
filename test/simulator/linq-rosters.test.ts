import type { RosterLie } from '../../simulator/linq/roster-lies.js';
import { KIM, PAT, SAM, startLinq } from './linq-setup.js';

type Linq = Awaited<ReturnType<typeof startLinq>>;

/** Who a reading of the chat, and who the list, shows as active. */
async function shownBy({ sdk, chat }: Linq) {
  const read = await sdk.chats.retrieve(chat.id);
  const [listed] = (await sdk.chats.listChats({ to: PAT })).chats;
  const active = (handles: typeof read.handles) =>
    handles.filter(({ status }) => status === 'active').map(({ handle }) => handle);
  return { chat: active(read.handles).includes(PAT), list: active(listed?.handles ?? []).includes(PAT) };
}

describe('a roster that lags', () => {
  it('shows a change only later, while it and its event happen in time', async () => {
    const stage = await startLinq();
    const { linq, chat, remove, advance } = stage;
    linq.rosterLag({ chat: 10_000, list: 20_000 });
    await remove(PAT);
    linq.settles();
    expect(linq.isMember(chat.id, PAT)).toBe(false);
    expect(await shownBy(stage)).toEqual({ chat: true, list: true });
    advance(9_999);
    expect(await shownBy(stage)).toEqual({ chat: true, list: true });
    advance(1);
    expect(await shownBy(stage)).toEqual({ chat: false, list: true });
    advance(10_000);
    expect(await shownBy(stage)).toEqual({ chat: false, list: false });
  });

  it('passes through every state, and is told to stop', async () => {
    const stage = await startLinq();
    const { linq, chat, advance } = stage;
    linq.rosterLag(5_000);
    linq.leaves(chat.id, PAT);
    advance(3_000);
    linq.adds(chat.id, PAT);
    advance(2_000);
    expect(await shownBy(stage)).toEqual({ chat: false, list: false });
    advance(3_000);
    expect(await shownBy(stage)).toEqual({ chat: true, list: true });
    linq.leaves(chat.id, PAT);
    linq.rosterLag(0);
    expect(await shownBy(stage)).toEqual({ chat: false, list: false });
  });
});

describe('a reading that is untrue', () => {
  const us = '+12052430001';
  const lies: [RosterLie, string | undefined, readonly string[]][] = [
    ['empty', undefined, []],
    ['one-entry', undefined, [us]],
    ['without-our-line', undefined, [PAT, SAM, KIM]],
    ['unknown-status', PAT, [us, `${PAT} suspended`, SAM, KIM]],
    ['twice-active', SAM, [us, PAT, SAM, SAM, KIM]],
    ['twice-with-left', PAT, [us, `${PAT} left`, PAT, SAM, KIM]],
    ['twice-active', undefined, [us, PAT, PAT, SAM, SAM, KIM, KIM]],
    ['unmarked', undefined, [us, PAT, SAM, KIM]],
  ];

  it.each(lies)('%s (%s)', async (how, handle, shown) => {
    const { linq, sdk, chat } = await startLinq();
    linq.nextRead(handle === undefined ? ['roster', how] : ['roster', how, handle]);
    const entries = (await sdk.chats.retrieve(chat.id)).handles;
    const words = entries.map(({ handle, status }) => (status === 'active' ? handle : `${handle} ${status}`));
    expect(words).toEqual(shown);
    expect(entries.some(({ is_me }) => is_me)).toBe(shown.includes(us) && how !== 'unmarked');
    expect((await sdk.chats.retrieve(chat.id)).handles).toHaveLength(4);
  });

  it.each([
    ['leaves-out', [0, 1, 3], ''],
    ['short', [0, 1], '2'],
    ['ends-early', [0, 1], ''],
  ] as const)('may be a page of the list: %s', async (how, shown, next) => {
    const { linq, sdk, chat } = await startLinq();
    const others = [1, 2, 3].map(() => linq.addChat({ members: [PAT, SAM, KIM] }));
    const ids = [chat, ...others].map(({ id }) => id);
    linq.next('GET /v3/chats', how === 'leaves-out' ? ['page', how, ids[2] ?? ''] : ['page', how]);
    const page = await sdk.chats.listChats();
    expect(page.chats.map(({ id }) => id)).toEqual(shown.map((at) => ids[at]));
    expect(page.next_cursor).toBe(next);
  });

  it('may hide our line everywhere', async () => {
    const { linq, sdk, chat } = await startLinq();
    linq.hideOurLine(true);
    expect((await sdk.phoneNumbers.list()).phone_numbers).toEqual([]);
    const { handles } = await sdk.chats.retrieve(chat.id);
    expect(handles.filter((entry) => 'is_me' in entry)).toEqual([]);
  });
});
