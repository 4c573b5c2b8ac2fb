import { KIM, NOBODY, PAT, refusalOf, SAM, startLinq } from './linq-setup.js';

const UNKNOWN_CHAT = '00000000-0000-4000-8000-000000000000';
describe('the simulated removal', () => {
  it('is queued with a trace id, and takes effect when it settles', async () => {
    const { linq, remove, statusOf, chat } = await startLinq();
    const { data, response } = await remove(PAT).withResponse();
    expect(response.status).toBe(202);
    expect(data).toEqual({
      status: 'accepted',
      message: 'Participant removal queued',
      trace_id: response.headers.get('x-trace-id'),
    });
    expect(data.trace_id).toMatch(/^[0-9a-f]{32}$/);
    expect(await statusOf(PAT)).toBe('active');
    linq.settles();
    expect(await statusOf(PAT)).toBe('removed');
    expect(linq.chat(chat.id).handles[1]?.left_at).toBe('2026-11-20T10:00:00.000Z');
  });

  it('takes effect by itself once the settle time has passed by the clock', async () => {
    const { linq, remove, statusOf, advance } = await startLinq();
    linq.settleAfter(60_000);
    await remove(PAT);
    advance(59_999);
    expect(await statusOf(PAT)).toBe('active');
    advance(1);
    expect(await statusOf(PAT)).toBe('removed');
  });

  it('takes effect by a timer, so that a person can watch it', async () => {
    const { linq, remove, ledger, chat } = await startLinq({ now: () => new Date(), timers: true });
    linq.settleAfter(10);
    await remove(PAT);
    await ledger.until(() => linq.chat(chat.id).handles[1]?.status === 'removed', 'the removal to settle');
  });

  it('can make the person vanish from the list', async () => {
    const { linq, remove, statusOf } = await startLinq({ forget: true });
    await remove(PAT);
    linq.settles();
    expect(await statusOf(PAT)).toBeUndefined();
  });

  it('finds an email whatever its case', async () => {
    const { linq, remove, statusOf } = await startLinq();
    await remove('SAM@Example.com');
    linq.settles();
    expect(await statusOf(SAM)).toBe('removed');
  });

  it('is refused for what Linq refuses', async () => {
    const { linq, remove, chat } = await startLinq();
    const direct = linq.addChat({ members: [PAT] });
    const sms = linq.addChat({ service: 'SMS', members: [PAT, SAM, KIM] });
    const small = linq.addChat({ members: [PAT, SAM] });
    expect(await refusalOf(remove(PAT, direct.id))).toEqual([409, 1006]);
    expect(await refusalOf(remove(PAT, sms.id))).toEqual([409, 2017]);
    expect(await refusalOf(remove(PAT, small.id))).toEqual([409, 2015]);
    expect(await refusalOf(remove(NOBODY))).toEqual([409, 2015]);
    expect(await refusalOf(remove(linq.ownLine))).toEqual([409, 2015]);
    expect(await refusalOf(remove('205-249-9136'))).toEqual([400, 1002]);
    expect(await refusalOf(remove(''))).toEqual([400, 1001]);
    expect(await refusalOf(remove(PAT, UNKNOWN_CHAT))).toEqual([404, 2001]);
    expect(await refusalOf(remove(PAT, 'launch-crew'))).toEqual([400, 1005]);
    linq.ourLineLeaves(chat.id);
    expect(await refusalOf(remove(PAT))).toEqual([409, 2013]);
  });

  it('counts what is already queued towards the minimum of three', async () => {
    const { remove } = await startLinq();
    await remove(PAT);
    await remove(PAT);
    expect(await refusalOf(remove(SAM))).toEqual([409, 2015]);
  });

  it('goes as well in RCS groups and where Linq knows no service', async () => {
    const { linq, remove } = await startLinq();
    for (const service of ['RCS', null] as const) {
      const chat = linq.addChat({ service, members: [PAT, SAM, KIM] });
      expect((await remove(PAT, chat.id)).status).toBe('accepted');
    }
  });

  it.each([
    ['no content type', undefined, '{"handle":"+12052499136"}', 1003],
    ['another content type', 'text/plain', '{"handle":"+12052499136"}', 1003],
    ['broken JSON', 'application/json', '{"handle":', 1003],
    ['an array', 'application/json', '[]', 1003],
    ['no handle', 'application/json', '{}', 1001],
    ['a handle that is no text', 'application/json', '{"handle":12052499136}', 1001],
  ])('is refused with %s', async (_, type, body, code) => {
    const { ask, chat } = await startLinq();
    const response = await ask(`/v3/chats/${chat.id}/participants`, {
      method: 'DELETE',
      headers: type === undefined ? {} : { 'content-type': type },
      body: Buffer.from(body),
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ error: expect.objectContaining({ code }) }),
    ]);
  });
});
