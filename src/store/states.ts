import type { Delivery, Place } from '../removal/delivery.js';
import type { Request } from '../removal/request.js';
import type { RequestState } from '../removal/state.js';
import { findAddBacksOf } from './add-backs.js';
import { findChangesOf } from './changes.js';
import { findApprovalMessages, findDueDeliveries, findStatusMessages } from './deliveries.js';
import { findPause } from './pause.js';
import { findProposals } from './proposals.js';
import { findRequests } from './requests.js';
import type { Db } from './schema.js';

/** A request with everything that people are told about it. */
export async function findState(db: Db, requestId: string): Promise<RequestState | null> {
  const states = await findStates(db, await findStatusMessages(db, [requestId]));
  return states.get(requestId) ?? null;
}

export async function findDueDeliveriesWithStates(
  db: Db,
  now: Date,
  limit: number,
  except: readonly string[],
): Promise<readonly { delivery: Delivery; state: RequestState }[]> {
  const due = await findDueDeliveries(db, now, limit, except);
  if (due.length === 0) return [];
  const notices = due.filter(({ kind }) => kind !== 'status').map(({ requestId }) => requestId);
  const messages = due.filter(({ kind }) => kind === 'status');
  const states = await findStates(db, [...messages, ...(await findStatusMessages(db, notices))]);
  return due.flatMap((delivery) => {
    const state = states.get(delivery.requestId);
    return state ? [{ delivery, state }] : [];
  });
}

/**
 * Status messages with everything they speak about, by request. The messages were read first: a change that is written
 * meanwhile is then shown too early (and once more later), never taken as shown when it was not.
 */
async function findStates(db: Db, messages: readonly Delivery[]): Promise<ReadonlyMap<string, RequestState>> {
  const ids = messages.map(({ requestId }) => requestId);
  if (ids.length === 0) return new Map();
  const requests = await findRequests(db, ids);
  // Before the changes: one shown as pending a moment too long is shown anew; one approved without them is not.
  const proposals = await findProposals(db, ids);
  const changes = await findChangesOf(db, ids);
  const addBacks = await findAddBacksOf(db, ids);
  const copies = await findApprovalMessages(db, ids);
  const threads = await findThreads(db, requests);
  const pause = await findPause(db);
  const states = requests.flatMap((request): RequestState[] => {
    const isIts = ({ requestId }: { requestId: string }) => requestId === request.id;
    const status = messages.find(isIts);
    if (!status) return [];
    const its = changes.filter(isIts);
    return [
      {
        request,
        changes: its,
        proposal: proposals.find(isIts) ?? null,
        status,
        copies: copies.filter(isIts),
        addBacks: addBacks.filter(({ undoes }) => its.some(({ id }) => id === undoes)),
        thread: request.undoes === null ? null : (threads.get(request.undoes) ?? null),
        pause,
      },
    ];
  });
  return new Map(states.map((state) => [state.request.id, state]));
}

/** Where the messages stand of the requests that these ones undo. */
async function findThreads(db: Db, requests: readonly Request[]): Promise<ReadonlyMap<string, Place | null>> {
  const undone = requests.flatMap(({ undoes }) => undoes ?? []);
  const messages = await findStatusMessages(db, [...new Set(undone)]);
  return new Map(messages.map(({ requestId, place }) => [requestId, place]));
}
