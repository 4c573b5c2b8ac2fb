import type { Change } from '../../removal/change.js';
import type { Request, Wanted } from '../../removal/request.js';
import { addBackEndsAt } from '../../removal/state.js';
import { teamOf } from '../access/check.js';
import type { SubmissionArgs } from '../guard/answer-in-time.js';

/* Proven removals, as what a person wants to have undone. */

/** Its starting state is proven: the removal that it undoes is. */
export function toWanted({ id, chatId, chatName, handle }: Change): Wanted {
  return { chatId, chatName, handle, direction: 'add', wasSeen: true, undoes: id };
}

/** A request of its own, told in the thread of the one that it undoes. */
export function requestOf(
  body: SubmissionArgs['body'],
  { id: undoes, channelId, threadTs }: Request,
  { id, createdAt, note }: Pick<Request, 'id' | 'createdAt' | 'note'>,
): Request {
  return {
    id,
    viewId: body.view.id,
    teamId: teamOf(body),
    channelId,
    threadTs,
    requestedBy: body.user.id,
    note,
    responseUrl: null,
    commandHadText: false,
    createdAt,
    approvedBy: [],
    stoppedBy: null,
    undoes,
  };
}

/** When the first of them can no longer be undone: what is asked for together has to be possible when it is approved. */
export function firstToEnd(undoable: readonly Change[]): Date | null {
  const ends = undoable.flatMap((change) => addBackEndsAt(change)?.getTime() ?? []);
  return ends.length > 0 ? new Date(Math.min(...ends)) : null;
}
