import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PAT, refusalOf, startLinq, stopAfterwards } from './linq-setup.js';

describe('a webhook subscription', () => {
  const subscribed_events = ['participant.removed' as const];

  it('shows its secret once, and can be changed and deleted', async () => {
    const { sdk } = await startLinq();
    const target_url = 'https://app.example.com/linq';
    const { signing_secret, ...rest } = await sdk.webhookSubscriptions.create({
      target_url,
      subscribed_events,
    });
    expect(signing_secret).toMatch(/^whsec_/);
    expect((await sdk.webhookSubscriptions.list()).subscriptions).toEqual([rest]);
    await sdk.webhookSubscriptions.update(rest.id, { is_active: false });
    expect(await sdk.webhookSubscriptions.retrieve(rest.id)).toEqual({ ...rest, is_active: false });
    await sdk.webhookSubscriptions.delete(rest.id);
    expect(await refusalOf(sdk.webhookSubscriptions.retrieve(rest.id))).toEqual([404, 2010]);
  });

  it('is refused without HTTPS, without events, and for a URL that has one', async () => {
    const { sdk } = await startLinq();
    const create = (target_url: string, events: 'participant.removed'[]) =>
      sdk.webhookSubscriptions.create({ target_url, subscribed_events: events });
    expect(await refusalOf(create('http://app.example.com', subscribed_events))).toEqual([400, 1005]);
    expect(await refusalOf(create('https://app.example.com', []))).toEqual([400, 1001]);
    await create('https://app.example.com', subscribed_events);
    expect(await refusalOf(create('https://app.example.com', subscribed_events))).toEqual([409, 2015]);
  });

  it('hears of a removal in an event that the SDK verifies', async () => {
    const { linq, sdk, ledger, chat, remove } = await startLinq({ now: () => new Date() });
    const receiver = await receive();
    const { signing_secret } = await sdk.webhookSubscriptions.create({
      target_url: `http://127.0.0.1:${receiver.port}/hook`,
      subscribed_events,
    });
    await remove(PAT);
    linq.settles();
    await ledger.until(() => ledger.of('participant.removed')[0]?.answer === 204, 'the event to be taken');
    const { body, headers } = receiver.taken[0] ?? { body: '', headers: {} };
    expect(
      sdk.webhooks.unwrap(body, { headers: headers as Record<string, string>, key: signing_secret }),
    ).toMatchObject({
      event_type: 'participant.removed',
      data: { chat_id: chat.id, handle: PAT, participant: { status: 'removed' } },
    });
  });
});

describe('an event', () => {
  it.each([
    ['never', 0, 0],
    ['twice', 2, 2],
    [['late', 5_000], 0, 1],
  ] as const)('may come %j', async (fault, atOnce, later) => {
    const { linq, chat, advance } = await startLinq();
    const receiver = await receive();
    linq.subscribe(`http://127.0.0.1:${receiver.port}/hook`, ['participant.removed']);
    linq.nextEvent(fault);
    linq.leaves(chat.id, PAT);
    await linq.idle();
    expect(receiver.taken).toHaveLength(atOnce);
    advance(5_000);
    linq.catchUp();
    await linq.idle();
    expect(receiver.taken).toHaveLength(later);
    expect(new Set(receiver.taken.map(({ body }) => JSON.parse(body).event_id)).size).toBe(
      Math.min(later, 1),
    );
  });
});

/** A server that takes webhooks and keeps them. */
async function receive() {
  const taken: { body: string; headers: IncomingHttpHeaders }[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    taken.push({ body, headers: request.headers });
    response.writeHead(204).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  stopAfterwards(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { taken, port: (server.address() as AddressInfo).port };
}
