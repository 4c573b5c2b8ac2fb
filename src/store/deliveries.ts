import type { Delivery } from '../removal/delivery.js';
import { laterOf } from '../removal/schedule.js';
import {
  date,
  type Flag,
  flag,
  fromPlaceColumns,
  type Instant,
  instant,
  type PlaceColumns,
  toPlaceColumns,
} from './columns.js';
import type { Db } from './schema.js';

interface DeliveryRow extends PlaceColumns {
  id: string;
  request_id: string;
  kind: Delivery['kind'];
  recipient: string | null;
  change_id: string | null;
  event_at: Instant | null;
  route: Delivery['route'];
  hint: Delivery['hint'];
  wanted: number;
  shown: number;
  held: Flag;
  due_at: Instant | null;
  quiet_until: Instant | null;
  not_before: Instant | null;
  tries: number;
  unheard: number;
  returned: Flag;
  shown_open: Flag;
  told_bad: number;
  told_at: Instant | null;
  told_good: Flag;
  reminded: number;
  listed: Flag;
  version: number;
}

declare module './schema.js' {
  interface Tables {
    deliveries: DeliveryRow;
  }
}

function toRow(delivery: Delivery): DeliveryRow {
  return {
    id: delivery.id,
    request_id: delivery.requestId,
    kind: delivery.kind,
    recipient: delivery.recipient,
    change_id: delivery.changeId,
    event_at: instant(delivery.eventAt),
    route: delivery.route,
    hint: delivery.hint,
    ...toPlaceColumns(delivery.place),
    wanted: delivery.wanted,
    shown: delivery.shown,
    held: flag(delivery.held),
    due_at: instant(delivery.dueAt),
    quiet_until: instant(delivery.quietUntil),
    not_before: instant(delivery.notBefore),
    tries: delivery.tries,
    unheard: delivery.unheard,
    returned: flag(delivery.returned),
    shown_open: flag(delivery.shownOpen),
    told_bad: delivery.toldBad,
    told_at: instant(delivery.toldAt),
    told_good: flag(delivery.toldGood),
    reminded: delivery.reminded,
    listed: flag(delivery.listed),
    version: delivery.version,
  };
}

function fromRow(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    requestId: row.request_id,
    kind: row.kind,
    recipient: row.recipient,
    changeId: row.change_id,
    eventAt: date(row.event_at),
    route: row.route,
    hint: row.hint,
    place: fromPlaceColumns(row),
    wanted: row.wanted,
    shown: row.shown,
    held: row.held === 1,
    dueAt: date(row.due_at),
    quietUntil: date(row.quiet_until),
    notBefore: date(row.not_before),
    tries: row.tries,
    unheard: row.unheard,
    returned: row.returned === 1,
    shownOpen: row.shown_open === 1,
    toldBad: row.told_bad,
    toldAt: date(row.told_at),
    toldGood: row.told_good === 1,
    reminded: row.reminded,
    listed: row.listed === 1,
    version: row.version,
  };
}

/** False when there is one with this id already. */
export async function insertDelivery(db: Db, delivery: Delivery): Promise<boolean> {
  const row = await db
    .insertInto('deliveries')
    .values(toRow(delivery))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** The status messages of these requests. */
export function findStatusMessages(db: Db, requestIds: readonly string[]): Promise<readonly Delivery[]> {
  return findOfKind(db, 'status', requestIds);
}

/** The messages that ask others to decide these requests. */
export function findApprovalMessages(db: Db, requestIds: readonly string[]): Promise<readonly Delivery[]> {
  return findOfKind(db, 'approval', requestIds);
}

async function findOfKind(
  db: Db,
  kind: Delivery['kind'],
  requestIds: readonly string[],
): Promise<readonly Delivery[]> {
  if (requestIds.length === 0) return [];
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('kind', '=', kind)
    .where('request_id', 'in', requestIds)
    .orderBy('id')
    .execute();
  return rows.map(fromRow);
}

/** Those whose time has come, without those with an id in `except`, the longest due first. */
export async function findDueDeliveries(
  db: Db,
  now: Date,
  limit: number,
  except: readonly string[],
): Promise<readonly Delivery[]> {
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('due_at', '<=', now.toISOString())
    .$if(except.length > 0, (query) => query.where('id', 'not in', except))
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(fromRow);
}

/**
 * The delivery as written, with its new version and time; null when its version is no longer the stored one. `wanted`
 * comes back as it was given, not as it is stored: it says which news the caller has read, and `shown` is set from it.
 */
export async function updateDelivery(db: Db, given: Delivery, now: Date): Promise<Delivery | null> {
  const { wanted: _kept, due_at: due, ...columns } = toRow({ ...given, version: given.version + 1 });
  const again = laterOf(laterOf(now, given.quietUntil), given.notBefore).toISOString();
  const row = await db
    .updateTable('deliveries')
    .set(columns)
    .set((eb) => ({
      due_at: planStands(given)
        ? due
        : eb.case().when('wanted', '>', given.shown).then(again).else(due).end(),
    }))
    .where('id', '=', given.id)
    .where('version', '=', given.version)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : { ...fromRow(row), wanted: given.wanted };
}

/**
 * A plan made by a process that had read all the news there was gives way to news; one made because of trouble stands,
 * and so does the end of a lease, at which the holder looks for news by itself.
 */
function planStands({ held, dueAt, shown, wanted }: Delivery): boolean {
  return held || (dueAt !== null && shown < wanted);
}
