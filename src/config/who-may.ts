import * as z from 'zod';
import type { AccessConfig, ApprovalConfig, People } from '../slack/access/access-config.js';
import { REASON_RULES } from '../slack/blocks/reason-input.js';
import { idsLike, oneOf, text, type Values, wholeNumber, yesOrNo } from './setting.js';

export const APPROVALS = ['never', 'bulk', 'always'] as const;

export const whoMaySettings = {
  ALLOWED_USERS: {
    default: null,
    shouldBe:
      'IDs of users like U012AB3CD, separated by commas (or leave it out and name user groups in ALLOWED_USERGROUPS, ' +
      'or set ALLOW_EVERYONE=true for the whole workspace)',
    schema: idsLike(/^[UW][A-Z0-9]+$/),
  },
  ALLOWED_USERGROUPS: {
    default: null,
    shouldBe: 'IDs of user groups like S012AB3CD, separated by commas',
    schema: idsLike(/^S[A-Z0-9]+$/),
  },
  ALLOW_EVERYONE: { default: 'false', shouldBe: '"true" or "false"', schema: yesOrNo },
  ALLOWED_CHANNELS: {
    default: null,
    shouldBe: 'IDs of conversations like C012AB3CD, separated by commas',
    schema: idsLike(/^[CGD][A-Z0-9]+$/),
  },
  ALLOW_GUESTS: { default: 'false', shouldBe: '"true" or "false"', schema: yesOrNo },
  ALLOW_EXTERNAL_CHANNELS: { default: 'false', shouldBe: '"true" or "false"', schema: yesOrNo },
  REMOVALS_PER_HOUR: {
    default: '200',
    shouldBe: 'a whole number of removals, 1 to 10000, or 0 for no limit',
    schema: wholeNumber(0, 10_000),
  },
  APPROVAL: { default: 'never', shouldBe: oneOf(APPROVALS), schema: z.enum(APPROVALS) },
  APPROVERS: {
    default: null,
    shouldBe:
      'IDs of users (U…) and user groups (S…), separated by commas: with APPROVAL other than "never" it has to name who approves',
    schema: idsLike(/^[UWS][A-Z0-9]+$/),
  },
  APPROVAL_BULK_ABOVE: {
    default: '5',
    shouldBe: 'a whole number of removals, 0 to 100',
    schema: wholeNumber(0, 100),
  },
  APPROVALS_NEEDED: {
    default: '1',
    shouldBe: 'how many different people have to approve, 1 to 3',
    schema: wholeNumber(1, 3),
  },
  APPROVAL_CHANNEL: {
    default: null,
    shouldBe: 'the ID of one conversation like C012AB3CD',
    schema: text.regex(/^[CG][A-Z0-9]+$/).optional(),
  },
  APPROVAL_EXPIRES_HOURS: {
    default: '8',
    shouldBe: 'a whole number of hours, 1 to 720',
    schema: wholeNumber(1, 720),
  },
  REASON: { default: 'optional', shouldBe: oneOf(REASON_RULES), schema: z.enum(REASON_RULES) },
} as const;

type WhoMay = Values<typeof whoMaySettings>;

/** Whether it was left open who may use the app: Linq's keys cannot be restricted, so a person has to decide that. */
export function isUndecided(env: Partial<WhoMay>): boolean {
  const { ALLOWED_USERS: users, ALLOWED_USERGROUPS: groups, ALLOW_EVERYONE: everyone } = env;
  return users?.length === 0 && groups?.length === 0 && everyone === false;
}

export function toAccess(env: WhoMay): AccessConfig {
  return {
    allowed: { users: env.ALLOWED_USERS, groups: env.ALLOWED_USERGROUPS },
    channels: env.ALLOWED_CHANNELS,
    allowGuests: env.ALLOW_GUESTS,
    allowExternalChannels: env.ALLOW_EXTERNAL_CHANNELS,
  };
}

export function toApproval(env: WhoMay): ApprovalConfig {
  return {
    when: env.APPROVAL,
    bulkAbove: env.APPROVAL_BULK_ABOVE,
    needed: env.APPROVALS_NEEDED,
    channel: env.APPROVAL_CHANNEL ?? null,
    expiresMs: env.APPROVAL_EXPIRES_HOURS * 3_600_000,
    approvers: toPeople(env.APPROVERS),
  };
}

/** The IDs of users and of user groups, told apart. */
export function toPeople(ids: readonly string[]): People {
  const isGroup = (id: string) => id.startsWith('S');
  return { users: ids.filter((id) => !isGroup(id)), groups: ids.filter(isGroup) };
}
