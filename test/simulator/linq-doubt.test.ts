import type { LinqFault } from '../../simulator/linq/faults.js';
import { KIM, PAT, refusalOf, SAM, startLinq } from './linq-setup.js';

const ADDED = '+12052499139';
const outcomeOf = (call: PromiseLike<unknown>) =>
  refusalOf(call).catch((error: Error) => (error.message === 'Linq accepted it' ? 'accepted' : 'lost'));

describe('a change that Linq carries out later', () => {
  it.each([
    [['acts-later', 5_000, 3006], [500, 3006], 'accepted'],
    [['acts-later', 5_000, 'reset', 2001], 'lost', [404, 2001]],
    [
      ['acts-later', 5_000, 3005, 2015],
      [504, 3005],
      [409, 2015],
    ],
  ] as const)('%j ends in doubt, and happens all the same', async (fault, first, repeat) => {
    const { linq, chat, remove, advance } = await startLinq();
    linq.nextRemoval(fault);
    expect(await outcomeOf(remove(PAT))).toEqual(first);
    expect(await outcomeOf(remove(PAT))).toEqual(repeat);
    advance(4_999);
    expect(linq.isMember(chat.id, PAT)).toBe(true);
    advance(1);
    expect(linq.isMember(chat.id, PAT)).toBe(false);
    expect(linq.history).toHaveLength(1);
    expect(await outcomeOf(remove(KIM))).toEqual([409, 2015]);
  });

  it('happens even when a repeat finds the chat too small', async () => {
    const { linq, chat, remove, advance } = await startLinq();
    linq.nextRemoval(['acts-later', 5_000, 3006]);
    await outcomeOf(remove(PAT));
    linq.leaves(chat.id, SAM);
    expect(await outcomeOf(remove(PAT))).toEqual([409, 2015]);
    advance(5_000);
    expect(linq.isMember(chat.id, PAT)).toBe(false);
  });

  it('may be an addition too, and is none when Linq refuses', async () => {
    const { linq, sdk, chat, advance } = await startLinq();
    const add = (id = chat.id) => sdk.chats.participants.add(id, { handle: ADDED });
    linq.nextAddition(['acts-later', 1_000, 3006]);
    expect(await outcomeOf(add(linq.addChat({ members: [PAT] }).id))).toEqual([409, 1006]);
    linq.nextAddition(['acts-later', 1_000, 3006]);
    expect(await outcomeOf(add())).toEqual([500, 3006]);
    advance(1_000);
    expect(linq.isMember(chat.id, ADDED)).toBe(true);
  });
});

describe('the fate of one accepted change', () => {
  it('may be to come late', async () => {
    const { linq, chat, remove, advance } = await startLinq();
    linq.settleAfter(0);
    linq.nextRemoval(['settles-late', 60_000]);
    await remove(PAT);
    advance(59_999);
    expect(linq.isMember(chat.id, PAT)).toBe(true);
    advance(1);
    expect(linq.isMember(chat.id, PAT)).toBe(false);
  });

  it('may be to happen twice', async () => {
    const { linq, chat, remove, advance } = await startLinq();
    linq.nextRemoval(['settles-twice', 10_000]);
    await remove(PAT);
    linq.settles();
    linq.adds(chat.id, PAT);
    advance(10_000);
    expect(linq.isMember(chat.id, PAT)).toBe(false);
    expect(linq.history.map(({ what, by }) => `${what} by ${by}`)).toEqual([
      'removed by api',
      'added by person',
      'removed by api',
    ]);
  });

  it('is in the history with when it was asked for and when it happened', async () => {
    const { linq, chat, remove, advance } = await startLinq();
    linq.settleAfter(2_000);
    await remove('SAM@example.com');
    advance(5_000);
    linq.catchUp();
    linq.removes(chat.id, KIM);
    const asked = new Date('2026-11-20T10:00:00Z');
    expect(linq.history).toEqual([
      {
        chatId: chat.id,
        handle: SAM,
        what: 'removed',
        by: 'api',
        askedAt: asked,
        at: new Date('2026-11-20T10:00:02Z'),
      },
      {
        chatId: chat.id,
        handle: KIM,
        what: 'removed',
        by: 'person',
        askedAt: null,
        at: new Date('2026-11-20T10:00:05Z'),
      },
    ]);
  });
});

describe('an answer that is lost after Linq acted', () => {
  const routes = ['GET /v3/chats', 'GET /v3/chats/{id}', 'GET /v3/phone_numbers'] as const;
  it.each(routes)('may be that of %s, and the call itself is done', async (route) => {
    const { linq, ask, chat } = await startLinq();
    linq.next(route, 'reset-after');
    const path = route.replace('GET ', '').replace('{id}', chat.id);
    await expect(ask(path)).rejects.toThrow();
    expect((await ask(path)).status).toBe(200);
  });

  it('may never come', async () => {
    const { linq, sdk, chat } = await startLinq();
    linq.next('DELETE /v3/chats/{id}/participants', 'hanging-after' satisfies LinqFault);
    const removing = sdk.chats.participants.remove(chat.id, { handle: PAT }, { timeout: 50 });
    await expect(removing).rejects.toThrow();
    linq.settles();
    expect(linq.isMember(chat.id, PAT)).toBe(false);
  });
});
