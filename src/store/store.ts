import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Store } from '../removal/ports.js';
import { type Audit, NO_AUDIT } from './audit.js';
import { findChange } from './changes.js';
import { findLeaving } from './chat-changes.js';
import { updateDelivery } from './deliveries.js';
import { createDueChanges } from './due-changes.js';
import { deleteEventsBefore } from './events.js';
import { countOpen, countOpenOf } from './open-changes.js';
import { endPause, findPause, lockPause, startPause, tellOfPause } from './pause.js';
import { findOverdue, findUnreminded } from './proposals.js';
import { recordRequest, recordWithin } from './record.js';
import { findRecordedFrom } from './recorded-from.js';
import { leaseReading } from './requests.js';
import { createSave } from './save.js';
import type { Db } from './schema.js';
import { countClockSteps, shiftPlans } from './shift-plans.js';
import { findDueDeliveriesWithStates, findState } from './states.js';
import { takeEvent } from './take-event.js';
import { createTransact, type OnTransition } from './transact.js';
import { updateState } from './update.js';

export interface StoreDeps {
  /** Hears of every change of status once it is committed, whichever path led to it. Must not throw. */
  readonly onTransition: OnTransition;
  /** Decisions and brakes, for those who watch over the app. */
  readonly audit?: Audit;
}

/** The store of requests, their changes and what is told of them. It has no clock: every instant is given to it. */
export function createStore(db: Db, { onTransition, audit = NO_AUDIT }: StoreDeps): Store {
  const dueChanges = createDueChanges(db);
  const transact = createTransact(db, onTransition, audit);
  const thisProcess = randomUUID();
  return {
    record: (recording) => recordRequest(transact, recording),
    recordWithin: (limits, recording) => recordWithin(transact, limits, recording),
    recordedFrom: (viewId) => findRecordedFrom(db, viewId),
    find: (requestId) => findState(db, requestId),
    findChange: (id) => findChange(db, id),
    update: (requestId, at, decide) => updateState(transact, requestId, at, decide),
    due: dueChanges.find,
    openOf: (handle) => countOpenOf(db, handle),
    leaseReading: (requestId, now) => leaseReading(db, requestId, thisProcess, now),
    leaving: (chatId, exceptChangeId) => findLeaving(db, chatId, [exceptChangeId]),
    save: createSave(db, transact),
    dueDeliveries: (now, limit, except) => findDueDeliveriesWithStates(db, now, limit, except),
    saveDelivery: (delivery, now) => updateDelivery(db, delivery, now),
    takeEvent: (event, now) => takeEvent(transact, event, now),
    dropEventsBefore: (before) => deleteEventsBefore(db, before),
    overdue: (now, limit) => findOverdue(db, now, limit),
    unreminded: (now, limit) => findUnreminded(db, now, limit),
    pause: () => findPause(db),
    startPause: (act, reason) => startPause(transact, act, reason),
    endPause: (act) => endPause(transact, act),
    tellOfPause: (at) => tellOfPause(db, at),
    clockSteps: () => countClockSteps(db),
    shiftPlans: (byMs, seen) => shiftPlans(db, byMs, seen),
    openChanges: () => countOpen(db),
    async ping() {
      // A table, not `select 1`: the answer must come from the stored data.
      await sql`select 1 from requests limit 1`.execute(db);
    },
    checkWriting: () => transact(async (trx) => void (await lockPause(trx))),
    close: () => db.destroy(),
  };
}
