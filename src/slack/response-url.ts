import type { KnownBlock } from '@slack/types';

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

/** Posts through a command's `response_url`. False when it is used up, expired, not Slack's, or does not answer. */
export type Respond = (responseUrl: string, body: ResponseBody) => Promise<boolean>;

/**
 * The URL travels through `private_metadata`, which is not to be trusted: it is used only on Slack's own hosts and
 * on the host of the configured API. Bolt's own `respond` knows no timeout and is not there in view submissions.
 */
export function createRespond(apiUrl: string, send: typeof fetch = fetch): Respond {
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

function isSlacks(responseUrl: string, apiUrl: string): boolean {
  if (!URL.canParse(responseUrl)) return false;
  const url = new URL(responseUrl);
  if (url.username || url.password) return false;
  if (url.host === new URL(apiUrl).host && url.protocol === new URL(apiUrl).protocol) return true;
  const isSecure = url.protocol === 'https:' && url.port === '';
  return isSecure && (url.hostname === 'slack.com' || url.hostname.endsWith('.slack.com'));
}
