import { LogLevel } from '@slack/bolt';
import { createLogger, toBoltLogger } from '../src/log.js';
import type { Log } from '../src/removal/ports.js';
import { computed, least } from './support/quickest.js';

interface Line extends Record<string, unknown> {
  readonly msg?: string;
}

/** A logger at the most talkative level, and what it wrote. */
function listen() {
  const lines: string[] = [];
  const logger = createLogger({ level: 'trace', write: (line) => lines.push(line) });
  return { logger, lines, last: (): Line => JSON.parse(lines.at(-1) ?? 'null') };
}

/** What becomes of a text when it is logged. */
function logged(text: string): string | undefined {
  const { logger, last } = listen();
  logger.info({}, text);
  return last().msg;
}

describe('The log', () => {
  it('writes one JSON line per event, with the time in ISO 8601 and the level as a word', () => {
    const { logger, lines, last } = listen();
    const log: Log = logger;

    log.warn({ status: 429, chatId: '550e8400-e29b-41d4-a716-446655440000' }, 'Linq is\nbusy');

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^[^\n]+\n$/);
    expect(last()).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      status: 429,
      chatId: '550e8400-e29b-41d4-a716-446655440000',
      msg: 'Linq is\nbusy',
    });
  });

  it('keeps quiet below its level', () => {
    const lines: string[] = [];
    const logger = createLogger({ level: 'warn', write: (line) => lines.push(line) });

    logger.info({}, 'no');
    logger.error({}, 'yes');

    expect(lines).toHaveLength(1);
  });
});

describe('A phone number in the log', () => {
  it.each([
    '+12052499136',
    '12052499136',
    '2052499136',
    '+1 205 249 9136',
    '+1 (205) 249-9136',
    '(205) 249-9136',
    '205-249-9136',
    '205.249.9136',
    '+1 205‑249‑9136',
    '+1\u00a0205\u00a0249\u00a09136',
    '\u202a+1 205-249-9136\u202c',
    '%2B12052499136',
    '+44 20 7946 9136',
    '07700 909136',
    '06 12 34 91 36',
  ])('keeps of %s the last four digits only', (number) => {
    const said = logged(`removing ${number}, then the next`);

    expect(said).toContain('…9136');
    expect(said?.replace('…9136', '')).not.toMatch(/\d/);
  });

  it.each([
    ['<tel:+12052499136|205-249-9136>', '<tel:…9136|…9136>'],
    ['{"handle":"+12052499136"}', '{"handle":"…9136"}'],
    ['to=%2B12052499136&limit=100', 'to=…9136&limit=100'],
    ['Called 2052499136.', 'Called …9136.'],
    ['+12052499136 and +12052499137', '…9136 and …9137'],
  ])('is found in %s', (text, expected) => {
    expect(logged(text)).toBe(expected);
  });

  it('is found in fields at any depth, in lists and in keys', () => {
    const { logger, last } = listen();

    logger.info({ chat: { members: ['+12052499136'], '+12052499137': true } }, 'seen');

    expect(last().chat).toEqual({ members: ['…9136'], '…9137': true });
  });
});

describe('What only looks like a phone number', () => {
  it.each([
    '2026-11-22T10:00:00.123Z',
    '2026-11-22 10:00:00',
    '2026-11-22T10:00:00+01:00',
    '550e8400-e29b-41d4-a716-446655440000',
    '12345678-1234-4234-8234-123456789012',
    '1763805600.000100',
    '1763805600000',
    '9f1c0a2b3c4d5e6f70819203a4b5c6d7',
    '12345678901234567890123456789012',
    '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    'C2052499136',
    '192.168.100.200',
    'took 1234.567 ms',
    'file:///app/dist/app.js:1234:56',
    'error 2013, attempt 3 of 5',
    'bolt@5.1.0',
    'node_modules/@slack/bolt/dist/App.js',
  ])('stays as it is: %s', (text) => {
    expect(logged(`a ${text} z`)).toBe(`a ${text} z`);
  });
});

