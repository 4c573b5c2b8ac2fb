import { z } from 'zod';

/* The settings about who may: their shapes, and how they are read from the environment. */

/** People by the IDs of users and of user groups. */
export interface People {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** Who may use the command, and where. Nobody listed: anyone in the workspace; no channel listed: anywhere. */
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

const text = z.string();

const idsLike = (pattern: RegExp) =>
  text
    .transform((value) => [...new Set(value.split(',').map((id) => id.trim()))].filter(Boolean))
    .refine((ids) => ids.every((id) => pattern.test(id)))
    .optional()
    .transform((ids) => ids ?? []);
const yesOrNo = z.enum(['true', 'false']).transform((value) => value === 'true');

/** The variables that name people, groups and conversations, and what applies to them. */
export const whoMay = z.object({
  ALLOWED_USERS: idsLike(/^[UW][A-Z0-9]+$/),
  ALLOWED_USERGROUPS: idsLike(/^S[A-Z0-9]+$/),
  ALLOWED_CHANNELS: idsLike(/^[CGD][A-Z0-9]+$/),
  ALLOW_GUESTS: yesOrNo,
  ALLOW_EXTERNAL_CHANNELS: yesOrNo,
  APPROVAL: z.enum(APPROVALS),
  APPROVERS: idsLike(/^[UWS][A-Z0-9]+$/),
});

type WhoMay = z.infer<typeof whoMay>;

export function toAccess(env: WhoMay): AccessConfig {
  return {
    allowed: { users: env.ALLOWED_USERS, groups: env.ALLOWED_USERGROUPS },
    channels: env.ALLOWED_CHANNELS,
    allowGuests: env.ALLOW_GUESTS,
    allowExternalChannels: env.ALLOW_EXTERNAL_CHANNELS,
  };
}

export function toApproval(
  env: WhoMay & { APPROVAL_BULK_ABOVE: number; APPROVAL_EXPIRES_HOURS: number },
): ApprovalConfig {
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
