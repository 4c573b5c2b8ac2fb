import type { HistoryEntry } from './history.js';
import type { PauseAct } from './pause.js';
import type { Recording } from './ports.js';
import type { Approval } from './proposal.js';
import type { Direction, Request } from './request.js';
import type { RequestState } from './state.js';

/**
 * What people who watch over the app are told of: refusals, decisions and brakes, whatever became of them at Linq.
 * `decided`: the asker alone, where no other approval was needed.
 */
export type AuditKind =
  | 'refused'
  | 'decided'
  | 'asked'
  | 'approved'
  | 'declined'
  | 'expired'
  | 'withdrawn'
  | 'stopped'
  | 'paused'
  | 'resumed'
  | 'started';

/** One person and one chat, as far as they are known. Both untrusted. */
interface AuditSubject {
  readonly chatId: string | null;
  readonly chatName: string | null;
  readonly handle: string | null;
}

export interface AuditFact {
  readonly at: Date;
  readonly kind: AuditKind;
  /** Who did it; null for what time or a process brought about. */
  readonly by: string | null;
  /** Who had asked for it, where another person decided. */
  readonly askedBy: string | null;
  /** Where it was typed. */
  readonly channelId: string | null;
  readonly requestId: string | null;
  readonly direction: Direction | null;
  readonly about: readonly AuditSubject[];
  /** A refusal's rule, how many of several approvals there are, a typed reason (untrusted), or a start's settings. */
  readonly detail: string | null;
}

/** Lines for the audit channel that were not told yet, in the order in which they happened. */
export interface AuditOutbox {
  /** Takes up to `limit` of the oldest for one try that ends by `until`; none while the oldest is not due. */
  take(now: Date, until: Date, limit: number): Promise<readonly AuditLine[]>;
  /** They were told, or are given up. */
  drop(lines: readonly AuditLine[]): Promise<void>;
  /** To be tried again at `at`. `unheard`: they may have been told all the same. */
  putOff(lines: readonly AuditLine[], at: Date, unheard: boolean): Promise<void>;
}

export interface AuditLine {
  readonly id: number;
  readonly fact: AuditFact;
  /** Posts of it whose fate is unknown. */
  readonly unheard: number;
}

const NOTHING = {
  by: null,
  askedBy: null,
  channelId: null,
  requestId: null,
  direction: null,
  about: [],
  detail: null,
} as const;

/** A process began its work, with these settings. */
export function startOf(at: Date, settings: string): AuditFact {
  return { ...NOTHING, at, kind: 'started', detail: settings };
}

/** Sending was paused, or resumed. `reason` as it was typed. */
export function factOfPause(
  kind: 'paused' | 'resumed',
  { by, at, channelId }: PauseAct,
  reason: string | null = null,
): AuditFact {
  return { ...NOTHING, at, kind, by, channelId, detail: reason };
}

/** A person was refused; null for every other entry. */
export function refusalIn(entry: HistoryEntry): AuditFact | null {
  if (entry.kind !== 'access-refused') return null;
  const { at, requestedBy: by, channelId, requestId, chatId, chatName, handle, reason: detail } = entry;
  const about = chatId === null && handle === null ? [] : [{ chatId, chatName, handle }];
  return { ...NOTHING, at, kind: 'refused', by, channelId, requestId, about, detail };
}

/** What was recorded new: a decision of the asker's, or a question to others. */
export function factOfRecording({ request, wanted, proposal }: Recording): AuditFact {
  const kind = proposal ? 'asked' : 'decided';
  return { ...factAbout(request, wanted), at: request.createdAt, kind, by: request.requestedBy };
}

/** What a write decided about a request, from how it stood before and how it stands after. */
export function factsOfUpdate(before: RequestState, after: RequestState, at: Date): readonly AuditFact[] {
  const { request } = after;
  const of = factAbout(request, after.changes.length > 0 ? after.changes : (after.proposal?.wanted ?? []));
  const facts = approvalsGiven(before, after).map((given): AuditFact => ({ ...of, ...given, at }));
  const end = endOf(before, after);
  if (end) facts.push({ ...of, ...end, at });
  if (request.stoppedBy !== null && before.request.stoppedBy === null)
    facts.push({ ...of, at, kind: 'stopped', by: request.stoppedBy, askedBy: request.requestedBy });
  return facts;
}

/** Each yes of an approver's; where several are needed, how many there are now. */
function approvalsGiven(
  { proposal: before }: RequestState,
  { request, proposal }: RequestState,
): readonly Pick<AuditFact, 'kind' | 'by' | 'askedBy' | 'detail'>[] {
  if (!proposal) return [];
  const { approvals, needed } = proposal;
  const isKnown = (given: Approval) =>
    before?.approvals.some(({ by, at }) => by === given.by && at.getTime() === given.at.getTime());
  const detail = needed > 1 ? `${approvals.length} of ${needed}` : null;
  return approvals
    .filter((given) => !isKnown(given))
    .map(({ by }) => ({ kind: 'approved', by, askedBy: request.requestedBy, detail }));
}

const ENDS = ['declined', 'expired', 'withdrawn'] as const;

function endOf(
  { proposal: before }: RequestState,
  { request, proposal }: RequestState,
): Pick<AuditFact, 'kind' | 'by' | 'askedBy' | 'detail'> | null {
  if (!proposal || before?.status === proposal.status) return null;
  const { status, decidedBy: by, declineReason: detail } = proposal;
  const kind = ENDS.find((end) => end === status);
  return kind ? { kind, by, askedBy: request.requestedBy, detail } : null;
}

function factAbout(
  { id, channelId }: Request,
  wanted: readonly (AuditSubject & { readonly direction: Direction })[],
) {
  const about = wanted.map(({ chatId, chatName, handle }) => ({ chatId, chatName, handle }));
  return { ...NOTHING, requestId: id, channelId, direction: wanted[0]?.direction ?? null, about };
}
