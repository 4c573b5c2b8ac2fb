import { type Dispatcher, EnvHttpProxyAgent, fetch as proxiedFetch } from 'undici';
import type { ProxyConfig } from './config/proxy.js';

/** How this process reaches Slack and Linq. */
export interface Network {
  readonly fetch: typeof globalThis.fetch;
  /** For Slack's socket, which does not go through `fetch`; undefined where there is no proxy. */
  readonly dispatcher: Dispatcher | undefined;
}

/** Straight out, or through the proxies of the environment: always by CONNECT, which a web socket needs. */
export function createNetwork(proxy: ProxyConfig | null): Network {
  // Read at each call: a test may put its own in place.
  if (!proxy) return { fetch: (input, init) => globalThis.fetch(input, init), dispatcher: undefined };
  const dispatcher = new EnvHttpProxyAgent({
    // Empty, because a variable that is left out would be read from the environment again.
    httpProxy: proxy.http ?? '',
    httpsProxy: proxy.https ?? '',
    noProxy: proxy.except,
    proxyTunnel: true,
  });
  // Node's own `fetch` is another version of the same library, whose types differ in names alone.
  const fetch = ((input: string, init?: object) =>
    proxiedFetch(input, { ...init, dispatcher })) as unknown as typeof globalThis.fetch;
  return { fetch, dispatcher };
}
