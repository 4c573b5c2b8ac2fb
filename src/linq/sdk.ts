import LinqAPIV3 from '@linqapp/sdk';

type Fetch = typeof globalThis.fetch;

export interface SdkOptions {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly fetch?: Fetch | undefined;
}

/**
 * The official client with its surprises switched off: it re-sends refusals (409) and timed-out DELETEs by itself,
 * follows a 303 by turning the DELETE into a GET, prints handles in its log, and reads its settings from the
 * environment.
 */
export function createSdk(options: SdkOptions): LinqAPIV3 {
  return new LinqAPIV3({
    apiKey: options.apiKey,
    baseURL: options.baseUrl,
    webhookSecret: null,
    maxRetries: 0,
    timeout: options.timeoutMs,
    logLevel: 'off',
    fetchOptions: { redirect: 'manual' },
    fetch: withOwnHeaders(options.apiKey, options.fetch ?? globalThis.fetch),
  });
}

/**
 * Headers are ours alone. The SDK merges `LINQ_API_V3_CUSTOM_HEADERS` into every request, where it can replace the
 * key, and has no option against it.
 */
function withOwnHeaders(apiKey: string, send: Fetch): Fetch {
  return (input, init) => {
    const headers: Record<string, string> = {
      accept: 'application/json',
      authorization: `Bearer ${apiKey}`,
      'user-agent': 'linq-remove',
    };
    if (init?.body) headers['content-type'] = 'application/json';
    return send(input, { ...init, headers: built(headers) });
  };
}

/** The request could not be put together (a key that no header can carry, say): certainly nothing left. */
export class NotBuiltError extends Error {
  override readonly name = 'NotBuiltError';
}

function built(headers: Record<string, string>): Headers {
  try {
    return new Headers(headers);
  } catch {
    // The reason names the header's value, which is the key.
    throw new NotBuiltError('A header cannot carry its value');
  }
}
