import { APIConnectionError } from '@linqapp/sdk';
import { ROUTES } from '../../simulator/linq/routes.js';
import { KIM, NOBODY, PAT, REMOVAL, refusalOf, SAM, startLinq } from './linq-setup.js';

const UNKNOWN_CHAT = '00000000-0000-4000-8000-000000000000';
describe('the simulated Linq', () => {
  it('refuses in Linq’s envelope, with the trace id in header and body', async () => {
    const { ask } = await startLinq();
    const response = await ask(`/v3/chats/${UNKNOWN_CHAT}`);
    const doc_url = 'https://docs.linqapp.com/error/codes/2xxx/2001/';
    expect(await response.json()).toEqual({
      success: false,
      error: { status: 404, code: 2001, message: 'Resource not found', doc_url },
      trace_id: response.headers.get('x-trace-id'),
    });
    expect(response.headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each(['/v3/phonenumbers', '/v3/chats/a/b/c', '/v2/chats', '/../v3/chats', '/v3//participants'])(
    'knows no %s',
    async (path) => {
      const { ask } = await startLinq();
      expect((await ask(path)).status).toBe(404);
    },
  );

  it('refuses a wrong key and a revoked one, before anything else', async () => {
    const { linq, remove, ask } = await startLinq();
    const wrong = await ask('/v3/nowhere', { headers: { authorization: 'Bearer wrong' } });
    expect(wrong.status).toBe(401);
    linq.revokeKey();
    expect(await refusalOf(remove(PAT))).toEqual([401, 2004]);
  });

  it('lists chats page by page, for a person and for our line', async () => {
    const { linq, sdk, chat } = await startLinq();
    const other = linq.addChat({ members: [PAT, NOBODY] });
    const idsOf = (page: { chats: { id: string }[] }) => page.chats.map(({ id }) => id);
    const first = await sdk.chats.listChats({ limit: 1, from: linq.ownLine });
    expect([idsOf(first), first.next_cursor]).toEqual([[chat.id], '1']);
    const second = await sdk.chats.listChats({ limit: 1, cursor: '1' });
    expect([idsOf(second), second.next_cursor || null]).toEqual([[other.id], null]);
    expect(idsOf(await sdk.chats.listChats({ to: NOBODY }))).toEqual([other.id]);
    expect(await refusalOf(sdk.chats.listChats({ from: NOBODY }))).toEqual([403, 2006]);
    expect(await refusalOf(sdk.chats.listChats({ limit: 101 }))).toEqual([400, 1005]);
  });

  it('adds people and lets our line leave, later too', async () => {
    const { linq, sdk, chat, statusOf } = await startLinq();
    await sdk.chats.participants.add(chat.id, { handle: NOBODY });
    expect(await statusOf(NOBODY)).toBeUndefined();
    linq.settles();
    expect(await statusOf(NOBODY)).toBe('active');
    await sdk.chats.leaveChat(chat.id);
    linq.settles();
    expect(await statusOf(linq.ownLine)).toBe('left');
    expect(await refusalOf(sdk.chats.leaveChat(chat.id))).toEqual([409, 2013]);
  });

  it('names our line, renames chats and lets people leave', async () => {
    const { linq, sdk, chat, statusOf } = await startLinq();
    const { phone_numbers } = await sdk.phoneNumbers.list();
    expect(phone_numbers.map((line) => line.phone_number)).toEqual([linq.ownLine]);
    linq.rename(chat.id, null);
    linq.leaves(chat.id, PAT);
    expect((await sdk.chats.retrieve(chat.id)).display_name).toBe(`${PAT}, ${SAM}, ${KIM}`);
    expect(await statusOf(PAT)).toBe('left');
  });

  it('writes every request into the ledger under its route’s name', async () => {
    const { remove, ask, ledger, chat } = await startLinq();
    await remove(PAT);
    await ask('/v3/nowhere');
    expect(ledger.entries.map(({ what, answer }) => [what, answer])).toEqual([
      [REMOVAL, 202],
      ['GET /v3/nowhere', 404],
    ]);
    expect(ledger.entries[0]?.detail).toEqual({
      path: `/v3/chats/${chat.id}/participants`,
      body: { handle: PAT },
    });
  });

  it('takes no connection while it is unplugged', async () => {
    const { linq, remove, ledger } = await startLinq();
    await remove(PAT);
    linq.unplug();
    await expect(remove(PAT)).rejects.toThrow(APIConnectionError);
    linq.plug();
    await remove(PAT);
    expect(ledger.count(REMOVAL)).toBe(2);
  });
});

it('has exactly the routes that the SDK calls here', async () => {
  const { sdk, chat, remove, ledger } = await startLinq();
  const target_url = 'https://app.example.com/linq';
  await sdk.chats.listChats();
  await sdk.chats.retrieve(chat.id);
  await sdk.chats.participants.add(chat.id, { handle: NOBODY });
  await remove(PAT);
  await sdk.chats.leaveChat(chat.id);
  await sdk.phoneNumbers.list();
  const { id } = await sdk.webhookSubscriptions.create({ target_url, subscribed_events: ['message.sent'] });
  await sdk.webhookSubscriptions.list();
  await sdk.webhookSubscriptions.retrieve(id);
  await sdk.webhookSubscriptions.update(id, { is_active: false });
  await sdk.webhookSubscriptions.delete(id);
  expect(ledger.entries.map(({ what }) => what).sort()).toEqual(Object.keys(ROUTES).sort());
});
