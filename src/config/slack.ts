import { safeUrl, text, type Values } from './setting.js';

/** How Slack reaches us: over a socket that we open, or by signed HTTP requests. */
export type SlackConfig =
  | { readonly mode: 'socket'; readonly botToken: string; readonly appToken: string; readonly apiUrl: string }
  | {
      readonly mode: 'http';
      readonly botToken: string;
      readonly signingSecret: string;
      readonly apiUrl: string;
    };

export const slackSettings = {
  SLACK_BOT_TOKEN: {
    default: null,
    shouldBe: 'the bot token of the Slack app, starting with xoxb-',
    schema: text.regex(/^xoxb-\S+$/),
    secret: 'token',
  },
  SLACK_APP_TOKEN: {
    default: null,
    shouldBe:
      'the app-level token, starting with xapp- (or leave it out and set SLACK_SIGNING_SECRET for HTTP mode)',
    schema: text.regex(/^xapp-\S+$/).optional(),
    secret: 'token',
  },
  SLACK_SIGNING_SECRET: {
    default: null,
    shouldBe: 'the signing secret of the Slack app',
    schema: text.optional(),
    secret: 'token',
  },
  SLACK_API_URL: {
    default: 'https://slack.com/api/',
    shouldBe:
      'a URL like https://slack.com/api/; plain http only for this machine, since tokens travel in it',
    schema: safeUrl.transform((url) => url.replace(/\/*$/, '/')),
  },
} as const;

/** With an app token Slack is reached in Socket Mode, otherwise by HTTP with the signing secret. */
export function toSlackConfig(env: Values<typeof slackSettings>): SlackConfig {
  const { SLACK_BOT_TOKEN: botToken, SLACK_API_URL: apiUrl, SLACK_APP_TOKEN: appToken } = env;
  return appToken
    ? { mode: 'socket', botToken, appToken, apiUrl }
    : { mode: 'http', botToken, signingSecret: env.SLACK_SIGNING_SECRET ?? '', apiUrl };
}
