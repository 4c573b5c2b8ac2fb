import { propose } from '../../removal/approve.js';
import type { Log, Store } from '../../removal/ports.js';
import type { ApprovalPolicy } from '../../removal/proposal.js';
import type { Answer } from '../guard/answer-in-time.js';
import { cannotRecord, trackedBy } from '../review/not-recorded.js';
import { recordedView } from '../review/recorded.js';
import type { Submission } from '../review/submission.js';
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

/** Records what one person wants, for others to decide; the loop posts it where they can see it. */
export async function askForApproval(
  deps: AskDeps,
  { request, wanted, origin, shown, progress }: Submission,
): Promise<Answer> {
  const { approval, store } = deps;
  const reach = await deps.findApprovers(request.requestedBy, request.channelId);
  if (!reach.ok) return cannotRecord(reach.sentence, origin);
  progress.isFor('request');
  const recorded = await propose(trackedBy(progress, store), request, wanted, reach.asked, approval, shown);
  progress.foundRecorded();
  deps.wake();
  if (recorded.isNew) deps.log.info({ request: request.id, user: request.requestedBy }, 'Approval asked for');
  const view = askedModal(recorded.isNew ? await afterTelling(store, request.id) : null);
  const usual = { standing: 'pending', now: view, before: view } as const;
  return { view: await recordedView(deps, recorded, wanted, usual) };
}
