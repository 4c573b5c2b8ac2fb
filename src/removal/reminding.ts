import { approvalMessageOf, type Delivery, expiryNotice } from './delivery.js';
import type { Update } from './ports.js';
import { isPending, isUndecided, MOST_ASKED_DIRECTLY, nextReminder, type Proposal } from './proposal.js';
import type { RequestState } from './state.js';

/* Who is asked to decide, and how they hear of it again. Pure, like the decisions. */

/** The status message itself asks: those who decide read the conversation of the command. */
export function isAskedHere({ request, proposal }: RequestState): boolean {
  return proposal !== null && proposal.askedIn === request.channelId;
}

/** Whether those who decide can see it: in the conversation, or in a message of its own that stands or is on its way. */
export function isReachable(state: RequestState): boolean {
  const { status, copies } = state;
  return (
    (isAskedHere(state) && status.route === 'channel') || copies.some(({ route }) => route !== 'nowhere')
  );
}

/**
 * Where no place is left in which a pending request can be seen, everybody who may decide is asked directly; where Slack
 * refuses that too, it ends. Null: nothing is to be done.
 */
export function reachOut(state: RequestState, at: Date): Update | null {
  const { proposal, copies } = state;
  if (!isUndecided(proposal, at) || isReachable(state)) return null;
  const deliveries = messagesToOthers(state, proposal, at, 0);
  if (deliveries.length > 0) return { deliveries, news: true };
  // Of a message that may have arrived it cannot be said that nobody was reached.
  if (copies.length === 0 || copies.some(({ unheard }) => unheard > 0)) return null;
  return { proposal: { ...proposal, status: 'undelivered', decidedAt: at }, news: true };
}

/** Reminds of a pending request: in the threads of its messages, and directly whoever has no message of their own yet. */
export function remindOf(state: RequestState, at: Date): Update | null {
  const { proposal, request } = state;
  if (!isUndecided(proposal, at) || proposal.remindAt === null || proposal.remindAt > at) return null;
  const reminders = proposal.reminders + 1;
  return {
    proposal: { ...proposal, reminders, remindAt: nextReminder(request.createdAt, proposal.expiresAt, at) },
    deliveries: messagesToOthers(state, proposal, at, reminders),
    news: true,
  };
}

/** Ends a proposal that was not decided in time, and tells the asker directly where the message is not for them alone. */
export function expireProposal(state: RequestState, at: Date): Update | null {
  const { proposal, request, status } = state;
  if (!isPending(proposal) || proposal.expiresAt > at) return null;
  return {
    proposal: { ...proposal, status: 'expired', decidedAt: at },
    deliveries: status.route === 'channel' ? [expiryNotice(request, at)] : [],
    news: true,
  };
}

/** One for each person who has none yet and has not approved. */
function messagesToOthers(
  { request, copies }: RequestState,
  { people, approvals }: Proposal,
  at: Date,
  reminded: number,
): readonly Delivery[] {
  const isDone = (id: string) =>
    copies.some(({ recipient }) => recipient === id) || approvals.some(({ by }) => by === id);
  return people
    .slice(0, MOST_ASKED_DIRECTLY)
    .filter((id) => !isDone(id))
    .map((id) => approvalMessageOf(request, id, at, reminded));
}
