import type { Change } from '../removal/change.js';
import type { Request, Wanted } from '../removal/request.js';
import { findChangesOf } from './changes.js';
import { findProposals } from './proposals.js';
import { findRequestsFrom } from './requests.js';
import type { Db } from './schema.js';

/** What has been recorded from a view, the oldest first. While others have to decide, that is what they were asked. */
export async function findRecordedFrom(
  db: Db,
  viewId: string,
): Promise<readonly { readonly request: Request; readonly wanted: readonly Wanted[] }[]> {
  const requests = await findRequestsFrom(db, viewId);
  const ids = requests.map(({ id }) => id);
  const proposals = await findProposals(db, ids);
  const changes = await findChangesOf(db, ids);
  return requests.map((request) => {
    const its = changes.filter(({ requestId }) => requestId === request.id);
    const proposal = proposals.find(({ requestId }) => requestId === request.id);
    return { request, wanted: its.length > 0 ? its.map(toWanted) : (proposal?.wanted ?? []) };
  });
}

function toWanted({ chatId, chatName, handle, direction, wasSeen, undoes }: Change): Wanted {
  return { chatId, chatName, handle, direction, wasSeen, undoes };
}
