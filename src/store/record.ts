import { factOfRecording } from '../removal/audit.js';
import { entriesOfProposal } from '../removal/history.js';
import type { Recording, Transition } from '../removal/ports.js';
import { AddedBackAlready, addChanges } from './add-backs.js';
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
  const { request, changes, fingerprint } = recording;
  const key = submissionKey(request.viewId, fingerprint);
  const transitions = changes.map((after): Transition => ({ before: null, after }));
  const facts = [factOfRecording(recording)];
  return recordInTime((confirm) =>
    transact(async (trx, note, keep) => {
      if (await insertRequest(trx, request, key)) {
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
  const { request, changes, proposal, status, shown } = recording;
  const at = request.createdAt;
  await addChanges(trx, changes, 0);
  await insertDelivery(trx, status);
  if (proposal) {
    await insertProposal(trx, proposal);
    await insertEntries(trx, entriesOfProposal('approval-asked', request, proposal, { at, shown }));
  }
  await follow(trx, transitions, { at, shown });
}
