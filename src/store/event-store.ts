import {
  afterEvent,
  type Effect,
  type EventStore,
  earliestUndone,
  type ParticipantEvent,
  wasAddedBack,
} from '../removal/event.js';
import { type NoticeStore, noticeFor } from '../removal/notice.js';
import type { Removal } from '../removal/removal.js';
import { isBeingAddedBack, lookForAdditionNow } from './addition-queries.js';
import {
  deleteEventsBefore,
  findAdditions,
  findDueNotices,
  findOpenRemovals,
  findProven,
  insertEvent,
  insertNotice,
  updateNotice,
} from './event-queries.js';
import { entryFor, insertEntries } from './history-queries.js';
import { findRequests } from './removal-queries.js';
import { saveRemoval } from './save-removal.js';
import type { Db } from './schema.js';

const NOTHING: Effect = { settled: 0, lookedForSooner: 0, addedBack: 0 };
const MOST_TRIES = 5;

/** Somebody wrote a removal between our reading and our writing. */
class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

/** Linq's events and the notices that come of them. Whether an event was seen, and what it changed, is one write. */
export function createEventStore(db: Db): EventStore & NoticeStore {
  return {
    takeEvent: (event, now) => takeEvent(db, event, now, MOST_TRIES),
    dropEventsBefore: (before) => deleteEventsBefore(db, before),
    dueNotices: (now, limit) => findDueNotices(db, now, limit),
    saveNotice: (notice) => updateNotice(db, notice),
  };
}

/** Overtaken by the loop, everything is undone and decided afresh from what the loop wrote. */
async function takeEvent(db: Db, event: ParticipantEvent, now: Date, tries: number): Promise<Effect | null> {
  try {
    return await db.transaction().execute(async (trx) => {
      if (!(await insertEvent(trx, event, now))) return null;
      return event.kind === 'removed' ? applyRemoved(trx, event, now) : applyAdded(trx, event, now);
    });
  } catch (error) {
    if (!(error instanceof Overtaken) || tries <= 1) throw error;
    return takeEvent(db, event, now, tries - 1);
  }
}

async function applyRemoved(trx: Db, event: ParticipantEvent, now: Date): Promise<Effect> {
  const effect = { ...NOTHING };
  for (const removal of await findOpenRemovals(trx, event.chatId)) {
    const next = afterEvent(removal, event, now);
    if (!next) continue;
    const settled = next.dueAt === null;
    const saved = await saveRemoval(trx, next, settled ? { at: now } : null);
    if (!saved) throw new Overtaken();
    effect[settled ? 'settled' : 'lookedForSooner'] += 1;
    if (settled) effect.addedBack += await applyEarlierAdditions(trx, saved, event, now);
  }
  return effect;
}

/** Order is not promised: that somebody was added back may come before that they were out. */
async function applyEarlierAdditions(
  trx: Db,
  removal: Removal,
  departure: ParticipantEvent,
  now: Date,
): Promise<number> {
  const additions = await findAdditions(trx, removal.chatId);
  const later = additions.filter(({ at }) => at !== null && departure.at !== null && at > departure.at);
  const undoing = later.find((addition) => wasAddedBack(removal, addition));
  return undoing ? noteAddedBack(trx, removal, undoing.at ?? now, now) : 0;
}

async function applyAdded(trx: Db, event: ParticipantEvent, now: Date): Promise<Effect> {
  if (event.chatId === null || event.at === null) return NOTHING;
  const proven = await findProven(trx, event.chatId, earliestUndone(event.at));
  const undone = proven.find((removal) => wasAddedBack(removal, event));
  return undone ? { ...NOTHING, addedBack: await noteAddedBack(trx, undone, event.at, now) } : NOTHING;
}

async function noteAddedBack(trx: Db, removal: Removal, addedAt: Date, now: Date): Promise<number> {
  // Through our own button: its reply says so, and its proof enters the history.
  if (await isBeingAddedBack(trx, removal.id)) {
    await lookForAdditionNow(trx, removal.id, now);
    return 0;
  }
  if (!(await insertNotice(trx, noticeFor(removal, addedAt, now)))) return 0;
  const [request] = await findRequests(trx, [removal.requestId]);
  if (request) await insertEntries(trx, [entryFor('added-back', removal, request, now)]);
  return 1;
}
