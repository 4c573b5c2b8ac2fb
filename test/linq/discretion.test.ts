import { connect, PAT, SAM } from './setup.js';

const TRACE = expect.stringMatching(/^[0-9a-f]{32}$/);

describe('the environment', () => {
  const VARIABLES = {
    LINQ_API_V3_CUSTOM_HEADERS: 'Authorization: Bearer stolen\nX-Leak: yes',
    LINQ_API_V3_BASE_URL: 'http://127.0.0.1:9/elsewhere',
    LINQ_API_V3_API_KEY: 'other',
    LINQ_API_V3_LOG: 'debug',
  };
  const before = { ...process.env };

  afterEach(() => {
    for (const name of Object.keys(VARIABLES)) delete process.env[name];
    Object.assign(process.env, before);
  });

  it('changes neither address, key, headers nor what is printed', async () => {
    Object.assign(process.env, VARIABLES);
    const headers: Headers[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      headers.push(new Headers(init?.headers));
      return globalThis.fetch(input, init);
    };
    const printed = jest.spyOn(console, 'debug').mockImplementation(() => {});
    const { client, linq } = await connect({ fetch });
    expect(await client.checkAccess()).toEqual({ ok: true });
    expect(headers[0]?.get('authorization')).toBe(`Bearer ${linq.apiKey}`);
    expect(headers[0]?.has('x-leak')).toBe(false);
    expect(printed).not.toHaveBeenCalled();
    printed.mockRestore();
  });
});

describe('the log', () => {
  it('has a line for a removal, none for a reading that went well', async () => {
    const { client, removes, lines, chat } = await connect();
    await client.readChat(chat.id);
    await removes(chat.id, PAT);
    const fields = {
      operation: 'remove participant',
      status: 202,
      code: null,
      traceId: TRACE,
      chatId: chat.id,
      durationMs: 0,
    };
    expect(lines).toEqual([{ level: 'info', fields, message: 'Linq accepted a removal' }]);
  });

  it('names what failed', async () => {
    const { client, removes, linq, lines, chat } = await connect();
    linq.nextRead(['refused', 2005]);
    await client.readChat(chat.id);
    linq.unplug();
    await removes(chat.id, PAT);
    expect(lines.map(({ level, fields }) => [level, fields.operation, fields.status, fields.code])).toEqual([
      ['warn', 'read chat', 403, 2005],
      ['warn', 'remove participant', null, null],
    ]);
  });

  it('never holds a handle, a name or the key', async () => {
    const { client, removes, linq, lines, chat } = await connect();
    for (const fault of ['reset-before', 'unreadable', 'cut', ['refused', 1002]] as const) {
      linq.nextRemoval(fault);
      await removes(chat.id, PAT);
    }
    linq.nextRead('broken');
    await client.readChat(chat.id);
    await removes(chat.id, SAM);
    expect(lines).toHaveLength(6);
    expect(JSON.stringify(lines)).not.toMatch(/2499136|Smith|Launch|simulated-key/);
  });
});
