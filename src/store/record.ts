import { factOfRecording } from '../removal/audit.js';
import { entriesOfProposal } from '../removal/history.js';
import { LIMIT_PERIOD_MS, type Limits, type OverLimit, overLimit } from '../removal/limit.js';
import type { Recording, Transition } from '../removal/ports.js';
import { later } from '../removal/schedule.js';
import { AddedBackAlready, addChanges } from './add-backs.js';
import { findRemovalsAlone, findRemovalsAsked, lockAsker } from './askers.js';
import { insertDelivery } from './deliveries.js';
import { follow } from './follow.js';
import { insertEntries } from './history.js';
import { insertProposal } from './proposals.js';
import { recordInTime } from './record-in-time.js';
import { insertRequest, isRecorded, submissionKey } from './requests.js';
import type { Db } from './schema.js';
import type { Transact } from './transact.js';

/**
 * Writes a new request with everything that belongs to it. False when the same was recorded from this view before, or
 * when a person in it is being added back already; nothing is written then. One earlier try of this very recording,
 * whose answer was lost, counts as this one.
 */
export function recordRequest(transact: Transact, recording: Recording): Promise<boolean> {
  return record(transact, recording, async () => {});
}

/** The same within what one person may have removed in an hour without others; where it is more, nothing is written. */
export async function recordWithin(
  transact: Transact,
  limits: Limits,
  recording: Recording,
): Promise<boolean | OverLimit> {
  try {
    return await record(transact, recording, (trx) => holdTo(trx, limits, recording));
  } catch (error) {
    if (error instanceof TooMany) return error.over;
    throw error;
  }
}

class TooMany extends Error {
  override readonly name = 'TooMany';

  constructor(readonly over: OverLimit) {
    super('One person would have more removed in an hour than is allowed');
  }
}

/** Before the new changes are written, so that only those of earlier requests are counted. */
async function holdTo(
  trx: Db,
  { bulkAbove, perHour }: Limits,
  { request, changes }: Recording,
): Promise<void> {
  const { requestedBy, createdAt } = request;
  await lockAsker(trx, requestedBy);
  const since = later(createdAt, -LIMIT_PERIOD_MS);
  const more = changes.filter(({ direction }) => direction === 'remove').length;
  const over =
    (bulkAbove !== null &&
      overLimit('bulkAbove', bulkAbove, await findRemovalsAsked(trx, requestedBy, since), more)) ||
    (perHour !== null &&
      overLimit('perHour', perHour, await findRemovalsAlone(trx, requestedBy, since), more));
  if (over) throw new TooMany(over);
}

function record(
  transact: Transact,
  recording: Recording,
  check: (trx: Db) => Promise<void>,
): Promise<boolean> {
  const { request, changes, fingerprint } = recording;
  const key = submissionKey(request.viewId, fingerprint);
  const transitions = changes.map((after): Transition => ({ before: null, after }));
  const facts = [factOfRecording(recording)];
  return recordInTime((confirm) =>
    transact(async (trx, note, keep) => {
      if (await insertRequest(trx, request, key)) {
        await check(trx);
        await write(trx, recording, transitions);
        await keep(facts);
        confirm();
      } else if (!(await isRecorded(trx, request, key))) {
        return false;
      }
      note(transitions, facts);
      return true;
    }).catch((error: unknown) => {
      if (error instanceof AddedBackAlready) return false;
      throw error;
    }),
  );
}

async function write(trx: Db, recording: Recording, transitions: readonly Transition[]): Promise<void> {
  const { request, changes, proposal, status, copies = [], shown } = recording;
  const at = request.createdAt;
  await addChanges(trx, changes, 0);
  for (const delivery of [status, ...copies]) await insertDelivery(trx, delivery);
  if (proposal) {
    await insertProposal(trx, proposal);
    await insertEntries(trx, entriesOfProposal('approval-asked', request, proposal, { at, shown }));
  }
  await follow(trx, transitions, { at, shown });
}
