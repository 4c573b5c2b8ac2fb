import { setTimeout as pause } from 'node:timers/promises';
import type { ModalView } from '@slack/types';
import type { Store } from '../../removal/ports.js';
import { isPending } from '../../removal/proposal.js';
import { isAskedHere } from '../../removal/reminding.js';
import type { Direction } from '../../removal/request.js';
import type { RequestState } from '../../removal/state.js';
import { mentionModal } from '../blocks/notice-modals.js';
import { mentionsOf, showConversation } from '../blocks/text.js';
import { waitingPlace } from '../message/waiting-place.js';
import { endedModal } from './open-proposal.js';

/** Together well below the time in which the window has to be answered. */
const LOOKS = 12;
const BETWEEN_LOOKS_MS = 100;

/** Waits a moment for the messages of a new request, so that the window can say who has one. Null: it is not known. */
export async function afterTelling(
  store: Pick<Store, 'find'>,
  requestId: string,
): Promise<RequestState | null> {
  for (let looks = 1; ; looks++) {
    const state = await store.find(requestId).catch(() => null);
    if (looks >= LOOKS || (state && isTold(state))) return state;
    await pause(BETWEEN_LOOKS_MS);
  }
}

function isTold(state: RequestState): boolean {
  if (!isPending(state.proposal)) return true;
  const messages = isAskedHere(state) ? [state.status] : state.copies;
  return messages.every(({ place, route }) => place !== null || route !== 'channel');
}

const NOT_BEFORE: Record<Direction, string> = {
  remove: 'Nothing is removed before it is approved.',
  add: 'Nobody is added before it is approved.',
};

/** Who has been asked, and where, as far as Slack has said so; null: it is not known, or no news. */
export function askedModal(state: RequestState | null, direction: Direction): ModalView {
  if (state?.proposal && !isPending(state.proposal)) return endedModal(state.proposal);
  const where = state ? whereAsked(state) : 'The message in the conversation says who was asked.';
  return mentionModal(
    'Waiting for approval',
    `Your request is recorded. ${where} ${NOT_BEFORE[direction]} You can close this window.`,
  );
}

function whereAsked(state: RequestState): string {
  const { proposal, request, status } = state;
  const place = waitingPlace(state);
  if (place || !proposal) return place;
  const how = status.place ? 'It waits' : 'It is being posted';
  const { approvers, needed } = proposal;
  const who = needed > 1 ? `${needed} of ${mentionsOf(approvers)}` : mentionsOf(approvers);
  return `${how} in ${showConversation(request.channelId)}, where ${who} can approve or decline it.`;
}
