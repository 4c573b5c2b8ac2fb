import { once } from 'node:events';
import { connect } from 'node:net';
import { createPublicServer } from '../../src/http/public.js';
import type { HttpServer } from '../../src/http/server.js';
import { createWebhooks } from '../../src/linq/webhooks.js';
import type { Effect, ParticipantEvent } from '../../src/removal/event.js';
import { anEvent, FORGED, SECRET, type Signing, signed } from './webhook-setup.js';

const EFFECT: Effect = { settled: 1, lookedForSooner: 0, addedBack: 0 };
const BODY = JSON.stringify(anEvent());
const MINUTE = 60_000;
const OTHER = 'whsec_dGhlIG5ldyBvbmU=';

describe('Linq’s webhooks', () => {
  let server: HttpServer;
  let port: number;
  let taken: ParticipantEvent[];
  let logged: string[];
  let take: (event: ParticipantEvent) => Promise<Effect | null>;

  async function serve(secrets: readonly string[] = [SECRET]) {
    const note = (fields: Record<string, unknown>, message: string) =>
      void logged.push(`${message} ${JSON.stringify(fields)}`);
    const log = { info: note, warn: note, error: note };
    const webhooks = createWebhooks({ secrets, take: (event) => take(event), log, answerWithinMs: 100 });
    const isReady = async () => true;
    server = createPublicServer({ host: '127.0.0.1', port: 0, isReady, webhooks, log });
    port = await server.start();
  }

  beforeEach(async () => {
    taken = [];
    logged = [];
    take = async (event) => {
      taken.push(event);
      return EFFECT;
    };
    await serve();
  });
  afterEach(() => server.stop(0));

  async function post(body: string, headers: Record<string, string>, path = '/linq/webhooks') {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body });
    return { status: response.status, body: await response.json(), headers: response.headers };
  }
  const deliver = (body = BODY, signing?: Signing) => post(body, signed(body, signing));

  it('take what Linq signed, also with a version in the address', async () => {
    expect(await deliver()).toMatchObject({ status: 200, body: { status: 'taken' } });
    const versioned = await post(BODY, signed(BODY), '/linq/webhooks?version=2026-02-03');
    expect(versioned.status).toBe(200);
    expect(taken).toMatchObject([{ handle: '+12052499136', deliveryId: 'msg-1' }, {}]);
  });

  it('acknowledge what they took before', async () => {
    take = async () => null;
    expect(await deliver()).toMatchObject({ status: 200, body: { status: 'known' } });
  });

  it('acknowledge what does not concern them, and what they cannot read', async () => {
    for (const body of [
      JSON.stringify(anEvent({}, { event_type: 'message.sent' })),
      '{"data":1}',
      'hello',
      '',
    ]) {
      expect(await deliver(body)).toMatchObject({ status: 200, body: { status: 'ignored' } });
    }
    expect(taken).toEqual([]);
  });

  it.each([
    ['another secret', { secret: FORGED }],
    ['more than five minutes ago', { at: new Date(Date.now() - 5.1 * MINUTE) }],
    ['more than five minutes ahead', { at: new Date(Date.now() + 5.1 * MINUTE) }],
  ])('refuse what was signed with %s', async (_how, signing) => {
    expect(await deliver(BODY, signing)).toMatchObject({ status: 401, body: { status: 'refused' } });
    expect(taken).toEqual([]);
  });

  it('take what was signed a little less than five minutes ago', async () => {
    expect(await deliver(BODY, { at: new Date(Date.now() - 4.9 * MINUTE) })).toMatchObject({ status: 200 });
  });

  it('refuse a body, an id or a time other than the signed one', async () => {
    const headers = signed(BODY);
    const changed = [
      post(BODY.replace('+12052499136', '+12052499137'), headers),
      post(BODY, { ...headers, 'webhook-id': 'msg-2' }),
      post(BODY, { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) }),
    ];
    expect((await Promise.all(changed)).map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(taken).toEqual([]);
  });

  it.each(['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const)(
    'refuse what comes without %s, or with an empty one',
    async (name) => {
      const { [name]: _left, ...others } = signed(BODY);
      expect((await post(BODY, others)).status).toBe(401);
      expect((await post(BODY, { ...others, [name]: '' })).status).toBe(401);
      expect(taken).toEqual([]);
    },
  );

  it.each(['v1', 'v1,', 'v1a,AAAA', 'v2,AAAA', '😀', 'v1,%%%', ','])(
    'refuse the signature “%s”',
    async (signature) => {
      const header = Buffer.from(signature).toString('latin1');
      expect((await post(BODY, { ...signed(BODY), 'webhook-signature': header })).status).toBe(401);
    },
  );

  it('take what is signed with either of two secrets, while one replaces the other', async () => {
    await server.stop(0);
    await serve([SECRET, OTHER]);
    expect((await deliver(BODY, { secret: SECRET })).status).toBe(200);
    expect((await deliver(BODY, { secret: OTHER })).status).toBe(200);
    expect((await deliver(BODY, { secret: FORGED })).status).toBe(401);
  });

  it('find the right one among several signatures', async () => {
    const headers = signed(BODY);
    const several = `v1,AAAA ${headers['webhook-signature']}`;
    expect((await post(BODY, { ...headers, 'webhook-signature': several })).status).toBe(200);
  });

  it('refuse the older headers alone: they do not sign the delivery’s id', async () => {
    const older = { 'x-webhook-signature': 'abc', 'x-webhook-timestamp': '1', 'x-webhook-event': 'x' };
    expect((await post(BODY, older)).status).toBe(401);
  });

  it('ask Linq to try again when the store does not answer, at once or at all', async () => {
    take = () => Promise.reject(new Error('the disk is full'));
    expect(await deliver()).toMatchObject({ status: 503 });
    take = () => new Promise(() => {});
    expect(await deliver()).toMatchObject({ status: 503 });
    expect(logged.filter((line) => line.includes('Linq will send it again'))).toHaveLength(2);
  });

  it('ask Linq to try again when the secret cannot be used', async () => {
    await server.stop(0);
    await serve(['whsec_a']);
    expect((await deliver()).status).toBe(500);
    expect(logged.join()).toMatch(/LINQ_WEBHOOK_SECRET/);
  });

  it('refuse a body of 1 MB in words, keep none of it, and take the next one', async () => {
    const large = JSON.stringify(anEvent({ padding: 'x'.repeat(1_024 * 1_024) }));
    expect(await deliver(large)).toMatchObject({ status: 413, body: { status: 'too large' } });
    expect(taken).toEqual([]);
    expect((await deliver()).status).toBe(200);
  });

  it('take a body of 512 KiB and not a byte more', async () => {
    const padded = (size: number) => {
      const empty = JSON.stringify(anEvent({ padding: '' })).length;
      return JSON.stringify(anEvent({ padding: 'x'.repeat(size - empty) }));
    };
    expect((await deliver(padded(512 * 1_024))).status).toBe(200);
    expect((await deliver(padded(512 * 1_024 + 1))).status).toBe(413);
  });

  it('do not wait for a body that announces itself as enormous, nor for one that never ends', async () => {
    const answerTo = async (head: string, body: string) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(`POST /linq/webhooks HTTP/1.1\r\nhost: localhost\r\n${head}\r\n\r\n`);
      const more = () => {
        while (body && socket.writable && socket.write(body));
      };
      socket.on('drain', more);
      more();
      const [answer] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      return answer.toString().split('\r\n')[0];
    };
    expect(await answerTo('content-length: 999999999', '')).toBe('HTTP/1.1 413 Payload Too Large');
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    expect(await answerTo('transfer-encoding: chunked', chunk)).toBe('HTTP/1.1 413 Payload Too Large');
  });

  it('forget a sender who hangs up half way', async () => {
    const socket = connect(port, '127.0.0.1');
    socket.write('POST /linq/webhooks HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nhalf');
    await once(socket, 'connect');
    socket.destroy();
    expect((await deliver()).status).toBe(200);
    expect(logged.join()).not.toMatch(/A request failed/);
  });

  it('answer nothing but POST, and keep handles out of the log', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/linq/webhooks`);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    await deliver();
    await deliver(BODY, { secret: FORGED });
    expect(logged.join()).not.toMatch(/2052499136/);
  });
});
