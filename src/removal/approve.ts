import type { Change } from './change.js';
import { approvalMessageOf, statusMessageOf } from './delivery.js';
import type { Limits, OverLimit } from './limit.js';
import type { Recording, Store } from './ports.js';
import { type ApprovalPolicy, type Asked, MOST_ASKED_DIRECTLY, proposalFor } from './proposal.js';
import { fingerprintOf, type Request, type Wanted } from './request.js';

/** What became of one submission. */
export interface Recorded {
  /** False: all of it had been recorded from the same window before, and nothing changed. */
  readonly isNew: boolean;
  /** Everything that has been recorded from this window, this submission included, in the order of recording. */
  readonly requests: readonly { readonly request: Request; readonly wanted: readonly Wanted[] }[];
}

/**
 * Records an approval, with what the review showed (`shown`); from here on the loop does the rest, whatever happens to
 * this process. The key is what was submitted in which view: a person whose acknowledgement was lost may press again,
 * and may have changed the choice before. Rejects when the store does not answer.
 */
export function approve(
  store: Pick<Store, 'record' | 'recordedFrom'>,
  request: Request,
  wanted: readonly Wanted[],
  shown: string | null,
): Promise<Recorded> {
  return recordOnce(store, request, wanted, (added) => recordingOf(request, added, shown));
}

/** The same for a person who decides alone, of whom `limit` removals an hour are taken. */
export async function approveWithin(
  limits: Limits,
  store: Pick<Store, 'recordWithin' | 'recordedFrom'>,
  request: Request,
  wanted: readonly Wanted[],
  shown: string | null,
): Promise<Recorded | OverLimit> {
  let over: OverLimit | null = null;
  const within = {
    recordedFrom: store.recordedFrom,
    async record(recording: Recording) {
      const answer = await store.recordWithin(limits, recording);
      if (typeof answer === 'boolean') return answer;
      over = answer;
      return false;
    },
  };
  const recorded = await approve(within, request, wanted, shown);
  return over ?? recorded;
}

function recordingOf(request: Request, wanted: readonly Wanted[], shown: string | null): Recording {
  return {
    request,
    fingerprint: fingerprintOf(wanted),
    wanted,
    changes: changesFor(request, wanted, request.createdAt),
    proposal: null,
    status: statusMessageOf(request),
    shown,
  };
}

/** Asks for the approval of others, under the same key and with the same answer. */
export function propose(
  store: Pick<Store, 'record' | 'recordedFrom'>,
  request: Request,
  wanted: readonly Wanted[],
  asked: Asked,
  policy: ApprovalPolicy,
  shown: string | null,
): Promise<Recorded> {
  return recordOnce(store, request, wanted, (added) => ({
    request,
    fingerprint: fingerprintOf(added),
    wanted: added,
    changes: [],
    proposal: proposalFor(request, added, asked, policy),
    status: statusMessageOf(request, true),
    copies: recipientsOf(request, asked).map((each) => approvalMessageOf(request, each, request.createdAt)),
    shown,
  }));
}

/** The conversations and approvers with a message of their own; none where approvers read the status message itself. */
function recipientsOf({ channelId }: Request, { askedIn, people }: Asked): readonly string[] {
  if (askedIn === null) return people.slice(0, MOST_ASKED_DIRECTLY);
  return askedIn === channelId ? [] : [askedIn];
}

async function recordOnce(
  store: Pick<Store, 'record' | 'recordedFrom'>,
  request: Request,
  wanted: readonly Wanted[],
  recording: (added: readonly Wanted[]) => Recording,
): Promise<Recorded> {
  const before = await store.recordedFrom(request.viewId);
  const known = new Set(before.flatMap((each) => each.wanted.map(keyOf)));
  const added = wanted.filter((each) => !known.has(keyOf(each)));
  if (added.length === 0) return { isNew: false, requests: before };
  const isNew = await store.record(recording(added));
  if (!isNew) return { isNew, requests: await store.recordedFrom(request.viewId) };
  const others = before.filter((each) => each.request.id !== request.id);
  return { isNew, requests: [...others, { request, wanted: added }] };
}

function keyOf(wanted: Wanted): string {
  return fingerprintOf([wanted]);
}

/** Changes as they start, at the moment in which the deciding person approved them. */
export function changesFor(request: Request, wanted: readonly Wanted[], approvedAt: Date): readonly Change[] {
  return wanted.map(({ chatId, chatName, handle, direction, wasSeen, undoes }, index) => ({
    id: `${request.id}:${index + 1}`,
    requestId: request.id,
    direction,
    chatId,
    chatName,
    handle,
    status: 'approved',
    attempts: 0,
    mayStillAct: false,
    wasSeen,
    stopped: false,
    dueAt: approvedAt,
    version: 0,
    approvedAt,
    sentAt: null,
    notBefore: null,
    watchedSince: null,
    deadlineAt: null,
    troubleSince: null,
    settledAt: null,
    reason: null,
    linqSays: null,
    traceId: null,
    provenBy: null,
    leftVoluntarily: false,
    undoes,
  }));
}
