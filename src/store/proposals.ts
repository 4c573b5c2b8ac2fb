import * as z from 'zod';
import type { Approval, Proposal, ProposalStatus } from '../removal/proposal.js';
import type { Wanted } from '../removal/request.js';
import { date, fromIds, type Instant, instant, toIds } from './columns.js';
import type { Db } from './schema.js';
import { storable } from './storable.js';

interface ProposalRow {
  request_id: string;
  status: ProposalStatus;
  /** JSON, like the lists below. */
  wanted: string;
  approvers: string;
  needed: number;
  approvals: string;
  outdated: string;
  lapsed: string;
  people: string;
  asked_in: string | null;
  expires_at: Instant;
  remind_at: Instant | null;
  reminders: number;
  decided_by: string | null;
  decided_at: Instant | null;
  decline_reason: string | null;
}

declare module './schema.js' {
  interface Tables {
    proposals: ProposalRow;
  }
}

const wantedSchema = z.array(
  z.object({
    chatId: z.string(),
    chatName: z.string().nullable(),
    handle: z.string(),
    direction: z.enum(['remove', 'add']),
    wasSeen: z.boolean(),
    undoes: z.string().nullable(),
  }),
);

const approvalsSchema = z.array(
  z.object({
    by: z.string(),
    person: z.string(),
    at: z.iso.datetime().transform((text) => new Date(text)),
    fingerprint: z.string(),
  }),
);

function toRow(proposal: Proposal): ProposalRow {
  return {
    request_id: proposal.requestId,
    status: proposal.status,
    wanted: JSON.stringify(proposal.wanted.map(toStorable)),
    approvers: toIds(proposal.approvers),
    needed: proposal.needed,
    approvals: toApprovals(proposal.approvals),
    outdated: toIds(proposal.outdated),
    lapsed: toIds(proposal.lapsed),
    people: toIds(proposal.people),
    asked_in: proposal.askedIn,
    expires_at: proposal.expiresAt.toISOString(),
    remind_at: instant(proposal.remindAt),
    reminders: proposal.reminders,
    decided_by: proposal.decidedBy,
    decided_at: instant(proposal.decidedAt),
    decline_reason: storable(proposal.declineReason, 'words'),
  };
}

function toApprovals(approvals: readonly Approval[]): string {
  return JSON.stringify(approvals.map((approval) => ({ ...approval, at: approval.at.toISOString() })));
}

function toStorable(wanted: Wanted): Wanted {
  const { chatName, handle } = wanted;
  return { ...wanted, chatName: storable(chatName, 'name'), handle: storable(handle, 'handle') };
}

function fromRow(row: ProposalRow): Proposal {
  return {
    requestId: row.request_id,
    status: row.status,
    wanted: wantedSchema.parse(JSON.parse(row.wanted)),
    approvers: fromIds(row.approvers),
    needed: row.needed,
    approvals: approvalsSchema.parse(JSON.parse(row.approvals)),
    outdated: fromIds(row.outdated),
    lapsed: fromIds(row.lapsed),
    people: fromIds(row.people),
    askedIn: row.asked_in,
    expiresAt: new Date(row.expires_at),
    remindAt: date(row.remind_at),
    reminders: row.reminders,
    decidedBy: row.decided_by,
    decidedAt: date(row.decided_at),
    declineReason: row.decline_reason,
  };
}

export async function insertProposal(db: Db, proposal: Proposal): Promise<void> {
  await db.insertInto('proposals').values(toRow(proposal)).execute();
}

export async function updateProposal(db: Db, proposal: Proposal): Promise<void> {
  await db
    .updateTable('proposals')
    .set(toRow(proposal))
    .where('request_id', '=', proposal.requestId)
    .execute();
}

export async function findProposals(db: Db, requestIds: readonly string[]): Promise<readonly Proposal[]> {
  if (requestIds.length === 0) return [];
  const rows = await db.selectFrom('proposals').selectAll().where('request_id', 'in', requestIds).execute();
  return rows.map(fromRow);
}

/** The requests of pending proposals whose time is over. */
export function findOverdue(db: Db, now: Date, limit: number): Promise<readonly string[]> {
  return findPendingSince(db, 'expires_at', now, limit);
}

/** The requests of pending proposals of which people are to be reminded. */
export function findUnreminded(db: Db, now: Date, limit: number): Promise<readonly string[]> {
  return findPendingSince(db, 'remind_at', now, limit);
}

/** The longest due first. */
async function findPendingSince(
  db: Db,
  column: 'expires_at' | 'remind_at',
  now: Date,
  limit: number,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('proposals')
    .select('request_id')
    .where('status', '=', 'pending')
    .where(column, '<=', now.toISOString())
    .orderBy(column)
    .orderBy('request_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.request_id);
}

/** When each removal was asked for that waits for a decision, of those that this person asked for since then. */
export async function findWantedBy(db: Db, userId: string, since: Date): Promise<readonly Date[]> {
  const rows = await db
    .selectFrom('requests')
    .innerJoin('proposals', 'proposals.request_id', 'requests.id')
    .select(['requests.created_at', 'proposals.wanted'])
    .where('requests.requested_by', '=', userId)
    .where('requests.created_at', '>', since.toISOString())
    .where('proposals.status', '=', 'pending')
    .execute();
  return rows.flatMap(({ created_at, wanted }) =>
    wantedSchema
      .parse(JSON.parse(wanted))
      .filter(({ direction }) => direction === 'remove')
      .map(() => new Date(created_at)),
  );
}
