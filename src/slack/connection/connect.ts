import { setTimeout as pause } from 'node:timers/promises';
import { WebAPIPlatformError } from '@slack/web-api';
import type { Log } from '../../removal/ports.js';

/** Slack refused a token: nothing but another one helps. The message names the variable to mend. */
export class SlackStartError extends Error {
  override readonly name = 'SlackStartError';
}

/** One thing that has to succeed, and the variable with the token that it needs. */
export interface Step {
  readonly variable: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN';
  run(): Promise<unknown>;
}

/** The answers of Slack that say something about the token, not about Slack (docs.slack.dev, `auth.test`). */
const REFUSALS = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
  'no_permission',
  'access_denied',
  'org_login_required',
  'ekm_access_denied',
  'team_access_not_granted',
  'team_disabled',
  'user_removed_from_team',
];

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Carries out the steps in order, each until it succeeds or `isOver`. A network that is down, or a Slack in trouble, is
 * no reason to end: removals under way go on meanwhile. Rejects only with `SlackStartError`.
 */
export async function connect(
  steps: readonly Step[],
  log: Log,
  { isOver, afterTry }: { isOver(): boolean; afterTry(): void },
): Promise<void> {
  for (const { variable, run } of steps) {
    for (let pauseMs = FIRST_PAUSE_MS; !isOver(); pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      const error = await failureOf(run);
      if (error === null) break;
      throwIfRefused(error, variable);
      const againInMs = Math.round(pauseMs * (0.75 + Math.random() / 2));
      log.warn(
        { err: error, againInMs },
        'Slack could not be reached; removals go on, and it is tried again',
      );
      afterTry();
      await pause(againInMs);
    }
  }
}

async function failureOf(run: () => Promise<unknown>): Promise<unknown> {
  try {
    await run();
    return null;
  } catch (error) {
    return error ?? new Error('It failed without a reason');
  }
}

function throwIfRefused(error: unknown, variable: string): void {
  if (!(error instanceof WebAPIPlatformError) || !REFUSALS.includes(error.data.error)) return;
  throw new SlackStartError(
    `Slack refused ${variable} (${error.data.error}). Put a valid token in it and start again.`,
    { cause: error },
  );
}
