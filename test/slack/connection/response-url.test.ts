import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRespond } from '../../../src/slack/connection/response-url.js';

const BODY = { response_type: 'ephemeral', text: 'Removal queued' } as const;
const SLACK = 'https://slack.com/api/';

describe('whose URLs are used', () => {
  const fetched = jest.spyOn(globalThis, 'fetch');
  beforeEach(() => {
    fetched.mockReset();
    fetched.mockResolvedValue(new Response('ok'));
  });
  afterAll(() => fetched.mockRestore());

  it.each([
    'https://hooks.slack.com/commands/T0/1/secret',
    'https://hooks.slack-gov.slack.com/commands/T0/1/secret',
    'https://slack.com/commands/1',
    'HTTPS://HOOKS.SLACK.COM/commands/1',
  ])("Slack's: %s", async (url) => {
    await expect(createRespond(SLACK)(url, BODY)).resolves.toBe(true);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it.each([
    'https://slack.com.evil.com/commands/1',
    'https://hooks.slack.com.evil.com/commands/1',
    'https://evilslack.com/commands/1',
    'https://hooks-slack.com/commands/1',
    'https://evil.com/hooks.slack.com/',
    'https://evil.com/?https://hooks.slack.com/',
    'https://evil.com#.slack.com',
    'https://hooks.slack.com@evil.com/commands/1',
    'https://hooks.slack.com%2eevil.com/commands/1',
    'https://evil.com\\.slack.com/commands/1',
    'https://user:password@hooks.slack.com/commands/1',
    'https://user@hooks.slack.com/commands/1',
    'https://hooks.slack.com:8443/commands/1',
    'http://hooks.slack.com/commands/1',
    'ftp://hooks.slack.com/commands/1',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'hooks.slack.com/commands/1',
    'http://127.0.0.1/commands/1',
    'http://169.254.169.254/latest/meta-data',
    'https://[::1]/commands/1',
    '',
    'not a URL',
  ])("nobody else's: %s", async (url) => {
    await expect(createRespond(SLACK)(url, BODY)).resolves.toBe(false);
    expect(fetched).not.toHaveBeenCalled();
  });

  it('those of Slack for governments with its API, and neither with the other', async () => {
    const government = createRespond('https://slack-gov.com/api/');
    await expect(government('https://hooks.slack-gov.com/commands/1', BODY)).resolves.toBe(true);
    await expect(government('https://hooks.slack.com/commands/1', BODY)).resolves.toBe(false);
    await expect(createRespond(SLACK)('https://hooks.slack-gov.com/commands/1', BODY)).resolves.toBe(false);
  });

  it('those of the configured API, on its own scheme and port only', async () => {
    const respond = createRespond('http://127.0.0.1:4000/api/');
    await expect(respond('http://127.0.0.1:4000/response/1', BODY)).resolves.toBe(true);
    await expect(respond('http://127.0.0.1:4001/response/1', BODY)).resolves.toBe(false);
    await expect(respond('https://127.0.0.1:4000/response/1', BODY)).resolves.toBe(false);
    await expect(respond('http://user@127.0.0.1:4000/response/1', BODY)).resolves.toBe(false);
  });

  it.each([new TypeError('fetch failed'), new DOMException('timed out', 'TimeoutError')])(
    'and says no instead of failing with %s',
    async (error) => {
      fetched.mockRejectedValueOnce(error);
      await expect(createRespond(SLACK)('https://hooks.slack.com/1', BODY)).resolves.toBe(false);
    },
  );

  it('with a deadline, since Slack may never answer', async () => {
    await createRespond(SLACK)('https://hooks.slack.com/1', BODY);
    expect(fetched.mock.calls[0]?.[1]?.signal).toBeInstanceOf(AbortSignal);
  });
});

describe('what is sent', () => {
  const received: { type: string | undefined; body: unknown; url: string | undefined }[] = [];
  let server: Server;
  let origin: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
        received.push({ type: request.headers['content-type'], body, url: request.url });
        const status = Number(request.url?.slice(1));
        response.writeHead(status, status === 307 ? { location: '/200' } : {}).end();
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => received.splice(0));
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('is JSON that replaces nothing', async () => {
    const body = { ...BODY, blocks: [] };
    await expect(createRespond(`${origin}/api/`)(`${origin}/200`, body)).resolves.toBe(true);
    expect(received).toEqual([
      { type: 'application/json', url: '/200', body: { replace_original: false, ...body } },
    ]);
  });

  it.each([307, 404, 410, 500])('counts as not told after status %i, and is sent once', async (status) => {
    await expect(createRespond(`${origin}/api/`)(`${origin}/${status}`, BODY)).resolves.toBe(false);
    expect(received).toHaveLength(1);
  });
});
