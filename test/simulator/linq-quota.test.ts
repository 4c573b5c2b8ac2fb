import { PAT, refusalOf, startLinq } from './linq-setup.js';

describe("Linq's quota", () => {
  it('counts every call of the account, and lets calls through again with the clock', async () => {
    const { linq, sdk, chat, remove, advance } = await startLinq();
    linq.quota({ capacity: 2, perSecond: 1 });
    await sdk.phoneNumbers.list();
    await sdk.chats.retrieve(chat.id);
    expect(await refusalOf(remove(PAT))).toEqual([429, 1007]);
    advance(1_000);
    expect((await remove(PAT)).status).toBe('accepted');
    expect(linq.calls.map(({ what, answer }) => [what, answer])).toEqual([
      ['GET /v3/phone_numbers', 200],
      ['GET /v3/chats/{id}', 200],
      ['DELETE /v3/chats/{id}/participants', 429],
      ['DELETE /v3/chats/{id}/participants', 202],
    ]);
    expect(linq.refusals).toEqual([linq.calls[2]]);
    expect(linq.calls[3]).toMatchObject({ chatId: chat.id, handle: PAT, refused: false });
  });

  it.each([
    ['429', 429, { code: 1007, retry_after: 7 }, '7'],
    ['503', 503, { code: 4004 }, '7'],
    ['503-silent', 503, { code: 4004 }, null],
  ] as const)('refuses as %s', async (as, status, error, header) => {
    const { linq, chat, ask } = await startLinq();
    linq.quota({ capacity: 0, perSecond: 1, retryAfterSeconds: 7, as });
    const response = await ask(`/v3/chats/${chat.id}`);
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(header);
    expect(await response.json()).toMatchObject({ error });
  });

  it('leaves a fault for the next call that it lets through, and can be lifted', async () => {
    const { linq, sdk, chat } = await startLinq();
    const read = () => sdk.chats.retrieve(chat.id);
    linq.quota({ capacity: 0, perSecond: 1 });
    linq.nextRead(['refused', 3006]);
    expect(await refusalOf(read())).toEqual([429, 1007]);
    linq.quota(null);
    expect(await refusalOf(read())).toEqual([500, 3006]);
    expect((await read()).id).toBe(chat.id);
  });

  it.each([
    ['a quota', 429],
    ['a fault', 200],
  ])('notes the calls that come before the Retry-After of %s is over', async (what, next) => {
    const { linq, ask, chat, advance } = await startLinq();
    if (what === 'a quota') linq.quota({ capacity: 0, perSecond: 1, retryAfterSeconds: 3 });
    else linq.nextRead(['rate-limited', 3]);
    await ask(`/v3/chats/${chat.id}`);
    advance(2_999);
    expect((await ask(`/v3/chats/${chat.id}`)).status).toBe(next);
    expect(linq.earlyCalls).toEqual([linq.calls[1]]);
    advance(3_001);
    await ask(`/v3/chats/${chat.id}`);
    expect(linq.earlyCalls).toHaveLength(1);
  });

  it('does not call early what was on its way when the wait was asked for', async () => {
    const { linq, ask, chat } = await startLinq();
    linq.quota({ capacity: 1, perSecond: 1, retryAfterSeconds: 9 });
    await Promise.all(Array.from({ length: 8 }, () => ask(`/v3/chats/${chat.id}`)));
    expect(linq.refusals).toHaveLength(7);
    expect(linq.earlyCalls).toEqual([]);
  });
});
