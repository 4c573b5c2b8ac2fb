import { isDeepStrictEqual } from 'node:util';
import { type AuditFact, factsOfUpdate } from '../removal/audit.js';
import type { Change } from '../removal/change.js';
import { type ApprovalKind, entriesOfProposal, type HistoryEntry } from '../removal/history.js';
import type { Transition, Update } from '../removal/ports.js';
import type { Approval, Proposal, ProposalStatus } from '../removal/proposal.js';
import type { RequestState } from '../removal/state.js';
import { AddedBackAlready, addChanges } from './add-backs.js';
import { lockOpenChangesOf, updateChange } from './changes.js';
import { insertDelivery } from './deliveries.js';
import { follow } from './follow.js';
import { insertEntries } from './history.js';
import { askForMessages } from './news.js';
import { updateProposal } from './proposals.js';
import { recordInTime } from './record-in-time.js';
import { lockRequests, updateRequest } from './requests.js';
import type { Db } from './schema.js';
import { findState } from './states.js';
import { againOnConflict, type Keep, type Note, type Transact, VersionConflict } from './transact.js';

type Decide = (state: RequestState) => Update | null;

interface Decided {
  readonly state: RequestState;
  readonly changed: boolean;
}

/** What a try was about to commit when it failed: the commit may have gone through unheard. */
interface Attempt {
  readonly update: Update;
  readonly transitions: readonly Transition[];
  readonly facts: readonly AuditFact[];
}

/**
 * Lets `decide` say what changes of a request while nothing else can change it, and writes that in time or not at all.
 * Nothing is written either where it would add a person back whom another request is adding back already.
 */
export function updateState(
  transact: Transact,
  requestId: string,
  at: Date,
  decide: Decide,
): Promise<Decided | null> {
  let attempt: Attempt | null = null;

  async function decideIn(trx: Db, note: Note, keep: Keep, confirm: () => void): Promise<Decided | null> {
    if ((await lockRequests(trx, [requestId])) === 0) return null;
    await lockOpenChangesOf(trx, requestId);
    const state = await findState(trx, requestId);
    if (!state) return null;
    const update = decide(state);
    if (!update) {
      const wasOurs = attempt !== null && isWritten(attempt.update, state);
      if (wasOurs) note(attempt?.transitions ?? [], attempt?.facts);
      return { state, changed: wasOurs };
    }
    const transitions = await write(trx, state, update, at);
    const after = (await findState(trx, requestId)) ?? state;
    const facts = factsOfUpdate(state, after, at);
    await keep(facts);
    note(transitions, facts);
    confirm();
    attempt = { update, transitions, facts };
    return { state: after, changed: true };
  }

  return recordInTime((confirm) =>
    againOnConflict(() => transact((trx, note, keep) => decideIn(trx, note, keep, confirm))).catch(
      (error: unknown) => {
        if (error instanceof AddedBackAlready) return unchanged(transact, requestId);
        throw error;
      },
    ),
  );
}

async function unchanged(transact: Transact, requestId: string): Promise<Decided | null> {
  const state = await transact((trx) => findState(trx, requestId));
  return state && { state, changed: false };
}

/** Whether the stored decision is this very one, from an earlier try whose answer was lost. */
function isWritten({ request, proposal }: Update, state: RequestState): boolean {
  if (!request && !proposal) return false;
  const sameRequest = !request || isDeepStrictEqual(request, state.request);
  return sameRequest && (!proposal || isDeepStrictEqual(proposal, state.proposal));
}

async function write(trx: Db, state: RequestState, update: Update, at: Date): Promise<readonly Transition[]> {
  const { request = state.request, proposal, deliveries = [], shown = null } = update;
  if (update.request) await updateRequest(trx, request);
  const transitions = await writeChanges(trx, state.changes, update.changes ?? []);
  if (proposal) {
    await updateProposal(trx, proposal);
    await noteDecision(trx, { ...state, request }, proposal, at, shown);
    await askForMessages(trx, [request.id], at, 'approval');
  }
  for (const delivery of deliveries) await insertDelivery(trx, delivery);
  await follow(trx, transitions, { at, shown, news: update.news ? [request.id] : [] });
  return transitions;
}

async function writeChanges(
  trx: Db,
  known: readonly Change[],
  changes: readonly Change[],
): Promise<readonly Transition[]> {
  const transitions: Transition[] = [];
  for (const change of changes) {
    const before = known.find(({ id }) => id === change.id);
    if (!before || before === change) continue;
    const after = await updateChange(trx, before, change);
    if (!after) throw new VersionConflict('A change was written while a decision was being written');
    transitions.push({ before, after });
  }
  const added = changes.filter(({ id }) => !known.some((before) => before.id === id));
  await addChanges(trx, added, known.length);
  return [...transitions, ...added.map((after) => ({ before: null, after }))];
}

const KINDS: Record<ProposalStatus, ApprovalKind | null> = {
  // One of several approvals.
  pending: 'approval-given',
  // The changes that come of it have entries of their own.
  approved: null,
  declined: 'approval-declined',
  expired: 'approval-expired',
  withdrawn: 'approval-withdrawn',
  undelivered: 'approval-undelivered',
};

async function noteDecision(
  trx: Db,
  { request, proposal: before }: RequestState,
  proposal: Proposal,
  at: Date,
  shown: string | null,
): Promise<void> {
  const given = newApprovalIn(proposal, before);
  const kind = given || before?.status !== proposal.status ? KINDS[proposal.status] : null;
  if (!kind) return;
  const facts: Pick<HistoryEntry, 'at' | 'decidedBy' | 'note'> = {
    at,
    decidedBy: proposal.decidedBy ?? given?.by ?? null,
    note: proposal.declineReason ?? request.note,
  };
  await insertEntries(trx, entriesOfProposal(kind, request, proposal, { ...facts, shown }));
}

function newApprovalIn({ approvals }: Proposal, before: Proposal | null): Approval | undefined {
  return approvals.find(({ by, at }) => !before?.approvals.some((each) => each.by === by && each.at >= at));
}
