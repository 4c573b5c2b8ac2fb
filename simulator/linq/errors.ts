import type { Reply } from './http.js';

/** Linq's error table: code → HTTP status and message, as on its Error Codes page. */
const ERRORS = {
  1001: [400, 'Missing required field'],
  1002: [400, 'Phone number must be in E.164 format'],
  1003: [400, 'Invalid request body'],
  1005: [400, 'Invalid parameter value'],
  1006: [409, 'Cannot update direct message chats'],
  1007: [429, 'Rate limit exceeded'],
  2001: [404, 'Resource not found'],
  2004: [401, 'Unauthorized'],
  2005: [403, 'Access denied'],
  2006: [403, 'Phone number permission denied'],
  2008: [403, 'Recipient not allowed'],
  2009: [409, 'The chat is still being created'],
  2010: [404, 'Webhook subscription not found'],
  2011: [403, 'Feature not available'],
  2013: [409, 'This chat is unavailable'],
  2015: [409, 'Operation conflicts with current state'],
  2016: [409, 'Operation not supported in group chats'],
  2017: [409, "Operation not supported on this chat's service type"],
  3001: [500, 'Server connection error'],
  3002: [500, 'Server operation failed'],
  3003: [500, 'Service connection error'],
  3004: [500, 'Service operation failed'],
  3005: [504, 'Network timeout'],
  3006: [500, 'Internal server error'],
  3007: [500, 'Maximum delivery attempts exceeded'],
  4002: [500, 'Phone not available'],
  4004: [503, 'Service unavailable'],
} as const satisfies Record<number, readonly [status: number, message: string]>;

export type ErrorCode = keyof typeof ERRORS;

/** Linq's error envelope for a code; the trace id is added where the answer is sent. */
export function refuse(code: ErrorCode): Reply {
  const [status, message] = ERRORS[code];
  const doc_url = `https://docs.linqapp.com/error/codes/${String(code)[0]}xxx/${code}/`;
  return { status, body: { success: false, error: { status, code, message, doc_url } } };
}

/** 429 as Linq sends it: the same seconds in the header and in the body. */
export function refuseForNow(seconds: number): Reply {
  const [status, message] = ERRORS[1007];
  const doc_url = 'https://docs.linqapp.com/error/codes/1xxx/1007/';
  return {
    status,
    headers: { 'retry-after': String(seconds) },
    body: { success: false, error: { status, code: 1007, message, doc_url, retry_after: seconds } },
  };
}
