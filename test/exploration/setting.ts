import type { LinqSimulator } from '../../simulator/linq/linq-simulator.js';
import { SECRET } from '../linq/webhook-setup.js';
import { APPROVALS_ID, approversOf, GROUP_ID } from './cast.js';

/** How the world and the app of a story are set up. */
export interface Setting {
  readonly approval: 'never' | 'bulk' | 'always';
  /** How many have to approve. */
  readonly needed: 1 | 2;
  /** Where approvers read: where most people ask, in a channel of their own, or nowhere but in direct messages. */
  readonly approvers: 'there' | 'in a channel' | 'elsewhere';
  /** How the app is told who they are. */
  readonly named: 'one by one' | 'as a group';
  /** After how many hours a request that nobody decided ends. */
  readonly expires: number;
  /** Whether people have to say why. */
  readonly reason: 'optional' | 'required';
  /** How messages name people. */
  readonly shows: 'full' | 'masked';
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
  approvers: 'there',
  named: 'one by one',
  expires: 8,
  reason: 'optional',
  shows: 'full',
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
  const { approval, needed, expires, events, window } = setting;
  const approvers = approversOf(setting)
    .map((name) => `U0${name.toUpperCase()}`)
    .join(',');
  return {
    PORT: '0',
    HOST: '127.0.0.1',
    METRICS_PORT: '0',
    CONFIRM_WINDOW_MINUTES: String(window),
    APPROVAL: approval,
    REASON: setting.reason,
    HANDLE_DISPLAY: setting.shows,
    ...(approval !== 'never' && {
      APPROVERS: setting.named === 'as a group' ? GROUP_ID : approvers,
      APPROVAL_BULK_ABOVE: '1',
      APPROVALS_NEEDED: String(needed),
      APPROVAL_EXPIRES_HOURS: String(expires),
      ...(setting.approvers === 'in a channel' && { APPROVAL_CHANNEL: APPROVALS_ID }),
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
