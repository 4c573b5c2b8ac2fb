import type { ModalView } from '@slack/types';
import type { Store } from '../../removal/ports.js';
import { isUndecided, type Proposal } from '../../removal/proposal.js';
import { type Direction, directionOf } from '../../removal/request.js';
import type { RequestState } from '../../removal/state.js';
import type { Access } from '../access/access.js';
import { type AccessCheck, type Actor, checkOnRequest } from '../access/check.js';
import type { Refused } from '../access/refusals.js';
import { mentionModal, NOT_FOUND, noticeModal, refusedModal } from '../blocks/notice-modals.js';
import { escapeMrkdwn } from '../blocks/text.js';
import { withDecline } from './decline-modal.js';

/** A request that approvers have to decide on, or had to. */
export type ProposedRequest = RequestState & { readonly proposal: Proposal };

/** A pending proposal in the hands of a person who may decide it, or the window that says why not. */
export type Opened =
  | {
      readonly ok: true;
      readonly state: ProposedRequest;
      /** The approver as one person (see `Approval`). */
      readonly person: string;
    }
  | { readonly ok: false; readonly view: ModalView };

export interface OpenDeps {
  readonly store: Pick<Store, 'find'>;
  readonly access: Pick<
    Access,
    'checkApprover' | 'checkAsker' | 'checkDecline' | 'mayDecline' | 'personBehind'
  >;
  readonly now: () => Date;
}

/** To look at it and approve it. Asked anew at every step; where only declining is possible, that is offered. */
export async function openProposal(deps: OpenDeps, actor: Actor, requestId: string): Promise<Opened> {
  const { access } = deps;
  const opened = await open(deps, actor, requestId, async (check, { request, proposal }) => {
    const direction = directionOf(proposal.wanted);
    const notDecided = NOT_DECIDED[direction];
    const { requestedBy } = request;
    return (
      (await access.checkApprover(check, requestedBy, notDecided)) ??
      (await access.checkAsker(check, requestedBy, direction, notDecided))
    );
  });
  if (opened.ok || !opened.refused) return opened;
  const { check, state } = opened.refused;
  const mayDecline = await access.mayDecline(check, state.request.requestedBy);
  const direction = directionOf(state.proposal.wanted);
  return mayDecline ? { ok: false, view: withDecline(opened.view, requestId, direction) } : opened;
}

/** To decline it: a brake, which does not depend on what Slack says about the approver at this moment. */
export function openToDecline(deps: OpenDeps, actor: Actor, requestId: string): Promise<Opened> {
  return open(deps, actor, requestId, (check, { request }) =>
    deps.access.checkDecline(check, request.requestedBy),
  );
}

export const NOT_DECIDED: Record<Direction, string> = {
  remove: 'Nothing was decided, and nothing is removed.',
  add: 'Nothing was decided, and nobody is added.',
};

type Attempt = Opened & {
  readonly refused?: { readonly check: AccessCheck; readonly state: ProposedRequest };
};

async function open(
  { store, access, now }: OpenDeps,
  actor: Actor,
  requestId: string,
  check: (check: AccessCheck, state: ProposedRequest) => Promise<Refused>,
): Promise<Attempt> {
  const state = await store.find(requestId);
  if (!isProposed(state)) return { ok: false, view: noticeModal('Not found', NOT_FOUND) };
  if (!isUndecided(state.proposal, now())) return { ok: false, view: endedModal(state.proposal) };
  const made = checkOnRequest(actor, state);
  const refused = await check(made, state);
  if (!refused) return { ok: true, state, person: await access.personBehind(actor.user.id) };
  return { ok: false, view: refusedModal(refused.sentence), refused: { check: made, state } };
}

export function isProposed(state: RequestState | null): state is ProposedRequest {
  return state !== null && state.proposal !== null;
}

/** The window to show where it was decided since it was opened; null while it is still to be decided. */
export async function endedMeanwhile(
  { store, now }: Pick<OpenDeps, 'store' | 'now'>,
  requestId: string,
): Promise<ModalView | null> {
  const state = await store.find(requestId);
  return isProposed(state) && !isUndecided(state.proposal, now()) ? endedModal(state.proposal) : null;
}

const ENDED: Record<Direction, { readonly was: string; readonly so: string; readonly again: string }> = {
  remove: {
    was: 'Nothing was removed.',
    so: 'so nothing was removed',
    again: 'To ask again, run /linq-remove.',
  },
  add: {
    was: 'Nobody was added.',
    so: 'so nobody was added',
    again: 'To ask again, press “Add back…” in the message of the removal while it is there.',
  },
};

/** It was decided before, or not in time. */
export function endedModal({ status, decidedBy, wanted }: Proposal): ModalView {
  const { was, so, again } = ENDED[directionOf(wanted)];
  const who = decidedBy ? `<@${escapeMrkdwn(decidedBy)}>` : 'Somebody';
  switch (status) {
    case 'approved':
      return mentionModal(
        'Already decided',
        `${who} has already approved this. The message says what becomes of it.`,
      );
    case 'declined':
      return mentionModal('Already decided', `${who} has already declined this. ${was}`);
    case 'withdrawn':
      return mentionModal('Withdrawn', `${who} has withdrawn this request. ${was}`);
    case 'undelivered':
      return noticeModal(
        'Not delivered',
        `None of the people who could approve this could be reached in Slack, ${so}. ${again}`,
      );
    case 'expired':
    case 'pending':
      return noticeModal('Expired', `Nobody approved this in time, ${so}. ${again}`);
  }
}
