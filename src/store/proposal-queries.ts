import { z } from 'zod';
import { type Decision, decided, type Proposal } from '../removal/proposal.js';
import type { Db, ProposalRow } from './schema.js';

const chatsSchema = z.array(z.object({ chatId: z.string(), chatName: z.string().nullable() }));
const idsSchema = z.array(z.string());

/** One pair of functions between value and row. */
export function toProposalRow(proposal: Proposal): ProposalRow {
  return {
    request_id: proposal.requestId,
    status: proposal.status,
    handle: proposal.handle,
    chats: JSON.stringify(proposal.chats),
    approvers: JSON.stringify(proposal.approvers),
    expires_at: proposal.expiresAt.toISOString(),
    decided_by: proposal.decidedBy,
    decided_at: proposal.decidedAt?.toISOString() ?? null,
    decline_reason: proposal.declineReason,
  };
}

export function fromProposalRow(row: ProposalRow): Proposal {
  return {
    requestId: row.request_id,
    status: row.status,
    handle: row.handle,
    chats: chatsSchema.parse(JSON.parse(row.chats)),
    approvers: idsSchema.parse(JSON.parse(row.approvers)),
    expiresAt: new Date(row.expires_at),
    decidedBy: row.decided_by,
    decidedAt: row.decided_at === null ? null : new Date(row.decided_at),
    declineReason: row.decline_reason,
  };
}

export async function insertProposal(db: Db, proposal: Proposal): Promise<void> {
  await db.insertInto('proposals').values(toProposalRow(proposal)).execute();
}

export async function findProposals(db: Db, requestIds: readonly string[]): Promise<readonly Proposal[]> {
  const rows = await db.selectFrom('proposals').selectAll().where('request_id', 'in', requestIds).execute();
  return rows.map(fromProposalRow);
}

/** The requests of pending proposals whose time is over. */
export async function findOverdue(db: Db, now: Date, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('proposals')
    .select('request_id')
    .where('status', '=', 'pending')
    .where('expires_at', '<=', now.toISOString())
    .orderBy('expires_at')
    .orderBy('request_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.request_id);
}

/** True when this decision took it; of many at the same moment one does. Until it expires people decide, then nobody. */
export async function settleProposal(db: Db, proposal: Proposal, decision: Decision): Promise<boolean> {
  const { status, decided_by, decided_at, decline_reason } = toProposalRow(decided(proposal, decision));
  const row = await db
    .updateTable('proposals')
    .set({ status, decided_by, decided_at, decline_reason })
    .where('request_id', '=', proposal.requestId)
    .where('status', '=', 'pending')
    .where('expires_at', decision.kind === 'expired' ? '<=' : '>', decision.at.toISOString())
    .returning('request_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether the stored decision is this very one, from an earlier try whose answer was lost. */
export async function isSettledBy(db: Db, proposal: Proposal, decision: Decision): Promise<boolean> {
  const [stored] = await findProposals(db, [proposal.requestId]);
  const ours = decided(proposal, decision);
  return (
    stored?.status === ours.status &&
    stored.decidedBy === ours.decidedBy &&
    stored.decidedAt?.getTime() === ours.decidedAt?.getTime()
  );
}

export async function updateApprovedBy(db: Db, requestId: string, by: string): Promise<void> {
  await db.updateTable('requests').set({ approved_by: by }).where('id', '=', requestId).execute();
}
