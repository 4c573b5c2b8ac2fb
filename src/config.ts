export { type Config, DEFAULTS, loadConfig, loadDatabaseUrl, VARIABLES } from './config/config.js';
export { ConfigError } from './config/problems.js';
export type { SlackConfig } from './config/slack.js';
export type { AccessConfig, ApprovalConfig, People } from './config/who-may.js';
