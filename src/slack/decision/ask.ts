import { propose } from '../../removal/approve.js';
import type { Log, Store } from '../../removal/ports.js';
import type { ApprovalConfig } from '../access/access-config.js';
import { mentions } from '../access/sentences.js';
import { mentionModal } from '../blocks/notice-modals.js';
import type { Answer } from '../guard/answer-in-time.js';
import { cannotRecord, trackedBy } from '../review/not-recorded.js';
import { recordedView } from '../review/recorded.js';
import type { Submission } from '../review/submission.js';

export interface AskDeps {
  readonly store: Pick<Store, 'record' | 'recordedFrom' | 'find'>;
  readonly approval: ApprovalConfig;
  /** Tells the loop that something became due. */
  readonly wake: () => void;
  readonly log: Log;
}

const ONLY_YOU =
  'Nobody else is named who may approve this, and nobody approves their own request. Nothing was removed by this step. Please ask somebody else to run the command, so that you can approve it.';

/** Records what one person wants, for others to decide; the loop posts it where they can see it. */
export async function askForApproval(
  deps: AskDeps,
  { request, wanted, origin, shown, progress }: Submission,
): Promise<Answer> {
  const { approval } = deps;
  const { approvers } = approval;
  const { requestedBy } = request;
  if (approvers.groups.length === 0 && approvers.users.every((id) => id === requestedBy)) {
    return cannotRecord(ONLY_YOU, origin);
  }
  progress.isFor('request');
  const asked = [...approvers.users.filter((id) => id !== requestedBy), ...approvers.groups];
  const recorded = await propose(trackedBy(progress, deps.store), request, wanted, asked, approval, shown);
  progress.foundRecorded();
  deps.wake();
  if (recorded.isNew) deps.log.info({ request: request.id, user: requestedBy }, 'Approval asked for');
  const view = mentionModal('Waiting for approval', waiting(mentions(approvers, requestedBy)));
  const usual = { standing: 'pending', now: view, before: view } as const;
  return { view: await recordedView(deps, recorded, wanted, usual) };
}

function waiting(who: string): string {
  return `Your request is recorded, and ${who} can approve or decline it in the conversation where you typed the command. Nothing is removed before that. You can close this window.`;
}
