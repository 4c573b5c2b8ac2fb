import type { AccessConfig, ApprovalConfig } from '../slack/access/access-config.js';
import type { ReasonRule } from '../slack/blocks/reason-input.js';
import { type ApplicationConfig, applicationSettings, toApplicationConfig } from './application.js';
import { type DatabaseConfig, databaseSettings, toDatabaseConfig } from './database.js';
import type { Environment } from './environment.js';
import { type LinqConfig, linqSettings, toLinqConfig } from './linq.js';
import { ConfigError, complaint, type Problem } from './problems.js';
import { type ProxyConfig, readProxy } from './proxy.js';
import { readSetting } from './read.js';
import type { Setting, Settings, Values } from './setting.js';
import { type SlackConfig, slackSettings, toSlackConfig } from './slack.js';
import { isUndecided, toAccess, toApproval, whoMaySettings } from './who-may.js';
import { toWhoSees, type WhoSeesConfig, whoSeesSettings } from './who-sees.js';

export interface Config extends DatabaseConfig, ApplicationConfig, WhoSeesConfig {
  readonly slack: SlackConfig;
  readonly linq: LinqConfig;
  readonly access: AccessConfig;
  readonly approval: ApprovalConfig;
  /** What one person may have removed without anybody else's approval; null: no limit. */
  readonly removalsPerHour: number | null;
  /** Whether a person says why. */
  readonly reason: ReasonRule;
  readonly proxy: ProxyConfig | null;
  /** In words, without secrets: what was set otherwise than the default. */
  readonly settings: string;
}

/** Every variable that the application reads, in the order of `.env.example`. */
const SETTINGS = {
  ...slackSettings,
  ...linqSettings,
  ...databaseSettings,
  ...applicationSettings,
  ...whoMaySettings,
  ...whoSeesSettings,
} as const satisfies Settings;

export type Variable = keyof typeof SETTINGS;

export const VARIABLES = Object.keys(SETTINGS) as readonly Variable[];

/** What each variable is when it is not set; null: nothing, or it has to be set. */
export const DEFAULTS = Object.fromEntries(
  VARIABLES.map((name) => [name, SETTINGS[name].default]),
) as Readonly<Record<Variable, string | null>>;

/** The variables whose value must not be seen; each may also come as `NAME_FILE`. */
export const SECRETS = VARIABLES.filter((name) => (SETTINGS[name] as Setting).secret !== undefined);

/** Reads the application's settings from environment variables; a blank one counts as missing. Throws `ConfigError`. */
export function loadConfig(env: Environment): Config {
  const { values, problems } = readAll(VARIABLES, env);
  for (const name of missingTogether(values, problems)) problems.set(name, 'missing');
  complainAbout(problems);
  // Each value is what its own schema made of it, and none is missing here.
  const settings = values as Values<typeof SETTINGS>;
  return Object.freeze({
    slack: Object.freeze(toSlackConfig(settings)),
    linq: Object.freeze(toLinqConfig(settings)),
    ...toDatabaseConfig(settings, env),
    ...toApplicationConfig(settings),
    access: Object.freeze(toAccess(settings)),
    approval: Object.freeze(toApproval(settings)),
    removalsPerHour: settings.REMOVALS_PER_HOUR === 0 ? null : settings.REMOVALS_PER_HOUR,
    reason: settings.REASON,
    ...toWhoSees(settings),
    proxy: readProxy(env),
    settings: describeSettings(env, settings.SLACK_APP_TOKEN ? 'Socket Mode' : 'HTTP mode'),
  });
}

/** What differs from the defaults, as it was written; of addresses without a password in them. */
function describeSettings(env: Environment, mode: string): string {
  const set = VARIABLES.filter((name) => !SECRETS.includes(name)).flatMap((name) => {
    const value = env[name]?.trim();
    return value && value !== SETTINGS[name].default
      ? [`${name}=${value.replace(/\/\/[^@/]*@/, '//…@')}`]
      : [];
  });
  return `${[`In ${mode}`, ...set].join(', ')}; everything else is as by default.`;
}

/** The settings of programs that only work on the store. */
export interface StoreSettings extends Pick<Config, 'databaseUrl' | 'defaultCountry'> {}

/** Reads them alone: such a program needs neither Slack nor Linq. Throws `ConfigError`. */
export function loadStoreSettings(env: Environment): StoreSettings {
  const { values, problems } = readAll(['DATABASE_URL', 'DATABASE_POOL', 'DEFAULT_COUNTRY'], env);
  complainAbout(problems);
  const settings = values as Values<Pick<typeof SETTINGS, keyof typeof databaseSettings | 'DEFAULT_COUNTRY'>>;
  return {
    databaseUrl: toDatabaseConfig(settings, env).databaseUrl,
    defaultCountry: settings.DEFAULT_COUNTRY,
  };
}

type Read = Partial<Values<typeof SETTINGS>>;

function readAll(names: readonly Variable[], env: Environment) {
  const readings = names.map((name) => ({ name, ...readSetting(name, SETTINGS[name], env) }));
  const values: Read = Object.fromEntries(
    readings.flatMap((reading) => (reading.ok ? [[reading.name, reading.value]] : [])),
  );
  const problems = new Map<Variable, Problem>(
    readings.flatMap((reading) => (reading.ok ? [] : [[reading.name, reading.problem] as const])),
  );
  return { values, problems };
}

/** What another variable makes necessary. */
function missingTogether(values: Read, problems: ReadonlyMap<Variable, Problem>): readonly Variable[] {
  const unset = (name: Variable) => !problems.has(name) && values[name] === undefined;
  const missing: Variable[] = [];
  if (unset('SLACK_APP_TOKEN') && unset('SLACK_SIGNING_SECRET')) missing.push('SLACK_APP_TOKEN');
  if (isUndecided(values)) missing.push('ALLOWED_USERS');
  const approves = values.APPROVAL === 'bulk' || values.APPROVAL === 'always';
  if (approves && values.APPROVERS?.length === 0) missing.push('APPROVERS');
  return missing;
}

/** Throws `ConfigError` when there is any, in the order of `.env.example`. */
function complainAbout(problems: ReadonlyMap<Variable, Problem>): void {
  if (problems.size === 0) return;
  const ordered = VARIABLES.flatMap((name) => {
    const problem = problems.get(name);
    return problem ? [{ name, problem, shouldBe: SETTINGS[name].shouldBe }] : [];
  });
  throw new ConfigError(complaint(ordered));
}
