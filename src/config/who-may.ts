import { z } from 'zod';
import { idsLike, oneOf, type Values, wholeNumber, yesOrNo } from './setting.js';

/** People by the IDs of users and of user groups. */
export interface People {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** Who may use the command, and where. No one listed: anyone in the workspace; no channel listed: anywhere. */
export interface AccessConfig {
  readonly allowed: People;
  readonly channels: readonly string[];
  readonly allowGuests: boolean;
  /** Conversations that another organisation takes part in (Slack Connect). */
  readonly allowExternalChannels: boolean;
}

/** When a second person has to approve, and who that may be. */
export interface ApprovalConfig {
  readonly when: (typeof APPROVALS)[number];
  /** `bulk`: with more chats than this. */
  readonly bulkAbove: number;
  readonly expiresMs: number;
  readonly approvers: People;
}

export const APPROVALS = ['never', 'bulk', 'always'] as const;

export const whoMaySettings = {
  ALLOWED_USERS: {
    default: null,
    shouldBe: 'IDs of users like U012AB3CD, separated by commas',
    schema: idsLike(/^[UW][A-Z0-9]+$/),
  },
  ALLOWED_USERGROUPS: {
    default: null,
    shouldBe: 'IDs of user groups like S012AB3CD, separated by commas',
    schema: idsLike(/^S[A-Z0-9]+$/),
  },
  ALLOWED_CHANNELS: {
    default: null,
    shouldBe: 'IDs of conversations like C012AB3CD, separated by commas',
    schema: idsLike(/^[CGD][A-Z0-9]+$/),
  },
  ALLOW_GUESTS: { default: 'false', shouldBe: '"true" or "false"', schema: yesOrNo },
  ALLOW_EXTERNAL_CHANNELS: { default: 'false', shouldBe: '"true" or "false"', schema: yesOrNo },
  APPROVAL: { default: 'never', shouldBe: oneOf(APPROVALS), schema: z.enum(APPROVALS) },
  APPROVERS: {
    default: null,
    shouldBe:
      'IDs of users (U…) and user groups (S…), separated by commas: with APPROVAL other than "never" it has to name who approves',
    schema: idsLike(/^[UWS][A-Z0-9]+$/),
  },
  APPROVAL_BULK_ABOVE: {
    default: '5',
    shouldBe: 'a whole number of chats, 0 to 100',
    schema: wholeNumber(0, 100),
  },
  APPROVAL_EXPIRES_HOURS: {
    default: '8',
    shouldBe: 'a whole number of hours, 1 to 720',
    schema: wholeNumber(1, 720),
  },
} as const;

type WhoMay = Values<typeof whoMaySettings>;

export function toAccess(env: WhoMay): AccessConfig {
  return {
    allowed: { users: env.ALLOWED_USERS, groups: env.ALLOWED_USERGROUPS },
    channels: env.ALLOWED_CHANNELS,
    allowGuests: env.ALLOW_GUESTS,
    allowExternalChannels: env.ALLOW_EXTERNAL_CHANNELS,
  };
}

export function toApproval(env: WhoMay): ApprovalConfig {
  const isGroup = (id: string) => id.startsWith('S');
  return {
    when: env.APPROVAL,
    bulkAbove: env.APPROVAL_BULK_ABOVE,
    expiresMs: env.APPROVAL_EXPIRES_HOURS * 3_600_000,
    approvers: {
      users: env.APPROVERS.filter((id) => !isGroup(id)),
      groups: env.APPROVERS.filter(isGroup),
    },
  };
}
