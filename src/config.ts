import { type CountryCode, isSupportedCountry } from 'libphonenumber-js/max';
import { z } from 'zod';
import {
  type AccessConfig,
  APPROVALS,
  type ApprovalConfig,
  type People,
  toAccess,
  toApproval,
  whoMay,
} from './who-may.js';

/** How Slack reaches us: over a socket that we open, or by signed HTTP requests. */
export type SlackConfig =
  | { readonly mode: 'socket'; readonly botToken: string; readonly appToken: string; readonly apiUrl: string }
  | {
      readonly mode: 'http';
      readonly botToken: string;
      readonly signingSecret: string;
      readonly apiUrl: string;
    };

export type { AccessConfig, ApprovalConfig, People };

export interface Config {
  readonly slack: SlackConfig;
  readonly linq: { readonly apiKey: string; readonly baseUrl: string; readonly webhookSecret?: string };
  readonly databaseUrl: string;
  /** Connections to a database server at most. */
  readonly databasePool: number;
  readonly port: number;
  readonly host: string;
  /** The country of phone numbers written without a country code. */
  readonly defaultCountry: CountryCode;
  readonly handleDisplay: 'full' | 'masked';
  readonly confirmWindowMs: number;
  /** How long the history keeps handles, names and reasons; null: for ever. */
  readonly keepPersonalForMs: number | null;
  readonly access: AccessConfig;
  readonly approval: ApprovalConfig;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

/** The environment is not usable. The message lists every problem by variable name, without any value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** What each variable is when it is not set; null: nothing, or it has to be set. */
export const DEFAULTS = {
  SLACK_BOT_TOKEN: null,
  SLACK_APP_TOKEN: null,
  SLACK_SIGNING_SECRET: null,
  SLACK_API_URL: 'https://slack.com/api/',
  LINQ_API_V3_API_KEY: null,
  LINQ_API_V3_BASE_URL: 'https://api.linqapp.com/api/partner',
  LINQ_WEBHOOK_SECRET: null,
  DATABASE_URL: 'file:data/linq-remove.db',
  DATABASE_POOL: '10',
  PORT: '3000',
  HOST: '0.0.0.0',
  DEFAULT_COUNTRY: 'US',
  HANDLE_DISPLAY: 'full',
  CONFIRM_WINDOW_MINUTES: '30',
  RETENTION_DAYS: '365',
  LOG_LEVEL: 'info',
  ALLOWED_USERS: null,
  ALLOWED_USERGROUPS: null,
  ALLOWED_CHANNELS: null,
  ALLOW_GUESTS: 'false',
  ALLOW_EXTERNAL_CHANNELS: 'false',
  APPROVAL: 'never',
  APPROVERS: null,
  APPROVAL_BULK_ABOVE: '5',
  APPROVAL_EXPIRES_HOURS: '8',
} as const;

type Variable = keyof typeof DEFAULTS;
type Settings = Record<Variable, string | undefined>;

/** Every variable that the application reads. */
export const VARIABLES = Object.keys(DEFAULTS) as readonly Variable[];

const oneOf = (words: readonly string[]) => words.map((word) => `"${word}"`).join(', ');

/** One sentence part per variable, said both when it is missing and when it is wrong. */
const SHOULD_BE: Record<Variable, string> = {
  SLACK_BOT_TOKEN: 'the bot token of the Slack app, starting with xoxb-',
  SLACK_APP_TOKEN:
    'the app-level token, starting with xapp- (or leave it out and set SLACK_SIGNING_SECRET for HTTP mode)',
  SLACK_SIGNING_SECRET: 'the signing secret of the Slack app',
  SLACK_API_URL:
    'a URL like https://slack.com/api/; plain http only for this machine, since tokens travel in it',
  LINQ_API_V3_API_KEY: 'the API key of the Linq account',
  LINQ_API_V3_BASE_URL:
    'a URL like https://api.linqapp.com/api/partner; plain http only for this machine, since the key travels in it',
  LINQ_WEBHOOK_SECRET: 'the signing secret of the webhook subscription: whsec_ and base64',
  DATABASE_URL: 'file:folder/name.db or postgres://user:password@host/name',
  DATABASE_POOL: 'how many connections to a database server to use at most, 1 to 100',
  PORT: 'a port number, 0 to 65535',
  HOST: 'the address to listen on, like 0.0.0.0 or 127.0.0.1',
  DEFAULT_COUNTRY: 'a country code of two capital letters, like US or GB',
  HANDLE_DISPLAY: `one of ${oneOf(['full', 'masked'])}`,
  CONFIRM_WINDOW_MINUTES: 'a whole number of minutes, 1 to 1440',
  RETENTION_DAYS: 'a whole number of days, 1 to 36500, or 0 to keep everything for ever',
  LOG_LEVEL: `one of ${oneOf(LOG_LEVELS)}`,
  ALLOWED_USERS: 'IDs of users like U012AB3CD, separated by commas',
  ALLOWED_USERGROUPS: 'IDs of user groups like S012AB3CD, separated by commas',
  ALLOWED_CHANNELS: 'IDs of conversations like C012AB3CD, separated by commas',
  ALLOW_GUESTS: '"true" or "false"',
  ALLOW_EXTERNAL_CHANNELS: '"true" or "false"',
  APPROVAL: `one of ${oneOf(APPROVALS)}`,
  APPROVERS:
    'IDs of users (U…) and user groups (S…), separated by commas: with APPROVAL other than "never" somebody must be able to approve',
  APPROVAL_BULK_ABOVE: 'a whole number of chats, 0 to 100',
  APPROVAL_EXPIRES_HOURS: 'a whole number of hours, 1 to 720',
};

const text = z.string();
const wholeNumber = (least: number, most: number) =>
  text
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most));

