import { announcementFor } from './announcement.js';
import type { Store } from './ports.js';
import type { Removal, Request } from './removal.js';

/** A chat and the member to take out of it, as the review showed them to the person who approved. */
export interface Approved {
  readonly chatId: string;
  readonly handle: string;
}

/**
 * Records an approval; from here on the loop does the rest, whatever happens to this process.
 * False when this view was approved before, in which case nothing changes. Rejects when the store does not answer.
 */
export function approve(store: Store, request: Request, chats: readonly Approved[]): Promise<boolean> {
  const removals = chats.map((chat) => removalFor(request, chat));
  return store.approve(request, removals, announcementFor(request));
}

function removalFor(request: Request, approved: Approved): Removal {
  return {
    ...approved,
    id: `${request.id}:${approved.chatId}`,
    requestId: request.id,
    // Read with the chat right before sending; what a view carries is ids alone.
    chatName: null,
    status: 'approved',
    attempts: 0,
    dueAt: request.createdAt,
    version: 0,
    sentAt: null,
    notBefore: null,
    provingSince: null,
    settledAt: null,
    reason: null,
    linqSays: null,
    traceId: null,
    leftAlone: false,
  };
}
