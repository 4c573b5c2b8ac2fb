import type { LinqFault } from '../../simulator/linq/faults.js';
import { connect, KIM, PAT, SAM } from './setup.js';

const TRACE = expect.stringMatching(/^[0-9a-f]{32}$/);
const UNANSWERED = {
  status: null,
  code: null,
  message: null,
  traceId: null,
  retryAfterMs: null,
  sent: 'maybe',
};

function failed(status: number | null, more: object = {}) {
  return {
    ok: false,
    failure: { ...UNANSWERED, status, ...(status === null ? {} : { traceId: TRACE }), ...more },
  };
}

describe('removing somebody', () => {
  it('sends one DELETE with the handle to the letter, and returns the trace id', async () => {
    const { removes, linq, ledger, chat } = await connect();
    expect(await removes(chat.id, SAM)).toEqual({ ok: true, traceId: TRACE });
    expect(linq.deletes).toEqual([expect.objectContaining({ chatId: chat.id, handle: SAM })]);
    const [entry] = ledger.of('DELETE /v3/chats/{id}/participants');
    expect(entry).toMatchObject({ detail: { body: { handle: SAM } }, answer: 202 });
  });

  const MESSAGE = expect.any(String);
  const failures: [string, LinqFault, ReturnType<typeof failed>][] = [
    ['a refusal', ['refused', 2013], failed(409, { code: 2013, message: 'This chat is unavailable' })],
    [
      'a conflict that the SDK would repeat',
      ['refused', 2009],
      failed(409, { code: 2009, message: MESSAGE }),
    ],
    [
      'a rate limit',
      ['rate-limited', 42],
      failed(429, { code: 1007, message: MESSAGE, retryAfterMs: 42_000 }),
    ],
    ['a server error', ['refused', 3006], failed(500, { code: 3006, message: 'Internal server error' })],
    ['a network timeout at Linq', ['refused', 3005], failed(504, { code: 3005, message: 'Network timeout' })],
    ['a gateway’s error page', ['status', 502], failed(502)],
    ['a redirect, which is not followed', ['status', 303], failed(303)],
    ['a page instead of an answer', 'unreadable', failed(200)],
    ['an answer without a body', 'empty', failed(202)],
    ['an answer cut short', 'cut', failed(202)],
    ['an answer in broken JSON', 'broken', failed(202)],
    ['a connection cut before Linq acted', 'reset-before', failed(null)],
    ['a connection cut after Linq acted', 'reset-after', failed(null)],
  ];

  it.each(failures)('tells %s as it was, after one request', async (_, fault, expected) => {
    const { removes, linq, chat } = await connect();
    linq.nextRemoval(fault);
    expect(await removes(chat.id, PAT)).toEqual(expected);
    expect(linq.deletes).toHaveLength(1);
  });

  it('gives up on an answer that never comes, after one request', async () => {
    const { removes, linq, chat } = await connect({ timeoutMs: 150 });
    linq.nextRemoval('hanging');
    expect(await removes(chat.id, PAT)).toEqual(failed(null));
    expect(linq.deletes).toHaveLength(1);
  });

  it('gives up on a body that never ends, and keeps the status', async () => {
    const endless = new ReadableStream({
      start: (stream) => stream.enqueue(new TextEncoder().encode('{"sta')),
    });
    const fetch: typeof globalThis.fetch = async (_, init) => {
      const body = endless.pipeThrough(new TransformStream(), init?.signal ? { signal: init.signal } : {});
      return new Response(body, { status: 202, headers: { 'content-type': 'application/json' } });
    };
    const { removes, chat } = await connect({ fetch, timeoutMs: 100 });
    expect(await removes(chat.id, PAT)).toEqual({
      ok: false,
      failure: { ...UNANSWERED, status: 202 },
    });
  });

  it('does not take a 2xx for a yes when its body says no', async () => {
    const body = { success: false, error: { code: 2015, message: 'Operation conflicts' } };
    const { removes, chat } = await connect({ fetch: async () => Response.json(body, { status: 200 }) });
    expect(await removes(chat.id, PAT)).toEqual({
      ok: false,
      failure: { ...UNANSWERED, status: 200, code: 2015, message: 'Operation conflicts' },
    });
  });

  it('accepts a yes without a trace id in its body', async () => {
    const { removes, chat } = await connect({ fetch: async () => Response.json({}, { status: 202 }) });
    expect(await removes(chat.id, PAT)).toEqual({ ok: true, traceId: null });
  });

  it('answers with an unknown outcome when Linq is out of reach', async () => {
    const { removes, linq, chat } = await connect();
    linq.unplug();
    expect(await removes(chat.id, PAT)).toEqual(failed(null));
    linq.plug();
    expect(await removes(chat.id, PAT)).toEqual({ ok: true, traceId: TRACE });
  });

  it('says when Linq does not accept the key', async () => {
    const { client, removes, linq, chat } = await connect();
    linq.revokeKey();
    const unauthorized = failed(401, { code: 2004, message: 'Unauthorized' });
    expect(await removes(chat.id, PAT)).toEqual(unauthorized);
    expect(await client.checkAccess()).toEqual(unauthorized);
  });
});

describe('reading a chat', () => {
  it('gives name, service and roster, with us marked', async () => {
    const { client, linq, chat } = await connect();
    const member = (handle: string, isUs: boolean) => ({
      handle,
      active: true,
      joinedAt: expect.any(Date),
      isUs,
      leftVoluntarily: false,
    });
    expect(await client.readChat(chat.id)).toEqual({
      ok: true,
      chat: {
        id: chat.id,
        name: 'Launch crew',
        isGroup: true,
        service: 'iMessage',
        members: [member(linq.ownLine, true), member(PAT, false), member(SAM, false), member(KIM, false)],
      },
    });
  });

  it('shows who was removed and who left', async () => {
    const { client, removes, linq, chat } = await connect();
    await removes(chat.id, PAT);
    linq.settles();
    linq.leaves(chat.id, KIM);
    const answer = await client.readChat(chat.id);
    const past = answer.ok ? answer.chat.members.filter((member) => !member.active) : [];
    expect(past).toEqual([
      { handle: PAT, active: false, joinedAt: expect.any(Date), isUs: false, leftVoluntarily: false },
      { handle: KIM, active: false, joinedAt: expect.any(Date), isUs: false, leftVoluntarily: true },
    ]);
  });

  const failures: [string, LinqFault, ReturnType<typeof failed>][] = [
    ['a refusal', ['refused', 2005], failed(403, { code: 2005, message: 'Access denied' })],
    ['a gateway’s page', 'unreadable', failed(200)],
    ['a cut line', 'reset-before', failed(null)],
    ['an answer cut short', 'cut', failed(200)],
    ['a server error', ['status', 500], failed(500)],
  ];

  it.each(failures)('tells %s as it was', async (_, fault, expected) => {
    const { client, linq, chat } = await connect();
    linq.nextRead(fault);
    expect(await client.readChat(chat.id)).toEqual(expected);
  });

  it('says when Linq does not know the chat', async () => {
    const { client } = await connect();
    expect(await client.readChat('00000000-0000-4000-8000-000000000000')).toEqual(
      failed(404, { code: 2001, message: 'Resource not found' }),
    );
  });

  it('does not take other JSON for a chat', async () => {
    const { client, chat } = await connect({ fetch: async () => Response.json({ handles: 'none' }) });
    expect(await client.readChat(chat.id)).toEqual({ ok: false, failure: { ...UNANSWERED, status: 200 } });
  });
});
