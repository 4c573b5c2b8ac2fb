import type { FetchFunction } from '@slack/web-api';

/** One Web API call ended: `ok`, Slack's error code, `status_503` and the like, or `no_answer`. */
export type OnCall = (method: string, result: string) => void;

/** The fetch that the Web API client uses, which also says what became of each call. */
export function countedFetch(onCall: OnCall, send: typeof fetch = fetch): FetchFunction {
  return async (input, init) => {
    const method = String(input).replace(/\?.*$/, '').split('/').at(-1) ?? '';
    try {
      const response = await send(input, init);
      onCall(method, await resultOf(response));
      return response;
    } catch (error) {
      onCall(method, 'no_answer');
      throw error;
    }
  };
}

/** Slack answers 200 to almost everything; what happened stands in the body. */
async function resultOf(response: Response): Promise<string> {
  if (!response.ok) return `status_${response.status}`;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  if (typeof body !== 'object' || body === null || !('ok' in body)) return 'unreadable';
  if (body.ok === true) return 'ok';
  return 'error' in body && typeof body.error === 'string' ? body.error : 'error';
}
