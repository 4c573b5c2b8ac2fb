import type { People } from '../slack/access/access-config.js';
import { idsLike, text, type Values } from './setting.js';
import { toPeople } from './who-may.js';

/** Who sees what happened. */
export interface WhoSeesConfig {
  /** They see the whole workspace's history; everybody else their own requests and those of their conversation. */
  readonly historyViewers: People;
  /** Where refusals, decisions and brakes are told, a line each; null: in the log alone. */
  readonly auditChannel: string | null;
}

export const whoSeesSettings = {
  HISTORY_VIEWERS: {
    default: null,
    shouldBe: 'IDs of users (U…) and user groups (S…), separated by commas',
    schema: idsLike(/^[UWS][A-Z0-9]+$/),
  },
  AUDIT_CHANNEL: {
    default: null,
    shouldBe: 'the ID of a channel like C012AB3CD that the app was invited to',
    schema: text.regex(/^[CG][A-Z0-9]+$/).optional(),
  },
} as const;

export function toWhoSees(env: Values<typeof whoSeesSettings>): WhoSeesConfig {
  return { historyViewers: toPeople(env.HISTORY_VIEWERS), auditChannel: env.AUDIT_CHANNEL ?? null };
}
