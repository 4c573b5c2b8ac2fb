import { isFinal } from '../removal/change.js';
import { entryOfChange } from '../removal/history.js';
import type { Transition } from '../removal/ports.js';
import type { Request } from '../removal/request.js';
import { insertEntries } from './history.js';
import { askForMessages } from './news.js';
import { findRequests } from './requests.js';
import type { Db } from './schema.js';

/** What is written with new statuses, beside the changes themselves. */
export interface Following {
  readonly at: Date;
  /** What the review showed; it is kept with the first entry. */
  readonly shown?: string | null;
  /** Requests whose messages have to follow whatever became of their changes. */
  readonly news?: readonly string[];
}

/**
 * Writes what follows from changes that were just written in the same transaction: an entry in the history for every new
 * status, and news for the messages that speak of it.
 */
export async function follow(
  trx: Db,
  transitions: readonly Transition[],
  { at, shown = null, news = [] }: Following,
): Promise<void> {
  const changed = transitions.filter(({ before, after }) => before?.status !== after.status);
  const requests = await findRequestsOf(trx, changed);
  const entries = changed.map(({ after }, index) =>
    entryOfChange(after, requestOf(requests, after.requestId), at, index === 0 ? shown : null),
  );
  await insertEntries(trx, entries);
  const concerned = changed.flatMap((transition) =>
    requestsConcerned(transition, requestOf(requests, transition.after.requestId)),
  );
  await askForMessages(trx, [...news, ...concerned], at);
}

/** A claim is no news. Of an addition, the message with the button hears that it began and that it ended. */
function requestsConcerned({ before, after }: Transition, request: Request): readonly string[] {
  const own = before !== null && after.status !== 'sending' ? [request.id] : [];
  const isAboutButton = before === null || isFinal(after.status);
  return isAboutButton && request.undoes !== null ? [...own, request.undoes] : own;
}

async function findRequestsOf(
  trx: Db,
  transitions: readonly Transition[],
): Promise<ReadonlyMap<string, Request>> {
  const ids = [...new Set(transitions.map(({ after }) => after.requestId))];
  return new Map((await findRequests(trx, ids)).map((request) => [request.id, request]));
}

/** The database holds a reference from each change to its request. */
function requestOf(requests: ReadonlyMap<string, Request>, id: string): Request {
  const request = requests.get(id);
  if (!request) throw new Error(`The request ${id} is gone from the store`);
  return request;
}
