import type { Approved } from '../../removal/approve.js';
import type { Proposal } from '../../removal/proposal.js';
import { propose } from '../../removal/propose.js';
import type { Request } from '../../removal/removal.js';
import { lookUp, type Review } from '../../removal/review.js';
import { mentions } from '../access/sentences.js';
import { failedModal, mentionModal, noticeModal } from '../blocks/notice-modals.js';
import type { Origin } from '../blocks/origin.js';
import type { Answer } from '../guard/answer-in-time.js';
import type { SlackDeps } from '../listeners.js';
import { NOTE_INPUT } from '../review/review-modal.js';

const NOT_RECORDED =
  'The request could not be recorded, so nobody was asked and nothing was removed. Please press the button again in a moment.';
const ONLY_YOU =
  'Nobody else is named who may approve this, and nobody approves their own request. Nothing was removed. Please ask somebody else to run the command, so that you can approve it.';
const NOT_WANTED =
  'You closed the window before this was recorded. Nobody was asked, and nothing was removed.';

interface Circumstances {
  readonly origin: Origin;
  readonly shown: string;
  readonly signal: AbortSignal;
}

/** Records what one person wants, for another to decide; the loop posts it where they can see it. */
export async function askForApproval(
  deps: SlackDeps,
  request: Request,
  chats: readonly Approved[],
  { origin, shown, signal }: Circumstances,
): Promise<Answer> {
  const { approvers } = deps.approval;
  const { requestedBy } = request;
  if (approvers.groups.length === 0 && approvers.users.every((id) => id === requestedBy)) {
    return { errors: { [NOTE_INPUT]: ONLY_YOU }, late: failedModal(ONLY_YOU, origin) };
  }
  const wish = {
    handle: chats[0]?.handle ?? '',
    chats: await named(deps, chats, signal),
    approvers: [...approvers.users.filter((id) => id !== requestedBy), ...approvers.groups],
  };
  if (signal.aborted) return { view: noticeModal('Not recorded', NOT_WANTED) };
  if (!(await record(deps, request, wish, shown))) {
    return { errors: { [NOTE_INPUT]: NOT_RECORDED }, late: failedModal(NOT_RECORDED, origin) };
  }
  deps.wake();
  return { view: mentionModal('Waiting for approval', waiting(mentions(approvers, requestedBy))) };
}

function waiting(who: string): string {
  return `Your request is recorded, and ${who} can approve or decline it in the conversation where you typed the command. Nothing is removed before that. You can close this window.`;
}

async function record(
  deps: SlackDeps,
  request: Request,
  wish: Pick<Proposal, 'handle' | 'chats' | 'approvers'>,
  shown: string,
): Promise<boolean> {
  try {
    const isNew = await propose(deps.proposals, request, wish, deps.approval, shown);
    if (isNew) deps.log.info({ request: request.id, user: request.requestedBy }, 'Approval asked for');
    return true;
  } catch (error) {
    deps.log.error({ err: error }, 'A request for approval could not be recorded');
    return false;
  }
}

/** A view carries ids alone, and approvers want to read names: Linq has them. Without an answer the ids must do. */
async function named(
  { linq, log }: SlackDeps,
  chats: readonly Approved[],
  signal: AbortSignal,
): Promise<Proposal['chats']> {
  const ids = chats.map(({ chatId }) => chatId);
  const [only, ...others] = chats;
  const wish = { chatId: only && others.length === 0 ? only.chatId : null, handle: only?.handle ?? null };
  const names = await lookUp(linq, wish, { only: ids, signal }).then(namesIn, (error: unknown) => {
    log.warn({ err: error }, 'The names of chats could not be read');
    return new Map<string, string | null>();
  });
  return ids.map((chatId) => ({ chatId, chatName: names.get(chatId) ?? null }));
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
