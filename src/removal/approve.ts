import { announcementFor } from './announcement.js';
import type { Store } from './ports.js';
import type { Removal, Request } from './removal.js';

/** A chat and the member to take out of it, as the review showed them to the person who approved. */
export interface Approved {
  readonly chatId: string;
  readonly handle: string;
  /** The chat's name where it was read; untrusted. */
  readonly chatName?: string | null;
}

/**
 * Records an approval, with what the review showed (`shown`); from here on the loop does the rest, whatever happens to this process.
 * False when this view was approved before, in which case nothing changes. Rejects when the store does not answer.
 */
export function approve(
  store: Store,
  request: Request,
  chats: readonly Approved[],
  shown: string | null = null,
): Promise<boolean> {
  const removals = chats.map((chat) => removalFor(request, chat));
  return store.approve(request, removals, announcementFor(request), shown);
}

/** A removal as it starts, at the moment in which the deciding person approved it. */
export function removalFor(request: Request, approved: Approved, approvedAt = request.createdAt): Removal {
  return {
    id: `${request.id}:${approved.chatId}`,
    requestId: request.id,
    chatId: approved.chatId,
    // As the review showed it, where it did; the chat is read again right before sending.
    chatName: approved.chatName ?? null,
    handle: approved.handle,
    status: 'approved',
    attempts: 0,
    dueAt: approvedAt,
    version: 0,
    approvedAt,
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