/** The environment after blanks were dropped and defaults filled in. */
const environment = z.object({
  SLACK_BOT_TOKEN: text.regex(/^xoxb-\S+$/),
  SLACK_APP_TOKEN: text.regex(/^xapp-\S+$/).optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_API_URL: text.refine(isSafeUrl).transform((url) => url.replace(/\/*$/, '/')),
  LINQ_API_V3_API_KEY: text,
  LINQ_API_V3_BASE_URL: text.refine(isSafeUrl).transform((url) => url.replace(/\/+$/, '')),
  LINQ_WEBHOOK_SECRET: text.regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/).optional(),
  DATABASE_URL: text.regex(/^(file:.|:memory:$|postgres(ql)?:\/\/.)/),
  DATABASE_POOL: wholeNumber(1, 100),
  PORT: wholeNumber(0, 65_535),
  HOST: text,
  DEFAULT_COUNTRY: text.refine(isSupportedCountry),
  HANDLE_DISPLAY: z.enum(['full', 'masked']),
  CONFIRM_WINDOW_MINUTES: wholeNumber(1, 1_440),
  RETENTION_DAYS: wholeNumber(0, 36_500),
  LOG_LEVEL: z.enum(LOG_LEVELS),
  ...whoMay.shape,
  APPROVAL_BULK_ABOVE: wholeNumber(0, 100),
  APPROVAL_EXPIRES_HOURS: wholeNumber(1, 720),
} satisfies Record<Variable, z.ZodType>);

/**
 * Reads the application's settings from environment variables; a blank one counts as missing. With an app token Slack
 * is reached in Socket Mode, otherwise by HTTP with the signing secret. Throws `ConfigError`.
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const settings = readSettings(env);
  const parsed = environment.safeParse(settings);
  const wrong = new Set(parsed.error?.issues.map((issue) => issue.path[0] as Variable));
  if (!settings.SLACK_APP_TOKEN && !settings.SLACK_SIGNING_SECRET) wrong.add('SLACK_APP_TOKEN');
  if (parsed.data && parsed.data.APPROVAL !== 'never' && parsed.data.APPROVERS.length === 0)
    wrong.add('APPROVERS');
  if (!parsed.success || wrong.size > 0) throw new ConfigError(complaint(settings, wrong));
  return toConfig(parsed.data);
}

/** The one setting that looking at the store needs, for whoever does only that. Throws `ConfigError`. */
export function loadDatabaseUrl(env: Readonly<Record<string, string | undefined>>): string {
  const settings = readSettings(env);
  const parsed = environment.shape.DATABASE_URL.safeParse(settings.DATABASE_URL);
  if (!parsed.success) throw new ConfigError(complaint(settings, new Set(['DATABASE_URL'])));
  return parsed.data;
}

function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const entries = VARIABLES.map((name) => [name, env[name]?.trim() || (DEFAULTS[name] ?? undefined)]);
  return Object.fromEntries(entries) as Settings;
}

function complaint(settings: Settings, wrong: ReadonlySet<Variable>): string {
  const lines = VARIABLES.filter((name) => wrong.has(name)).map((name) => {
    const problem = settings[name] === undefined ? 'is missing' : 'cannot be used';
    return `  ${name} ${problem}. It should be ${SHOULD_BE[name]}.`;
  });
  return [
    'The settings are not complete:',
    ...lines,
    'Set them in the environment or in a file named .env; .env.example says where to get each one.',
    'To look around without Slack or Linq: npm run demo',
  ].join('\n');
}

function toConfig(env: z.infer<typeof environment>): Config {
  const secret = env.LINQ_WEBHOOK_SECRET;
  return Object.freeze({
    slack: Object.freeze(toSlackConfig(env)),
    linq: Object.freeze({
      apiKey: env.LINQ_API_V3_API_KEY,
      baseUrl: env.LINQ_API_V3_BASE_URL,
      ...(secret && { webhookSecret: secret }),
    }),
    databaseUrl: env.DATABASE_URL,
    databasePool: env.DATABASE_POOL,
    port: env.PORT,
    host: env.HOST,
    defaultCountry: env.DEFAULT_COUNTRY,
    handleDisplay: env.HANDLE_DISPLAY,
    confirmWindowMs: env.CONFIRM_WINDOW_MINUTES * 60_000,
    keepPersonalForMs: env.RETENTION_DAYS === 0 ? null : env.RETENTION_DAYS * 86_400_000,
    logLevel: env.LOG_LEVEL,
    access: Object.freeze(toAccess(env)),
    approval: Object.freeze(toApproval(env)),
  });
}

function toSlackConfig(env: z.infer<typeof environment>): SlackConfig {
  const { SLACK_BOT_TOKEN: botToken, SLACK_API_URL: apiUrl, SLACK_APP_TOKEN: appToken } = env;
  return appToken
    ? { mode: 'socket', botToken, appToken, apiUrl }
    : { mode: 'http', botToken, signingSecret: env.SLACK_SIGNING_SECRET ?? '', apiUrl };
}

const LOOPBACK = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Tokens travel in every request: unencrypted at most within this machine. */
function isSafeUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}
