import type { ApprovalPolicy } from '../../removal/proposal.js';

/** People by the IDs of users and of user groups. */
export interface People {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** When approvers have to approve, and who they are. */
export interface ApprovalConfig extends ApprovalPolicy {
  readonly approvers: People;
  /** Where requests are posted; null: where they are asked for, or to each approver. */
  readonly channel: string | null;
}

/** Who may use the command, and where. No person listed: everybody in the workspace; no channel listed: anywhere. */
export interface AccessConfig {
  readonly allowed: People;
  readonly channels: readonly string[];
  readonly allowGuests: boolean;
  /** Conversations that another organisation takes part in (Slack Connect). */
  readonly allowExternalChannels: boolean;
}
