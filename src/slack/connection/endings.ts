import type { App } from '@slack/bolt';

/** Slack has taken the app away: it was uninstalled, or its bot token was revoked. */
export type Ending = 'app_uninstalled' | 'tokens_revoked';

/**
 * The two events that say so for certain (docs.slack.dev/reference/events/app_uninstalled, …/tokens_revoked); an answer
 * like `account_inactive` to one call does not. Tokens of people are none of ours.
 */
export function registerEndings(app: App, onEnding: (ending: Ending) => void): void {
  app.event('app_uninstalled', async () => onEnding('app_uninstalled'));
  app.event('tokens_revoked', async ({ event }) => {
    if ((event.tokens.bot ?? []).length > 0) onEnding('tokens_revoked');
  });
}

/** For the operator: what happened, what is not done any more, and what to do. */
export const ENDINGS: Record<Ending, string> = {
  app_uninstalled: sentence('The app was uninstalled from Slack'),
  tokens_revoked: sentence('SLACK_BOT_TOKEN was revoked'),
};

function sentence(what: string): string {
  return `${what}: nothing is sent to Linq any more, and what is open waits in the store. Install the app again, put its new token into SLACK_BOT_TOKEN and start again.`;
}
