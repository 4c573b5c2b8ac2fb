import { setTimeout as pause } from 'node:timers/promises';
import type { ModalView } from '@slack/types';
import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';

/**
 * Slack says "this trigger is spent" in several ways: three for too late, two for already used
 * (docs.slack.dev/interactivity/handling-user-interaction; slackapi/bolt-python#434; Netflix/dispatch#833).
 */
const SPENT = [
  'expired_trigger_id',
  'trigger_expired',
  'exchanged_trigger_id',
  'trigger_exchanged',
  'invalid_trigger_id',
];

/** Opens a modal and returns its id; null when the trigger is spent. Rejects for anything else. */
export async function openView(
  client: WebClient,
  triggerId: string,
  view: ModalView,
): Promise<string | null> {
  try {
    const opened = await client.views.open({ trigger_id: triggerId, view });
    return opened.view?.id ?? null;
  } catch (error) {
    if (isSpentTrigger(error)) return null;
    throw error;
  }
}

function isSpentTrigger(error: unknown): boolean {
  if (!(error instanceof WebAPIPlatformError)) return false;
  const { error: code, response_metadata: metadata } = error.data;
  if (SPENT.includes(code)) return true;
  return (
    code === 'invalid_arguments' &&
    (metadata?.messages ?? []).some((message) => message.includes('trigger_id'))
  );
}

/** No answer, a server error, a request to wait: so often in all. */
const TRIES_IN_TROUBLE = 3;
/** Slack answers so now and then, and one more try is right (slackapi/python-slack-sdk#1715). */
const PASSING = ['fatal_error', 'internal_error'];
const LONGEST_PAUSE_MS = 3_000;
const BETWEEN_TRIES_MS = 500;

/**
 * Replaces a view that is open; repeating this call is harmless, so short trouble at Slack is waited out. False when
 * the view is not there any more: closed by the person, which is their right. Rejects when Slack stays in trouble.
 */
export type ReplaceView = (
  client: WebClient,
  viewId: string,
  view: ModalView,
  hash?: string,
) => Promise<boolean>;

/** What a dialogue needs to change its windows. */
export interface ViewDeps {
  readonly replaceView: ReplaceView;
}

/** `sleep` waits for as long as Slack asks. */
export function createReplaceView(sleep: (ms: number) => Promise<void>): ReplaceView {
  return async (client, viewId, view, hash) => {
    for (let tries = 1; ; tries++) {
      try {
        await client.views.update({ view_id: viewId, view, ...(hash && { hash }) });
        return true;
      } catch (error) {
        if (isGone(error)) return false;
        if (tries >= triesFor(error)) throw error;
        if (error instanceof WebAPIRateLimitedError) {
          await sleep(Math.min(error.retryAfter * 1_000, LONGEST_PAUSE_MS));
        } else await pause(BETWEEN_TRIES_MS);
      }
    }
  };
}

function isGone(error: unknown): boolean {
  return error instanceof WebAPIPlatformError && ['not_found', 'hash_conflict'].includes(error.data.error);
}

function triesFor(error: unknown): number {
  if (!(error instanceof WebAPIPlatformError)) return TRIES_IN_TROUBLE;
  return PASSING.includes(error.data.error) ? 2 : 1;
}
