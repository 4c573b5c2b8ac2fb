import type { Environment } from './environment.js';
import { ConfigError } from './problems.js';

/** The proxies that outgoing connections go through, and the hosts that are reached without one. */
export interface ProxyConfig {
  readonly http: string | null;
  readonly https: string | null;
  readonly except: string;
}

/**
 * The conventional variables, in small letters or capitals, as other programs of the machine understand them. Null when
 * no proxy is named. Throws `ConfigError`, which does not show the address: it may hold a password.
 */
export function readProxy(env: Environment): ProxyConfig | null {
  const http = readAddress('HTTP_PROXY', env);
  const https = readAddress('HTTPS_PROXY', env) ?? http;
  if (!http && !https) return null;
  return { http, https, except: read('NO_PROXY', env) ?? '' };
}

function readAddress(name: string, env: Environment): string | null {
  const address = read(name, env);
  if (address === null) return null;
  if (/^https?:\/\/[^/]/.test(address) && URL.canParse(address)) return address;
  throw new ConfigError(
    `${name} cannot be used. It should be the URL of a proxy, like http://proxy.example.com:3128.`,
  );
}

function read(name: string, env: Environment): string | null {
  return env[name.toLowerCase()]?.trim() || env[name]?.trim() || null;
}
