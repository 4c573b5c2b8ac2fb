import type { Change } from '../../../src/removal/change.js';
import type { RequestState } from '../../../src/removal/state.js';
import * as build from '../../support/build.js';

export { aDelivery, aProposal, aRequest, at, aWanted, CHAT_ID, NOW, PAT } from '../../support/build.js';

/* Requests as messages tell of them: with changes that a reading had shown and a call had left for. */

export const SAM = '+442079460958';

/** What a test says of a change, whatever its status. */
export type ChangeFacts = { readonly [K in keyof Change]?: Change[K] };

/** Pat was seen in "Launch crew", and Linq was asked. Without a reason of its own a refusal has one that fits any. */
export function aChange(facts: ChangeFacts = {}): Change {
  const reason = facts.status === 'refused' ? 'other-refusal' : null;
  return build.aChange({ status: 'queued', attempts: 1, wasSeen: true, sentAt: build.NOW, reason, ...facts });
}

/** One queued removal, unless said otherwise. */
export function aState(facts: Partial<RequestState> = {}): RequestState {
  return build.aState({ changes: [aChange()], ...facts });
}

/** One change. */
export function about(facts: ChangeFacts, request = build.aRequest()): RequestState {
  return aState({ request, changes: [aChange(facts)] });
}

/** So many changes, each in a chat of its own. */
export function many(...changes: readonly ChangeFacts[]): RequestState {
  return aState({
    changes: changes.map((facts, index) =>
      aChange({ id: `${index}`, chatId: `chat-${1000 + index}`, ...facts }),
    ),
  });
}

export const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
