import { propose } from '../../removal/approve.js';
import type { Log, Store } from '../../removal/ports.js';
import type { ApprovalPolicy, Asked } from '../../removal/proposal.js';
import { directionOf, type Request, type Wanted } from '../../removal/request.js';
import type { Answer } from '../guard/answer-in-time.js';
import type { Progress } from '../guard/progress.js';
import { trackedBy } from '../review/not-recorded.js';
import { recordedView } from '../review/recorded.js';
import type { FindApprovers } from './reach.js';
import { afterTelling, askedModal } from './told.js';

export interface AskDeps {
  readonly store: Pick<Store, 'record' | 'recordedFrom' | 'find'>;
  readonly approval: ApprovalPolicy;
  readonly findApprovers: FindApprovers;
  /** Tells the loop that something became due. */
  readonly wake: () => void;
  readonly log: Log;
}

/** What one person wants, in one direction. */
export interface Wish {
  readonly request: Request;
  readonly wanted: readonly Wanted[];
  /** What the window showed, for the history. */
  readonly shown: string;
  readonly progress: Progress;
}

export interface AskOptions {
  /** The window where nobody can be asked. */
  readonly cannotAsk: (sentence: string) => Answer;
  /** Until when it can be done at all; null: as long as people like. */
  readonly endsAt?: Date | null;
  /** Whether what is asked for is told in the conversation of the command. */
  readonly isToldHere?: boolean;
}

/** Records what the asker wants, for approvers to decide on; the loop posts it where they can see it. */
export async function askForApproval(
  deps: AskDeps,
  { request, wanted, shown, progress }: Wish,
  { cannotAsk, endsAt = null, isToldHere = true }: AskOptions,
): Promise<Answer> {
  const { store } = deps;
  const direction = directionOf(wanted);
  const reach = await deps.findApprovers(request.requestedBy, request.channelId, direction);
  if (!reach.ok) return cannotAsk(reach.sentence);
  const asked = isToldHere ? reach.asked : withoutHere(reach.asked, request);
  const policy = endingBy(deps.approval, request, endsAt);
  const recorded = await propose(trackedBy(progress, store), request, wanted, asked, policy, shown);
  progress.foundRecorded();
  deps.wake();
  if (recorded.isNew) deps.log.info({ request: request.id, user: request.requestedBy }, 'Approval asked for');
  const view = askedModal(recorded.isNew ? await afterTelling(store, request.id) : null, direction);
  const usual = { standing: 'pending', now: view, before: view } as const;
  return { view: await recordedView(deps, recorded, wanted, usual) };
}

/** Those who read the conversation are asked one by one where the request itself is not told there. */
function withoutHere(asked: Asked, { channelId }: Request): Asked {
  return asked.askedIn === channelId ? { ...asked, askedIn: null } : asked;
}

function endingBy(policy: ApprovalPolicy, { createdAt }: Request, endsAt: Date | null): ApprovalPolicy {
  if (endsAt === null) return policy;
  return { ...policy, expiresMs: Math.min(policy.expiresMs, endsAt.getTime() - createdAt.getTime()) };
}
