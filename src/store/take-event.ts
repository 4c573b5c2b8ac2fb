import { type Change, isFinal } from '../removal/change.js';
import { addedBackNotice } from '../removal/delivery.js';
import {
  afterEvent,
  type Effect,
  earliestUndone,
  type ParticipantEvent,
  wasAddedBack,
} from '../removal/event.js';
import { entryOfChange } from '../removal/history.js';
import type { Transition } from '../removal/ports.js';
import { later } from '../removal/schedule.js';
import { isAddedBackByUs } from './add-backs.js';
import { lockChanges, updateChange } from './changes.js';
import { findProven, findUnproven } from './chat-changes.js';
import { insertDelivery } from './deliveries.js';
import { findAddedEvents, insertEvent, toStorableEvent } from './events.js';
import { follow } from './follow.js';
import { insertEntries } from './history.js';
import { findRequests, lockRequests } from './requests.js';
import type { Db } from './schema.js';
import { againOnConflict, type Transact, VersionConflict } from './transact.js';

/** Longer than the late readings go on: until then an event may tell how a change turned out after all. */
const LATE_PROOF_WITHIN_MS = 48 * 3_600_000;

/** Whether an event was seen, and what it changed, is one write. Null when it was noted before. */
export function takeEvent(transact: Transact, told: ParticipantEvent, now: Date): Promise<Effect | null> {
  const event = toStorableEvent(told);
  return againOnConflict(() =>
    transact(async (trx, note) => {
      if (!(await insertEvent(trx, event, now))) return null;
      const transitions = await applyToChanges(trx, event, now);
      await follow(trx, transitions, { at: now });
      note(transitions);
      const settled = transitions.filter(({ after }) => isFinal(after.status));
      return {
        settled: settled.length,
        lookedForSooner: transitions.length - settled.length,
        addedBack: await noteAddedBack(trx, event, settled, now),
      };
    }),
  );
}

async function applyToChanges(trx: Db, event: ParticipantEvent, now: Date): Promise<readonly Transition[]> {
  const find = () => findUnproven(trx, event.chatId, later(now, -LATE_PROOF_WITHIN_MS));
  const concerned = (await find()).filter((change) => afterEvent(change, event, now) !== null);
  await lockRequests(
    trx,
    concerned.map(({ requestId }) => requestId),
  );
  await lockChanges(
    trx,
    concerned.map(({ id }) => id),
  );
  const transitions: Transition[] = [];
  for (const before of concerned.length > 0 ? await find() : []) {
    const next = afterEvent(before, event, now);
    if (!next) continue;
    const after = await updateChange(trx, before, next);
    if (!after) throw new VersionConflict('A change was written while an event about it was being written');
    transitions.push({ before, after });
  }
  return transitions;
}

/** How many proven removals this tells to be undone by another person. */
async function noteAddedBack(
  trx: Db,
  event: ParticipantEvent,
  settled: readonly Transition[],
  now: Date,
): Promise<number> {
  if (event.kind === 'added') return noteAddition(trx, event, now);
  let noted = 0;
  for (const { after } of settled) noted += await noteEarlierAddition(trx, after, event, now);
  return noted;
}

async function noteAddition(trx: Db, event: ParticipantEvent, now: Date): Promise<number> {
  if (event.chatId === null || event.at === null) return 0;
  const proven = await findProven(trx, event.chatId, earliestUndone(event.at));
  const undone = proven.find((removal) => wasAddedBack(removal, event));
  return undone ? writeNotice(trx, undone, event.at, now) : 0;
}

/** Order is not promised: that a person was added back may come before that they were out. */
async function noteEarlierAddition(
  trx: Db,
  removal: Change,
  departure: ParticipantEvent,
  now: Date,
): Promise<number> {
  const additions = await findAddedEvents(trx, removal.chatId);
  const undoing = additions
    .filter(({ at }) => at !== null && departure.at !== null && at > departure.at)
    .find((addition) => wasAddedBack(removal, addition));
  return undoing ? writeNotice(trx, removal, undoing.at ?? now, now) : 0;
}

/** An addition of ours has a message of its own, which says so. */
async function writeNotice(trx: Db, removal: Change, addedAt: Date, now: Date): Promise<number> {
  if (await isAddedBackByUs(trx, removal.id)) return 0;
  if (!(await insertDelivery(trx, addedBackNotice(removal, addedAt, now)))) return 0;
  const [request] = await findRequests(trx, [removal.requestId]);
  if (request) await insertEntries(trx, [entryOfChange(removal, request, now, null, 'added-back')]);
  return 1;
}
