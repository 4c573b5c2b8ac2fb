import type { ParticipantEvent } from '../removal/event.js';
import { spellings } from './chat-changes.js';
import { date, type Flag, flag, type Instant, instant } from './columns.js';
import type { Db } from './schema.js';
import { storable } from './storable.js';

interface EventRow {
  delivery_id: string;
  event_id: string;
  kind: ParticipantEvent['kind'];
  chat_id: string | null;
  handle: string;
  is_us: Flag;
  left_voluntarily: Flag;
  at: Instant | null;
  trace_id: string | null;
  taken_at: Instant;
}

declare module './schema.js' {
  interface Tables {
    linq_events: EventRow;
  }
}

function toRow(event: ParticipantEvent, now: Date): EventRow {
  return {
    delivery_id: event.deliveryId,
    event_id: event.eventId,
    kind: event.kind,
    chat_id: event.chatId,
    handle: event.handle,
    is_us: flag(event.isUs),
    left_voluntarily: flag(event.leftVoluntarily),
    at: instant(event.at),
    trace_id: event.traceId,
    taken_at: now.toISOString(),
  };
}

function fromRow(row: EventRow): ParticipantEvent {
  return {
    deliveryId: row.delivery_id,
    eventId: row.event_id,
    kind: row.kind,
    chatId: row.chat_id,
    handle: row.handle,
    isUs: row.is_us === 1,
    leftVoluntarily: row.left_voluntarily === 1,
    at: date(row.at),
    traceId: row.trace_id,
  };
}

/** The event with text that every engine takes, in queries too. */
export function toStorableEvent(event: ParticipantEvent): ParticipantEvent {
  return {
    ...event,
    deliveryId: storable(event.deliveryId, 'id'),
    eventId: storable(event.eventId, 'id'),
    chatId: storable(event.chatId, 'id'),
    handle: storable(event.handle, 'handle'),
    traceId: storable(event.traceId, 'id'),
  };
}

/** False when the event, or its delivery, was noted before; of several at the same moment, one wins. */
export async function insertEvent(db: Db, event: ParticipantEvent, now: Date): Promise<boolean> {
  const row = await db
    .insertInto('linq_events')
    .values(toRow(event, now))
    .onConflict((conflict) => conflict.doNothing())
    .returning('delivery_id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function deleteEventsBefore(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('linq_events').where('taken_at', '<', before.toISOString()).execute();
}

/** Everyone who was added to a chat, as far as Linq told us lately. */
export async function findAddedEvents(db: Db, chatId: string): Promise<readonly ParticipantEvent[]> {
  const rows = await db
    .selectFrom('linq_events')
    .selectAll()
    .where('kind', '=', 'added')
    .where('chat_id', 'in', spellings(chatId))
    .execute();
  return rows.map(fromRow);
}
