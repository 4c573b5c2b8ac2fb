import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  LinqAPIV3Error,
} from '@linqapp/sdk';
import { failureFrom, toFailure, traceIdOf } from '../../src/linq/failure.js';
import { NotBuiltError } from '../../src/linq/sdk.js';

const NOW = new Date('2026-11-20T10:00:00Z');
const NOTHING = { status: null, code: null, message: null, traceId: null, retryAfterMs: null, sent: 'maybe' };

function apiError(status: number, body: unknown, headers: Record<string, string> = {}): APIError {
  return APIError.generate(status, body as object | undefined, undefined, new Headers(headers));
}

function envelope(error: Record<string, unknown>, more: Record<string, unknown> = {}) {
  return {
    success: false,
    error: { status: 409, code: 2013, message: 'This chat is unavailable', ...error },
    ...more,
  };
}

function waitOf(header: string | null, inBody?: unknown): number | null {
  const headers = new Headers(header === null ? {} : { 'retry-after': header });
  return failureFrom(429, headers, envelope({ retry_after: inBody }), NOW).retryAfterMs;
}

describe('a failed call', () => {
  it('is read from the envelope', () => {
    expect(toFailure(apiError(409, envelope({}, { trace_id: 'abc' })), NOW)).toEqual({
      status: 409,
      code: 2013,
      message: 'This chat is unavailable',
      traceId: 'abc',
      retryAfterMs: null,
      sent: 'maybe',
    });
  });

  it.each([
    ['an HTML page', undefined],
    ['an array', [{ code: 2013 }]],
    ['a string', 'nope'],
    ['a number', 7],
    ['an empty object', {}],
    ['an error that is a string', { error: 'nope' }],
    ['an error without fields', { error: {} }],
    ['fields of other types', { error: { code: '2013', message: 7 }, trace_id: 7 }],
    ['a code that is no whole number', { error: { code: 2013.5 } }],
    ['an empty message', { error: { message: '  ' } }],
  ])('keeps its status when the body is %s', (_, body) => {
    expect(toFailure(apiError(502, body), NOW)).toEqual({ ...NOTHING, status: 502 });
  });

  it('keeps what is readable when the rest is not', () => {
    const body = { error: { code: 1007, message: null, retry_after: 'soon' } };
    expect(toFailure(apiError(429, body), NOW)).toEqual({ ...NOTHING, status: 429, code: 1007 });
  });

  it.each([
    ['a broken connection', new APIConnectionError({ message: 'gone', cause: new Error('ECONNRESET') })],
    ['a timeout', new APIConnectionTimeoutError()],
    ['our own abort', new APIUserAbortError()],
    ['an abort inside the body', new DOMException('This operation was aborted', 'AbortError')],
    ['a line cut inside the body', new TypeError('terminated')],
    ['broken JSON', new SyntaxError('Unexpected end of JSON input')],
    [
      'the SDK refusing an argument',
      new LinqAPIV3Error('Path parameters result in path with invalid segments'),
    ],
    ['a thrown string', 'oops'],
    ['nothing at all', undefined],
  ])('without an answer (%s) has no status', (_, error) => {
    expect(toFailure(error, NOW)).toEqual(NOTHING);
  });

  it.each([
    ['nothing listens there', 'ECONNREFUSED'],
    ['the name is not known', 'ENOTFOUND'],
    ['the way there is closed', 'ENETUNREACH'],
    ['no connection stood in time', 'UND_ERR_CONNECT_TIMEOUT'],
  ])('without a connection (%s) certainly sent nothing', (_, code) => {
    const cause = new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) });
    expect(toFailure(new APIConnectionError({ cause }), NOW)).toEqual({ ...NOTHING, sent: 'unreachable' });
  });

  it('that could not even be built says so', () => {
    const error = new APIConnectionError({ cause: new NotBuiltError('no') });
    expect(toFailure(error, NOW)).toEqual({ ...NOTHING, sent: 'not-built' });
  });

  it('cuts the message at 300 code points and halves no emoji', () => {
    const { message } = toFailure(apiError(400, envelope({ message: '🙂'.repeat(400) })), NOW);
    expect(message).toBe('🙂'.repeat(300));
  });
});

describe('the trace id', () => {
  const headers = new Headers({ 'x-trace-id': 'from-header' });

  it('is the one in the body', () => expect(traceIdOf(headers, { trace_id: 'from-body' })).toBe('from-body'));

  it.each([[{}], [{ trace_id: '' }], [{ trace_id: 12 }], [null], ['text']])(
    'is the header’s when the body is %j',
    (body) => expect(traceIdOf(headers, body)).toBe('from-header'),
  );

  it('is null when there is none', () => expect(traceIdOf(new Headers(), {})).toBeNull());

  it('is cut to a sane length', () => {
    expect(traceIdOf(new Headers(), { trace_id: 'x'.repeat(5000) })).toHaveLength(128);
  });
});

describe('the wait that Linq asks for', () => {
  it.each([
    ['seconds', '30', 30_000],
    ['a fraction', '0.5', 500],
    ['zero', '0', 0],
    ['a date to come', 'Fri, 20 Nov 2026 10:01:30 GMT', 90_000],
    ['a date gone by', 'Fri, 20 Nov 2026 09:00:00 GMT', 0],
    ['a year of seconds', '31536000', 7 * 24 * 3_600_000],
    ['a negative number', '-5', null],
    ['a number too large to be one', '9'.repeat(400), null],
    ['a word', 'soon', null],
    ['nothing', '', null],
  ])('may be written as %s', (_, header, expected) => expect(waitOf(header)).toBe(expected));

  it('is taken from the body when the header is missing', () => expect(waitOf(null, 12)).toBe(12_000));

  it('is taken from the body when the header cannot be read', () => expect(waitOf('soon', 12)).toBe(12_000));

  it('is the header’s when both are there', () => expect(waitOf('3', 12)).toBe(3_000));

  it.each([[-1], [Number.NaN], [null], [{}], [true]])('is unknown when the body says %j', (inBody) => {
    expect(waitOf(null, inBody)).toBeNull();
  });
});
