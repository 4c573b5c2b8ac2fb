import { propose } from '../../removal/approve.js';
import type { Log, Store } from '../../removal/ports.js';
import type { Request, Wanted } from '../../removal/request.js';
import { type LookUp, lookUp, type Review } from '../../removal/review.js';
import type { ApprovalConfig } from '../access/access-config.js';
import { mentions } from '../access/sentences.js';
import { failedModal, noticeModal } from '../blocks/notice-modals.js';
import type { Origin } from '../blocks/origin.js';
import type { Answer } from '../guard/answer-in-time.js';
import type { Progress } from '../guard/progress.js';
import { askedModal } from '../review/recorded-modal.js';
import { NOTE_INPUT } from '../review/review-modal.js';

export interface AskDeps {
  readonly linq: LookUp;
  readonly store: Pick<Store, 'record' | 'recordedFrom'>;
  readonly approval: ApprovalConfig;
  /** Tells the loop that something became due. */
  readonly wake: () => void;
  readonly log: Log;
  readonly now: () => Date;
}

const NOT_RECORDED =
  'The request could not be recorded, so nobody was asked and nothing was removed. Please press the button again in a moment.';
const ONLY_YOU =
  'Nobody else is named who may approve this, and nobody approves their own request. Nothing was removed. Please ask somebody else to run the command, so that you can approve it.';
const NOT_WANTED =
  'You closed the window before this was recorded. Nobody was asked, and nothing was removed.';

interface Asked {
  readonly request: Request;
  readonly wanted: readonly Wanted[];
  readonly origin: Origin;
  readonly shown: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Records what one person wants, for others to decide; the loop posts it where they can see it. */
export async function askForApproval(deps: AskDeps, asked: Asked): Promise<Answer> {
  const { approvers } = deps.approval;
  const { request, origin, signal } = asked;
  const { requestedBy } = request;
  if (approvers.groups.length === 0 && approvers.users.every((id) => id === requestedBy)) {
    return { errors: { [NOTE_INPUT]: ONLY_YOU }, late: failedModal(ONLY_YOU, origin) };
  }
  const wanted = await named(deps, asked.wanted, signal);
  if (signal.aborted) return { view: noticeModal('Not recorded', NOT_WANTED) };
  return record(deps, { ...asked, wanted });
}

async function record(deps: AskDeps, { request, wanted, origin, shown, progress }: Asked): Promise<Answer> {
  const { approvers } = deps.approval;
  const { requestedBy } = request;
  const asked = [...approvers.users.filter((id) => id !== requestedBy), ...approvers.groups];
  try {
    const recorded = await progress.during(() =>
      propose(deps.store, request, wanted, asked, deps.approval, shown),
    );
    progress.settle(true);
    deps.wake();
    if (recorded.isNew) deps.log.info({ request: request.id, user: requestedBy }, 'Approval asked for');
    return { view: askedModal(waiting(mentions(approvers, requestedBy)), recorded, wanted) };
  } catch (error) {
    deps.log.error({ err: error }, 'A request for approval could not be recorded');
    progress.settle(false);
    return { errors: { [NOTE_INPUT]: NOT_RECORDED }, late: failedModal(NOT_RECORDED, origin) };
  }
}

function waiting(who: string): string {
  return `Your request is recorded, and ${who} can approve or decline it in the conversation where you typed the command. Nothing is removed before that. You can close this window.`;
}

/** A view carries ids alone, and approvers want to read names: Linq has them. Without an answer the ids must do. */
async function named(
  { linq, log }: AskDeps,
  wanted: readonly Wanted[],
  signal: AbortSignal,
): Promise<readonly Wanted[]> {
  const ids = wanted.map(({ chatId }) => chatId);
  const [only, ...others] = wanted;
  const wish = { chatId: only && others.length === 0 ? only.chatId : null, handle: only?.handle ?? null };
  const names = await lookUp(linq, wish, { only: ids, signal }).then(namesIn, (error: unknown) => {
    log.warn({ err: error }, 'The names of chats could not be read');
    return new Map<string, string | null>();
  });
  return wanted.map((each) => ({ ...each, chatName: names.get(each.chatId) ?? each.chatName }));
}

function namesIn(review: Review): ReadonlyMap<string, string | null> {
  return new Map(chatsIn(review).map(({ id, name }) => [id, name]));
}

function chatsIn(review: Review) {
  switch (review.kind) {
    case 'chats':
      return [...review.choices, ...review.obstacles].map(({ chat }) => chat);
    case 'possible':
    case 'members':
      return [review.chat];
    case 'impossible':
      return review.chat ? [review.chat] : [];
    case 'unchecked':
      return [];
  }
}
