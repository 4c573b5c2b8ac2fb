import type { People } from '../slack/access/access-config.js';
import { idsLike, type Values } from './setting.js';
import { toPeople } from './who-may.js';

/** Who sees what happened. */
export interface WhoSeesConfig {
  /** They see the whole workspace's history; everybody else their own requests and those of their conversation. */
  readonly historyViewers: People;
}

export const whoSeesSettings = {
  HISTORY_VIEWERS: {
    default: null,
    shouldBe: 'IDs of users (U…) and user groups (S…), separated by commas',
    schema: idsLike(/^[UWS][A-Z0-9]+$/),
  },
} as const;

export function toWhoSees(env: Values<typeof whoSeesSettings>): WhoSeesConfig {
  return { historyViewers: toPeople(env.HISTORY_VIEWERS) };
}
