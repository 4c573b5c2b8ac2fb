import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readProxy } from '../../src/config/proxy.js';
import { createNetwork } from '../../src/network.js';
import { seconds } from '../support/clock.js';
import { approves, setStage } from '../support/stage.js';
import { type ConnectProxy, startConnectProxy } from './connect-proxy.js';

let proxy: ConnectProxy;
beforeEach(async () => {
  proxy = await startConnectProxy();
});
afterEach(() => proxy.stop());

it('Everything goes through HTTP_PROXY: Slack’s Web API, its socket, response_url, and Linq', async () => {
  const stage = await setStage({ env: { HTTP_PROXY: proxy.url } });
  const { alice, linq, slack, ledger, support, passes } = stage;
  slack.next('chat.postMessage', { error: 'not_in_channel' });
  await approves(alice);
  await ledger.until(() => ledger.count('response_url') > 0, 'the outcome through the response_url');
  linq.settles();
  await passes(seconds(2));

  const through = (pattern: RegExp) => proxy.requests.filter((request) => pattern.test(request)).length;
  expect(through(/^POST \/api\/auth\.test/)).toBe(ledger.count('auth.test'));
  expect(through(/^POST \/api\/apps\.connections\.open/)).toBe(1);
  expect(through(/^GET \/link|^GET \/.*socket/)).toBe(1);
  expect(through(/^POST \/api\/views\.open/)).toBe(ledger.count('views.open'));
  expect(through(/^POST \/response\//)).toBe(ledger.count('response_url'));
  expect(through(/^DELETE \/.*\/participants/)).toBe(1);
  expect(through(/^GET \/.*\/v3\/phone_numbers/)).toBe(ledger.count('GET /v3/phone_numbers'));
  expect(slack.messagesIn(support.id)).toBeDefined();
  await stage.stop();
});

it('NO_PROXY keeps a host off the proxy', async () => {
  const stage = await setStage({ env: { http_proxy: proxy.url, NO_PROXY: 'example.com, 127.0.0.1' } });
  await stage.alice.runs('/linq-remove help');
  expect(proxy.tunnels).toEqual([]);
  await stage.stop();
});

describe('The proxy', () => {
  const through = (env: Record<string, string>) => createNetwork(readProxy(env)).fetch;

  it('of HTTPS_PROXY is asked for a tunnel to the host itself, and its refusal is a failure', async () => {
    await expect(through({ HTTPS_PROXY: proxy.url })('https://slack.test/api/')).rejects.toThrow();
    expect(proxy.tunnels).toEqual(['slack.test:443']);
  });

  it('of HTTP_PROXY serves https too where no other is named; small letters win', async () => {
    await expect(through({ HTTP_PROXY: proxy.url })('https://linq.test/')).rejects.toThrow();
    await expect(
      through({ https_proxy: proxy.url, HTTPS_PROXY: 'http://127.0.0.1:1' })('https://linq.test/'),
    ).rejects.toThrow();
    expect(proxy.tunnels).toEqual(['linq.test:443', 'linq.test:443']);
  });

  it('is not used for http where only HTTPS_PROXY is named', async () => {
    const server = createServer((_req, res) => res.end('straight'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const answer = await through({ HTTPS_PROXY: proxy.url })(`http://127.0.0.1:${port}/`);
    expect(await answer.text()).toBe('straight');
    expect(proxy.tunnels).toEqual([]);
    server.closeAllConnections();
    server.close();
  });

  it.each(['pat:hunter2@proxy.internal:3128', 'socks5://pat:hunter2@proxy.internal:1080', 'http:///hunter2'])(
    'that cannot be one (%s) is refused at the start by its variable alone',
    (address) => {
      expect(() => readProxy({ HTTPS_PROXY: address })).toThrow(
        /^HTTPS_PROXY cannot be used\. It should be the URL/,
      );
      expect(() => readProxy({ HTTPS_PROXY: address })).not.toThrow(/hunter2|internal/);
    },
  );

  it('is none where none is named', () => {
    expect(readProxy({ HTTPS_PROXY: ' ', NO_PROXY: 'localhost' })).toBeNull();
  });
});