describe('Emails and secrets in the log', () => {
  it.each([
    ['pat@example.com', 'p…@example.com'],
    ['<mailto:Pat.O+x@mail.example.co.uk|Pat>', '<mailto:P…@mail.example.co.uk|Pat>'],
    ['jürgen@bücher.example', 'j…@bücher.example'],
    ['to=pat%40example.com', 'to=p…@example.com'],
    ['xoxb-1234567890-abcDEF', 'xox…'],
    ['xoxe.xoxp-1-Mi0yLTEyMw', 'xox…'],
    ['token=xapp-1-A0-123-abc', 'token=xapp-…'],
    ['whsec_c2VjcmV0/+==', 'whsec_…'],
    ['authorization: Bearer abc.def-1', 'authorization: Bearer …'],
    ['https://hooks.slack.com/commands/T0/123/abc?x=1 failed', 'https://hooks.slack.com/… failed'],
    ['http://127.0.0.1:41234/response/R12 failed', 'http://127.0.0.1:41234/response/… failed'],
    ['{"trigger_id":"133.738.8088","x":1}', '{"trigger_id":"…","x":1}'],
    ["{ trigger_id: '133.738.8088', x: 1 }", '{ trigger_id: "…", x: 1 }'],
    ['trigger_id=133.738.8088&x=1', 'trigger_id="…"&x=1'],
    ['13345224609.738474920.8088930838d88f008e0', '…'],
    ['postgres://linq:hunter2@db/linq', 'postgres://linq:…@db/linq'],
  ])('%s becomes %s', (text, expected) => {
    expect(logged(text)).toBe(expected);
  });

  it.each([
    'token',
    'botToken',
    'authorization',
    'response_url',
    'responseUrl',
    'triggerId',
    'apiKey',
    'secret',
  ])('the field %s is hidden whatever it holds', (name) => {
    const { logger, last } = listen();

    logger.info({ deep: { [name]: 'plain words' } }, 'x');

    expect(last().deep).toEqual({ [name]: '…' });
  });

  it('are hidden in the message, stack, and cause of an error, and nothing else of it is written', () => {
    const { logger, lines, last } = listen();
    const cause = Object.assign(new Error('cannot reach https://hooks.slack.com/commands/T/1'), {
      code: 'ECONNRESET',
    });
    const error = Object.assign(new Error('401 for +12052499136 with xoxb-12-abc', { cause }), {
      status: 401,
      request: { headers: { authorization: 'Bearer abc' }, body: 'everything that was typed' },
    });

    logger.error({ err: error }, 'failed');
    logger.error({ error }, 'failed');
    logger.error(error);

    expect(lines.join('')).not.toMatch(/12052499136|xoxb-|commands\/T|Bearer|typed/);
    expect(last().err).toMatchObject({
      type: 'Error',
      message: '401 for …9136 with xox…',
      status: 401,
      stack: expect.stringContaining('log.test'),
      cause: { code: 'ECONNRESET' },
    });
  });

  it('are found in a long text without delay', async () => {
    const long = `${'a.1-'.repeat(50_000)} ${'205 '.repeat(50_000)} ${'@'.repeat(50_000)}`;
    expect(await least(2_000, () => computed(() => logged(long)))).toBeLessThan(2_000);
  });
});

describe('The logger for Slack’s libraries', () => {
  it('hands on their lines with their level, errors as errors', () => {
    const { logger, last } = listen();
    const slack = toBoltLogger(logger);

    slack.warn('pong of %s late', 'socket', { attempt: 1 });
    expect(last()).toMatchObject({ level: 'warn', from: 'slack', msg: 'pong of socket late { attempt: 1 }' });

    slack.error('request failed', new Error('invalid_auth for xoxb-1-a'));
    expect(last()).toMatchObject({
      level: 'error',
      msg: 'request failed',
      err: { message: 'invalid_auth for xox…' },
    });

    slack.info('Bolt is running');
    expect(last()).toMatchObject({ level: 'info', msg: 'Bolt is running' });
  });

  it('drops debug lines even when asked for them', () => {
    const { logger, lines } = listen();
    const slack = toBoltLogger(logger);

    slack.setLevel(LogLevel.DEBUG);
    slack.debug('{"text":"everything that was typed"}');

    expect(lines).toEqual([]);
    expect(slack.getLevel()).toBe(LogLevel.INFO);
  });

  it('keeps to the level that they set, whatever their name', () => {
    const { logger, lines } = listen();
    const slack = toBoltLogger(logger);

    slack.setName('socket-mode');
    slack.setLevel(LogLevel.ERROR);
    slack.warn('no');
    slack.error('yes');

    expect(lines).toHaveLength(1);
    expect(slack.getLevel()).toBe(LogLevel.ERROR);
  });
});
