import type { KnownBlock } from '@slack/types';
import type { FetchFunction } from '@slack/web-api';

/** Long enough for Slack on a bad day, short enough that nobody waits for it. */
const TIMEOUT_MS = 5_000;

export interface ResponseBody {
  readonly response_type: 'ephemeral' | 'in_channel';
  readonly text: string;
  readonly blocks?: readonly KnownBlock[];
}

/** Words for one person's eyes. */
export function ephemeral(text: string) {
  return { response_type: 'ephemeral', text } as const;
}

/**
 * Posts through a command's `response_url`. False when it is used up, expired, not Slack's, does not answer, or when Slack
 * asked to wait with it.
 */
export type Respond = (responseUrl: string, body: ResponseBody) => Promise<boolean>;

/**
 * The URL travels through `private_metadata`, which is not to be trusted: it is used only on the host of the configured
 * API, and on the other hosts of that Slack. Bolt's own `respond` knows no timeout and is not there in view submissions.
 */
export function createRespond(apiUrl: string, send: FetchFunction = fetch): Respond {
  return async (responseUrl, body) => {
    if (!isSlacks(responseUrl, apiUrl)) return false;
    try {
      const response = await send(responseUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ replace_original: false, ...body }),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return response.ok;
    } catch {
      return false;
    }
  };
}

/** Slack, and Slack for governments: each keeps to its own domain. */
const DOMAINS = ['slack.com', 'slack-gov.com'];

const isWithin = (hostname: string, domain: string) => hostname === domain || hostname.endsWith(`.${domain}`);

function isSlacks(responseUrl: string, apiUrl: string): boolean {
  if (!URL.canParse(responseUrl)) return false;
  const url = new URL(responseUrl);
  const api = new URL(apiUrl);
  if (url.username || url.password) return false;
  if (url.host === api.host && url.protocol === api.protocol) return true;
  const domain = DOMAINS.find((name) => isWithin(api.hostname, name));
  return (
    domain !== undefined && url.protocol === 'https:' && url.port === '' && isWithin(url.hostname, domain)
  );
}
