import type { LinqSimulator } from '../../simulator/linq/linq-simulator.js';
import { SECRET } from '../linq/webhook-setup.js';
import { approversOf } from './cast.js';

/** How the world and the app of a story are set up. */
export interface Setting {
  readonly approval: 'never' | 'bulk' | 'always';
  /** How many have to approve. */
  readonly needed: 1 | 2;
  /** How events about members come: not at all, at once, minutes late, twice, or in the wrong order. */
  readonly events: 'none' | 'at once' | 'late' | 'twice' | 'reversed';
  /** How long Linq takes to carry out what it accepted, in seconds. */
  readonly settles: number;
  /** How long readings lag behind the truth, in seconds. */
  readonly lag: number;
  /** Calls that Linq allows a second; null: as many as there are. */
  readonly callsASecond: number | null;
  /** How Linq refuses what is too much. */
  readonly throttles: '429' | '503' | '503-silent';
  readonly slackQuota: boolean;
  /** Further groups with max in them. */
  readonly groups: number;
  /** How long the app looks for proof, in minutes. */
  readonly window: number;
}

export const PLAIN: Setting = {
  approval: 'never',
  needed: 1,
  events: 'none',
  settles: 2,
  lag: 0,
  callsASecond: null,
  throttles: '429',
  slackQuota: false,
  groups: 0,
  window: 5,
};

/** The app's environment, beside where Slack, Linq and the store are. */
export function environmentOf(setting: Setting): Record<string, string> {
  const { approval, needed, events, window } = setting;
  const approvers = approversOf(setting).map((name) => `U0${name.toUpperCase()}`);
  return {
    PORT: '0',
    HOST: '127.0.0.1',
    METRICS_PORT: '0',
    CONFIRM_WINDOW_MINUTES: String(window),
    APPROVAL: approval,
    ...(approval !== 'never' && {
      APPROVERS: approvers.join(','),
      APPROVAL_BULK_ABOVE: '1',
      APPROVALS_NEEDED: String(needed),
    }),
    ...(events !== 'none' && { LINQ_WEBHOOK_SECRET: SECRET }),
  };
}

export function prepareLinq(linq: LinqSimulator, { settles, lag, callsASecond, throttles }: Setting): void {
  linq.settleAfter(settles * 1_000);
  linq.rosterLag(lag * 1_000);
  if (callsASecond !== null) {
    linq.quota({ capacity: callsASecond, perSecond: callsASecond, retryAfterSeconds: 1, as: throttles });
  }
}
