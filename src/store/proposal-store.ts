import type { HistoryEntry, HistoryKind } from '../removal/history.js';
import type { Decision, Proposal, ProposalStore } from '../removal/proposal.js';
import { approvedRemovals } from '../removal/propose.js';
import type { Request } from '../removal/removal.js';
import { toAnnounceables } from './announceables.js';
import { bringForward, countNews, findAnnouncementsOf, insertAnnouncement } from './announcement-queries.js';
import { recordInTime } from './approval.js';
import { entryFor, insertEntries } from './history-queries.js';
import {
  findOverdue,
  insertProposal,
  isSettledBy,
  settleProposal,
  updateApprovedBy,
} from './proposal-queries.js';
import { insertRemovals, insertRequest, isRecorded } from './removal-queries.js';
import type { Db } from './schema.js';

/** What a second person has to decide. Each decision, and everything that follows from it, is one write. */
export function createProposalStore(db: Db): ProposalStore {
  return {
    propose: ({ request, proposal, announcement }, shown) =>
      recordInTime((confirm) =>
        db.transaction().execute(async (trx) => {
          if (!(await insertRequest(trx, request))) return isRecorded(trx, request);
          await insertProposal(trx, proposal);
          await insertAnnouncement(trx, announcement);
          const { createdAt: at } = request;
          await insertEntries(trx, entriesFor('approval-asked', request, proposal, { at, shown }));
          confirm();
          return true;
        }),
      ),

    decide: ({ request, proposal }, decision) =>
      recordInTime((confirm) =>
        db.transaction().execute(async (trx) => {
          if (!proposal) return false;
          if (!(await settleProposal(trx, proposal, decision))) return isSettledBy(trx, proposal, decision);
          await carryOut(trx, request, proposal, decision);
          await countNews(trx, request.id);
          await bringForward(trx, request.id, decision.at);
          confirm();
          return true;
        }),
      ),

    noteOutdated: ({ request, proposal }, by, at) =>
      insertEntries(
        db,
        proposal ? entriesFor('approval-outdated', request, proposal, { at, decidedBy: by }) : [],
      ),

    async overdueProposals(now, limit) {
      const ids = await findOverdue(db, now, limit);
      return ids.length === 0 ? [] : toAnnounceables(db, await findAnnouncementsOf(db, ids));
    },
  };
}

async function carryOut(trx: Db, request: Request, proposal: Proposal, decision: Decision): Promise<void> {
  const { at } = decision;
  switch (decision.kind) {
    case 'approved':
      return carryOutApproval(trx, request, decision);
    case 'declined': {
      const changes = { at, decidedBy: decision.by, note: decision.reason };
      return insertEntries(trx, entriesFor('approval-declined', request, proposal, changes));
    }
    case 'expired':
      return insertEntries(trx, entriesFor('approval-expired', request, proposal, { at }));
  }
}

async function carryOutApproval(trx: Db, asked: Request, decision: Decision & { kind: 'approved' }) {
  const { by, at, shown } = decision;
  const request = { ...asked, approvedBy: by };
  const removals = approvedRemovals(request, decision);
  await updateApprovedBy(trx, request.id, by);
  await insertRemovals(trx, removals);
  const entries = removals.map((removal, index) =>
    entryFor('approved', removal, request, at, index === 0 ? shown : null),
  );
  await insertEntries(trx, entries);
}

/** One entry a chat, so that each chat's history has it; what was shown stands on the first alone. */
function entriesFor(
  kind: HistoryKind,
  request: Request,
  { handle, chats }: Proposal,
  { shown = null, ...changes }: Pick<HistoryEntry, 'at'> & Partial<HistoryEntry>,
): HistoryEntry[] {
  return chats.map(({ chatId, chatName }, index) => ({
    kind,
    requestId: request.id,
    removalId: null,
    teamId: request.teamId,
    channelId: request.channelId,
    requestedBy: request.requestedBy,
    decidedBy: null,
    chatId,
    chatName,
    handle,
    reason: null,
    note: request.note,
    traceId: null,
    ...changes,
    shown: index === 0 ? shown : null,
  }));
}
